"""Signed minutes with the town's seal: asked for with the signatures, made by a job."""

from functools import partial
from plone.namedfile.file import NamedBlobFile
from plonegov.core.api import has_port
from plonegov.core.pdf.interfaces import ISealer
from plonegov.core.pdf.sealplace import SealPlace
from plonegov.core.records.events import actor
from plonegov.core.records.events import log
from plonegov.core.records.events import SYSTEM
from plonegov.core.registers.sealed import SealedKind
from plonegov.deliberations.adapters import papers
from plonegov.deliberations.adapters import sittingpapers
from plonegov.deliberations.adapters.papers import Paper
from plonegov.deliberations.api import law
from plonegov.deliberations.api import sealing
from plonegov.deliberations.api.sealing import Drawn
from plonegov.deliberations.api.store import deliberations
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.minutes import MinutesState
from plonegov.deliberations.storage import due


PDF = "application/pdf"
#: How far minutes are that may be sealed.
SEALABLE = (MinutesState.SIGNED, MinutesState.PUBLISHED)


def ask(meeting: Meeting) -> None:
    """Ask for the seal on minutes that were just signed, if who signs them in may."""
    address = sealing.asked(meeting)
    if address:
        asked = {"by": actor(), "address": address}
        meeting.minutes.sealed = {**meeting.minutes.sealed, **asked}
        due.mark(deliberations(), due.MINUTES, meeting.getId())


def make(meeting: Meeting) -> Drawn | None:
    """Draw the minutes with the town's seal; None: they need none (any more).

    Nothing is written.

    :raises SealKeyUnusable: the town's key can't be used now; they wait for it.
    """
    address = meeting.minutes.sealed.get("address", "")
    wanted = address and meeting.minutes.state in SEALABLE and has_port(ISealer)
    return sealing.draw_sealed(partial(_paper, meeting), address) if wanted else None


def keep(meeting: Meeting, drawn: Drawn) -> None:
    """Keep and register the sealed minutes; the caller checked that nothing changed."""
    book, body = meeting.minutes, papers.body_title(meeting)
    day = law.day_of(meeting).isoformat()
    kind = SealedKind("minutes", sealing.titles("minutes", f"{body} {day}"))
    former, who = book.sealed.get("code", ""), book.sealed["by"]
    name = f"minutes-{meeting.body}-{day}.pdf"
    file = NamedBlobFile(drawn.pdf, contentType=PDF, filename=name)
    book.sealed = {**book.sealed, "code": drawn.code, "file": file}
    sealing.enter(drawn, kind, who=who, key=meeting.getId(), former=former)
    log(meeting, "minutes_sealed", who=SYSTEM)


def _paper(meeting: Meeting, seal: SealPlace | None) -> Paper:
    return sittingpapers.minutes_paper(meeting, papers.everything, seal=seal)
