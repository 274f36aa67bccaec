"""What the public reads as JSON: rows of a search, and one publication."""

from collections.abc import Mapping
from datetime import date
from datetime import datetime
from datetime import UTC
from plone.restapi.interfaces import ISerializeToJson
from plone.restapi.interfaces import ISerializeToJsonSummary
from plonegov.deliberations.content.publication import IPublication
from plonegov.deliberations.content.publication import Publication
from plonegov.deliberations.content.publication import PublicationIndexes
from plonegov.deliberations.domain.publishing import reference
from plonegov.deliberations.domain.publishing import Shown
from plonegov.deliberations.interfaces import IDeliberationsLayer
from typing import Any
from zope.component import adapter
from zope.interface import implementer


def row_view(row: Mapping[str, Any], base: str) -> dict[str, Any]:
    """Return what the public reads in a list, from a row of metadata.

    :param base: the address below which the decisions stand.
    """
    registered = (row["year"], row["registered"]) if row["registered"] else ()
    online = datetime.fromtimestamp(row["online"], UTC).isoformat()
    names = ("in_favour", "against", "abstained", "voters", "members")
    return {
        "@id": f"{base}/{row['key']}",
        "id": reference(row["body"], registered, row["key"]),
        "title": row["title"],
        "state": row["shown"],
        "outcome": row["outcome"],
        "body": row["body"],
        "subject": row["subject"],
        "date": date.fromordinal(row["day"]).isoformat(),
        "year": row["year"],
        "number": row["registered"] or None,
        "online": online,
        "votes": {name: row[name] for name in names} if row["voters"] else None,
        "annexes": row["documents"],
    }


@implementer(ISerializeToJson, ISerializeToJsonSummary)
@adapter(IPublication, IDeliberationsLayer)
class PublicationToJson:
    """A publication: its draft or decision with its text; of a withdrawn one, the
    tombstone (410). In a list it is the same."""

    def __init__(self, context: Publication, request) -> None:
        self.context = context
        self.request = request

    def __call__(self, **kwargs: Any) -> dict[str, Any]:
        found = self.context
        address = found.absolute_url()
        if found.shown == Shown.WITHDRAWN:
            self.request.response.setStatus(410)
            return {
                "@id": address,
                "id": found.reference,
                "state": found.shown,
                "body": found.body,
                "date": found.day.isoformat(),
                "number": found.registered[1] if found.registered else None,
                "withdrawn": found.withdrawn,
            }
        values = PublicationIndexes(found).values()
        return row_view(values, address.rpartition("/")[0]) | {
            "text": found.text,
            "version": found.version,
            "former": [dict(row) for row in found.former],
            "annexes": [
                {
                    "@id": f"{address}/annex/{ready.address}",
                    "title": ready.row.title,
                    "content_type": ready.file.contentType,
                    "size": ready.file.getSize(),
                }
                for ready in found.files()
            ],
        }
