from AccessControl.class_init import InitializeClass
from AccessControl.SecurityInfo import ClassSecurityInfo
from collections.abc import Sequence
from datetime import date
from plone.supermodel import model
from plonegov.core.records.interfaces import IRecordIndexes
from plonegov.core.records.record import Record
from plonegov.deliberations import _
from plonegov.deliberations.content.publicfile import PublicFile
from plonegov.deliberations.content.publicfile import ReadyFile
from plonegov.deliberations.domain.cleaning import Kind
from plonegov.deliberations.domain.cleaning import public_name
from plonegov.deliberations.domain.publishing import plain_text
from plonegov.deliberations.domain.publishing import reference
from plonegov.deliberations.domain.publishing import Shown
from typing import Any
from zope import schema
from zope.component import adapter
from zope.interface import implementer


class IPublication(model.Schema):
    """What the public reads of an item, as a clerk confirmed it."""

    title = schema.TextLine(title=_("publication_title", default="Title"))


@implementer(IPublication)
class Publication(Record):
    """A public copy of an item: it holds what was confirmed, nothing of the record.

    ``shown`` is a ``domain.publishing.Shown``; a withdrawn one keeps its number, its date
    and the kind of the reason (``withdrawn``), never its title or text. ``text`` is clean
    HTML, ``counts`` the votes on the whole (``secret``: on paper), ``members`` how many
    were entitled to vote. ``outcome`` is the state of the item when it was confirmed.

    ``meeting`` is the key of its sitting, ``day`` that sitting's. ``draft_online`` and
    ``online`` are when the draft and what is shown now were put online (aware);
    ``draft_due`` is the last day that the law gave for the draft (None: none), ``late``
    whether it came later.
    ``controlled`` is the day on which it went to the authority that supervises.
    ``posting`` is year and number in the register of postings, ``posted`` the days from
    and, once withdrawn, to. ``released``: the public reads nothing else of its body.
    ``annexes`` are those that were confirmed with it (``PublicFile``), ``numbered`` is the
    highest number that one of them ever had. The public gets ``files()``.
    ``version`` is the one of its number in the register; ``former`` are the texts that the
    public read before a rectification, the oldest first: version, title, text, ISO time
    and public reason of the rectification.
    ``imported`` is of a decision that was taken before the town had this system: the
    columns of the open data that it came from (DELIB_ID, PREF_ID and others).

    The class gives no types: its ``__annotations__`` are zope.annotation's.
    """

    portal_type = "plonegov.Publication"

    security = ClassSecurityInfo()
    for _name in (
        "confirmed_by",
        "annexes",
        "files",
        "imported",
        "events",
        "event_parts",
    ):
        security.declarePrivate(_name)

    body = ""
    subject = ""
    shown = str(Shown.DRAFT)
    day = None
    text = ""
    meeting = ""
    number = 0
    registered = ()
    outcome = ""
    counts = {}
    secret = False
    members = 0
    draft_online = None
    draft_due = None
    late = False
    online = None
    controlled = None
    posting = ()
    posted = ()
    released = False
    annexes = ()
    numbered = 0
    version = 1
    former = ()
    withdrawn = ""
    confirmed_by = ""
    imported = {}
    events = ()
    event_parts = {}

    def __init__(self, id=None, **kwargs):
        super().__init__(id)
        for name, value in kwargs.items():
            setattr(self, name, value)

    @property
    def state(self) -> str:
        """What of it is shown."""
        return self.shown

    @property
    def year(self) -> int:
        """The year of the sitting."""
        day: date = self.day
        return day.year

    @property
    def reference(self) -> str:
        """How it is named in files and open data."""
        return reference(self.body, self.registered, self.getId())

    @property
    def is_draft(self) -> bool:
        """Whether the public reads a draft."""
        return self.shown == Shown.DRAFT

    def files(self) -> list[ReadyFile]:
        """Return what the public gets of its annexes: those of which there is a copy."""
        rows: Sequence[PublicFile] = self.annexes
        numbered = enumerate(rows, 1)
        found = [(place, row, row.copy(self.is_draft)) for place, row in numbered]
        return [
            ReadyFile(row, place, file, self._name(row, place))
            for place, row, file in found
            if file is not None
        ]

    def _name(self, row: PublicFile, place: int) -> str:
        return public_name(self.reference, place, Kind(row.kind), draft=self.is_draft)


InitializeClass(Publication)


@implementer(IRecordIndexes)
@adapter(IPublication)
class PublicationIndexes:
    """What the public catalog holds of a publication."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication

    def values(self) -> dict[str, Any]:
        found = self.publication
        return {
            "key": found.getId(),
            "body": found.body,
            "year": found.year,
            "subject": found.subject,
            "shown": found.shown,
            "day": found.day.toordinal(),
            "meeting": found.meeting,
            "online": int(found.online.timestamp()) if found.online else 0,
            "posted": _ordinal(found.posted[0] if found.posted else None),
            "title": found.title,
            "text": f"{found.title} {plain_text(found.text)}",
            "number": found.number,
            "registered": found.registered[1] if found.registered else 0,
            "outcome": found.outcome,
            "controlled": _ordinal(found.controlled),
            "posting": found.posting[1] if found.posting else 0,
            "late": found.late,
            "documents": len(found.files()),
            "imported": dict(found.imported),
            **self._votes(),
        }

    def _votes(self) -> dict[str, int]:
        counts = self.publication.counts
        return {
            "members": self.publication.members,
            "voters": sum(counts.values()),
            "in_favour": counts.get("in_favour", 0),
            "against": counts.get("against", 0),
            "abstained": counts.get("abstained", 0),
        }


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day is not None else 0
