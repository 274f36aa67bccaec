"""Past decisions of another system, which the public goes on reading here."""

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field
from hashlib import sha256
from html import escape
from plonegov.core.records.events import log
from plonegov.core.records.keeping import keep
from plonegov.core.records.store import ALPHABET
from plonegov.deliberations.api.publishing import decisions
from plonegov.deliberations.content.body import Body
from plonegov.deliberations.content.publication import Publication
from plonegov.deliberations.domain.publishing import Publicity
from plonegov.deliberations.domain.publishing import Shown
from plonegov.deliberations.domain.refusals import BodyNotPublic
from plonegov.deliberations.domain.scdl import Decision
from plonegov.deliberations.domain.scdl import Refused
from plonegov.deliberations.domain.scdl import subject_of
from typing import Any


ID = "DELIB_ID"
KEY_LENGTH = 10
#: What makes a row that was imported before the same as it was.
COMPARED = ("body", "day", "subject", "title", "text", "counts", "members", "imported")


@dataclass
class Report:
    """What became of the rows of a file; what was read is the sum of the others."""

    created: int = 0
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)

    @property
    def read(self) -> int:
        """How many rows were read."""
        return self.created + self.unchanged + len(self.refused)


def check_body(body: Body) -> None:
    """Refuse a body of which the public reads nothing.

    :raises BodyNotPublic: so it is.
    """
    if body.publicity != Publicity.PUBLIC:
        raise BodyNotPublic()


def take(
    found: Iterable[Decision | Refused],
    body: Body,
    who: str,
    report: Report,
    *,
    write: bool = True,
) -> None:
    """Make the publications of past decisions that are not there yet.

    One that is there stays as it is: a row that says something else is refused, and one
    that was withdrawn stays so.

    :param who: who imports them, for the log.
    :param report: gets what became of each row.
    :param write: False only says what would become of them.
    """
    container = decisions()
    for row in found:
        if isinstance(row, Refused):
            report.refused.append(row)
            continue
        key, values = key_of(body, row.id), _values(body, row)
        held = container.records.get(key)
        if held is None:
            report.created += 1
            if write:
                _create(container, key, values, who)
        elif held.shown == Shown.WITHDRAWN or _same(held, values):
            report.unchanged += 1
        else:
            reason = "as it was imported before: what is public is not overwritten"
            report.refused.append(Refused(row.line, row.id, "", reason))


def key_of(body: Body, decision_id: str) -> str:
    """Return the key of an imported decision, always the same for the same id."""
    digest = sha256(f"{body.getId()}\0{decision_id}".encode()).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:KEY_LENGTH])


def _values(body: Body, row: Decision) -> dict[str, Any]:
    address = row.kept.get("DELIB_URL", "")
    link = f'<p><a href="{escape(address)}">{escape(address)}</a></p>'
    return {
        "body": body.getId(),
        "day": row.day,
        "subject": subject_of(row.code),
        "title": row.title,
        "text": link if address else "",
        "counts": dict(row.counts),
        "members": row.members,
        "registered": (row.day.year, row.number) if row.number else (),
        "imported": {ID: row.id, "DELIB_MATIERE_CODE": row.code, **row.kept},
    }


def _create(container: Any, key: str, values: dict[str, Any], who: str) -> None:
    shown = str(Shown.DECISION)
    made = Publication(id=key, shown=shown, confirmed_by=who, **values)
    publication = keep(container, made)
    log(publication, "imported", who=who)
    publication.reindexObject()


def _same(held: Publication, values: dict[str, Any]) -> bool:
    return all(getattr(held, name) == values[name] for name in COMPARED)
