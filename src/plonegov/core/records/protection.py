"""A container with records can't be deleted, copied, renamed or moved."""

from plone.registry.interfaces import IRegistry
from plonegov.core.errors import PlonegovError
from plonegov.core.interfaces import ICoreSettings
from zope.component import queryUtility


class RecordsInside(PlonegovError):
    """The container holds citizens' records, so it stays where it is."""

    code = "records_inside"
    status = 403


class ProtectsRecords:
    """Mix-in of content with a ``records`` store."""

    def cb_isCopyable(self):
        return not len(self.records) and super().cb_isCopyable()

    def cb_isMoveable(self):
        return not len(self.records) and super().cb_isMoveable()


def refuse_move(container, event) -> None:
    """Subscriber of ``IObjectWillBeMovedEvent`` (removal is one, too).

    :raises RecordsInside: the container, or a parent that goes, holds records.
    """
    registry = queryUtility(IRegistry)
    settings = registry and registry.forInterface(
        ICoreSettings, prefix="plonegov.core", check=False
    )
    if len(container.records) and not (settings and settings.demo):
        raise RecordsInside()
