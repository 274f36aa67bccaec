"""Finding records by their UID."""

from plone import api
from plonegov.core.errors import RecordNotFound
from plonegov.core.records.interfaces import IRecord
from plonegov.core.records.interfaces import IRecordContainer


def record(uid: str) -> IRecord:
    """Return the record with this UID, wrapped in its container.

    Records are in no catalog of Plone's, so this is the only resolver.

    :raises RecordNotFound: no container of the site holds it.
    """
    portal = api.portal.get()
    for container in record_containers(portal):
        found = container.records.get_by_uid(uid)
        if found is not None:
            return found.__of__(container)
    raise RecordNotFound(uid=uid)


def record_containers(portal) -> list[IRecordContainer]:
    """Return the site's containers of records (direct children of the site)."""
    return [
        child for child in portal.objectValues() if IRecordContainer.providedBy(child)
    ]
