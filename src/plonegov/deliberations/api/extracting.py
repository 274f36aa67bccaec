"""The extracts of a sitting: asked for in one action, made by a job, told to services."""

from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from plone import api
from plone.namedfile.file import NamedBlobFile
from plonegov.core.api import municipality
from plonegov.core.api import now
from plonegov.core.errors import RecordNotFound
from plonegov.core.mail.errors import MailAddressInvalid
from plonegov.core.municipality.model import Service
from plonegov.core.pdf.sealplace import SealPlace
from plonegov.core.records.events import actor
from plonegov.core.records.events import log
from plonegov.core.records.events import SYSTEM
from plonegov.core.records.steps import require
from plonegov.core.registers.sealed import SealedKind
from plonegov.deliberations.adapters import papers
from plonegov.deliberations.adapters import sittingpapers
from plonegov.deliberations.adapters.papers import Paper
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import callmails
from plonegov.deliberations.api import sealing
from plonegov.deliberations.api.sealing import Drawn
from plonegov.deliberations.api.store import deliberations
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.refusals import NothingRegistered
from plonegov.deliberations.interfaces import MANAGE_MEETINGS
from plonegov.deliberations.storage import due
from typing import Any


PDF = "application/pdf"


@dataclass(frozen=True)
class Made:
    """Extracts as PDF: one for each item by its key, and all in one without a seal."""

    single: dict[str, Drawn]
    all: bytes


def registered(meeting: Meeting) -> list[Item]:
    """Return the items of a meeting whose decision has a number of the register."""
    return [item for item in agenda.items_of(meeting) if item.registered]


def ask(meeting: Meeting) -> None:
    """Ask for the extracts of all decisions of a meeting; a job makes them.

    :raises ActionNotAllowed: for the secretary only.
    :raises NothingRegistered: no decision of it has a number.
    """
    require(meeting, MANAGE_MEETINGS)
    if not registered(meeting):
        raise NothingRegistered()
    if is_due(meeting) and _is_asked(meeting):
        return
    seal = sealing.asked(meeting)
    asked = {"asked": now().isoformat(), "by": actor(), "seal": seal}
    meeting.extracted = {**meeting.extracted, **asked}
    due.mark(deliberations(), due.EXTRACTS, meeting.getId())
    log(meeting, "extracts_asked")


def is_due(meeting: Meeting) -> bool:
    """Say whether extracts are being made."""
    return due.is_due(deliberations(), due.EXTRACTS, meeting.getId())


def rectified(item: Item) -> None:
    """See that a sealed extract is replaced now that its decision says something else."""
    if any(row.get("code") for row in item.extracts[-1:]):
        due.mark(deliberations(), due.EXTRACTS, item.meeting)


def cancelled(item: Item, reason: str) -> None:
    """Say that the sealed extract of a decision without a number counts no more."""
    for row in item.extracts[-1:]:
        sealing.end(row.get("code", ""), reason, actor())


def make(meeting: Meeting) -> Made | None:
    """Make the extracts; nothing is written. None: no decision has a number (any more).

    Unless all were asked for, only those are made anew whose decision was rectified.
    """
    items = registered(meeting)
    if not items:
        return None
    address, anew = meeting.extracted.get("seal", ""), _is_asked(meeting)
    single = {
        item.getId(): sealing.draw(partial(_paper, item), address)
        for item in items
        if anew or current(item) is None
    }
    return Made(single, sittingpapers.extracts(items).pdf())


def _paper(item: Item, seal: SealPlace | None) -> Paper:
    return sittingpapers.extracts([item], seal=seal)


def _is_asked(meeting: Meeting) -> bool:
    """Say whether somebody asked for all extracts since they were made last."""
    held = meeting.extracted
    return held.get("asked", "") >= held.get("made", "")


def keep(meeting: Meeting, made: Made) -> None:
    """Store the extracts and tell the services; the caller checked that nothing changed."""
    when = now().isoformat()
    for item in registered(meeting):
        drawn = made.single.get(item.getId())
        if drawn is not None:
            _keep(meeting, item, drawn, when)
    told = _tell(meeting)
    meeting.extracted = {
        **meeting.extracted,
        "made": when,
        "count": len(made.single),
        "file": _file(made.all, f"extracts-{callmails.filename(meeting)}"),
        "told": (*meeting.extracted.get("told", ()), *told),
    }
    log(meeting, "extracts_made", who=SYSTEM, count=len(made.single))


def _keep(meeting: Meeting, item: Item, drawn: Drawn, when: str) -> None:
    year, number = item.registered
    former = item.extracts[-1].get("code", "") if item.extracts else ""
    row = {
        "year": year,
        "number": number,
        "version": sittingpapers.version_of(item),
        "at": when,
        "file": _file(drawn.pdf, filename(item)),
        "code": drawn.code,
    }
    item.extracts = (*item.extracts, row)
    body = papers.body_title(meeting)
    kind = SealedKind(
        "extract", sealing.titles("extract", f"{body} {year}/{number}"), item.service
    )
    who = meeting.extracted.get("by", SYSTEM)
    sealing.enter(drawn, kind, who=who, key=item.getId(), former=former)


def extract(item: Item) -> bytes:
    """Return the extract of a decision: the one that was made, or else made now.

    :raises RecordNotFound: it has no number of the register.
    """
    if not item.registered:
        raise RecordNotFound()
    stored = current(item)
    return stored.data if stored is not None else sittingpapers.extracts([item]).pdf()


def current(item: Item) -> NamedBlobFile | None:
    """Return the extract that was made last of a decision as it is registered now."""
    wanted = (*item.registered, sittingpapers.version_of(item))
    for row in reversed(item.extracts):
        if (row["year"], row["number"], row["version"]) == wanted:
            return row["file"]
    return None


def filename(item: Item) -> str:
    """Return the name of the file of an item's extract."""
    year, number = item.registered
    return f"{item.body}-{year}-{number}.pdf"


def _file(data: bytes, name: str) -> NamedBlobFile:
    return NamedBlobFile(data, contentType=PDF, filename=name)


def _tell(meeting: Meeting) -> Iterator[dict[str, Any]]:
    """Tell each service what became of its items, once; yield whom, when and what."""
    before = {
        (row["service"], row["what"]) for row in meeting.extracted.get("told", ())
    }
    by_service: dict[str, list[Item]] = {}
    for item in agenda.items_of(meeting):
        by_service.setdefault(item.service, []).append(item)
    for service in municipality().services:
        items = by_service.get(service.id, [])
        what = _what(items)
        if items and (service.id, what) not in before:
            email = _mailed(meeting, _address(service), items)
            yield {
                "service": service.id,
                "what": what,
                "at": now().isoformat(),
                "email": email,
                "items": len(items),
            }


def _address(service: Service) -> str:
    """Return the address of a service's office, else of the first of its heads."""
    heads = (api.user.get(userid=name) for name in service.head)
    found = (head.getProperty("email", "") for head in heads if head is not None)
    return service.contact.email or next(filter(None, found), "")


def _mailed(meeting: Meeting, email: str, items: Sequence[Item]) -> str:
    """Owe the mail; return the address, or "" where there is none that works."""
    if not email:
        return ""
    try:
        callmails.results(meeting, email, items)
    except MailAddressInvalid:
        return ""
    return email


def _what(items: Sequence[Item]) -> str:
    """Return what a service is told, so that it is told once."""
    return ";".join(f"{item.getId()}:{item.state}:{item.registered}" for item in items)
