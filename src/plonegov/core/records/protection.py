"""A container with records can't be deleted, copied, renamed or moved."""

from plone.base.interfaces import IPloneSiteRoot
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

    A demonstration site may go as a whole, which only a Manager of the Zope root does.

    :raises RecordsInside: the container, or a parent that goes, holds records.
    """
    if len(container.records) and not _is_demo_site(event.object):
        raise RecordsInside()


def _is_demo_site(item) -> bool:
    registry = queryUtility(IRegistry)
    settings = registry and registry.forInterface(
        ICoreSettings, prefix="plonegov.core", check=False
    )
    return bool(settings and settings.demo) and IPloneSiteRoot.providedBy(item)
