"""The minutes of a sitting: generated, edited, adopted, signed and published."""

from collections.abc import Mapping
from datetime import date
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.records.events import log
from plonegov.core.records.steps import require
from plonegov.deliberations.adapters.minutes import sections_of
from plonegov.deliberations.api import law
from plonegov.deliberations.api import sealedminutes
from plonegov.deliberations.api import signing
from plonegov.deliberations.api import store
from plonegov.deliberations.api.html import clean_html
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain import minutes
from plonegov.deliberations.domain.formalities import Due
from plonegov.deliberations.domain.formalities import publish_until
from plonegov.deliberations.domain.minutes import MinutesState
from plonegov.deliberations.domain.model import Document
from plonegov.deliberations.domain.model import Publication
from plonegov.deliberations.domain.refusals import MinutesChanged
from plonegov.deliberations.domain.refusals import MinutesNotInOrder
from plonegov.deliberations.domain.refusals import SignatoryMissing
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.interfaces import MANAGE_MEETINGS


#: States of a meeting whose minutes may be written.
WRITABLE = (MeetingState.SITTING, MeetingState.DECIDED)


def renew(meeting: Meeting) -> None:
    """Generate the sections anew; what a hand wrote stays.

    :raises ActionNotAllowed: for the secretary only.
    :raises MinutesNotInOrder: they are no draft any more, or the meeting has not sat.
    """
    _require_draft(meeting)
    book = meeting.minutes
    book.keep(minutes.renewed(book.sections, sections_of(meeting)))


def write(meeting: Meeting, key: str, text: str, seen: int) -> None:
    """Write another text for a section.

    :param text: HTML; what may not stand in it is taken out.
    :param seen: the serial of the minutes that one looked at.
    :raises MinutesChanged: somebody else changed them meanwhile; nothing was done.
    :raises SectionUnknown: there is no such section.
    """
    _require_draft(meeting)
    book = meeting.minutes
    if book.serial != seen:
        raise MinutesChanged(serial=book.serial)
    book.keep(minutes.written(book.sections, key, clean_html(text)))


def take_anew(meeting: Meeting, key: str) -> None:
    """Take what is generated now for a section, in place of what a hand wrote.

    :raises SectionUnknown: there is no such section (any more).
    """
    _require_draft(meeting)
    book, generated = meeting.minutes, dict(sections_of(meeting))
    found = minutes.taken_anew(book.sections, key, generated.get(key, ""))
    book.keep(found)


def submit(meeting: Meeting) -> None:
    """Hand the minutes in to be adopted at a coming sitting.

    :raises MinutesNotInOrder: they are no draft, or empty.
    """
    if not meeting.minutes.sections:
        raise MinutesNotInOrder(state="", wanted=str(MinutesState.SUBMITTED))
    _step(meeting, MinutesState.SUBMITTED)


def remark(meeting: Meeting, who: str, text: str, *, adopted: bool) -> None:
    """Note a remark on submitted minutes; an adopted one sends them back to be reworded.

    :param who: the member who made it, by name.
    :raises InvalidInput: there is no text.
    :raises MinutesNotInOrder: the minutes are not submitted.
    """
    require(meeting, MANAGE_MEETINGS)
    if not text.strip():
        raise InvalidInput([Fault("text", "required")])
    if meeting.minutes.state is not MinutesState.SUBMITTED:
        raise MinutesNotInOrder(state=str(meeting.minutes.state), wanted="remark")
    row = {"who": who, "text": text.strip(), "adopted": adopted}
    meeting.minutes.remarks = (*meeting.minutes.remarks, row)
    if adopted:
        _step(meeting, MinutesState.DRAFTED)


def approve(meeting: Meeting, adopted_in: str) -> None:
    """Say that the body adopted the minutes.

    :param adopted_in: the key of the later meeting of the body that did.
    :raises MinutesNotInOrder: they are not submitted, or that meeting is not later.
    :raises RecordNotFound: there is no such meeting.
    """
    later = store.meeting(adopted_in)
    if later.body != meeting.body or later.starts <= meeting.starts:
        raise MinutesNotInOrder(state="", wanted=str(MinutesState.APPROVED))
    _step(meeting, MinutesState.APPROVED)
    meeting.minutes.adopted_in = adopted_in


def sign(meeting: Meeting, day: date, signers: Mapping[str, str]) -> None:
    """Note who signed the adopted minutes.

    :param signers: office (``mayor``, ``director``, …) to the UID of the function that
        is in force on the day (see ``api.signing.signer``); its capacity and delegation
        are printed.
    :raises SignatoryMissing: nobody signs, or somebody may not sign then.
    """
    found = {
        office: signing.signer(meeting, Document.MINUTES, office, uid, day)
        for office, uid in signers.items()
    }
    if not found:
        raise SignatoryMissing(office="")
    _step(meeting, MinutesState.SIGNED)
    meeting.minutes.signatures = tuple(
        {
            "office": office,
            "name": one.name,
            "capacity": str(one.capacity),
            "delegation": one.delegation,
            "day": day.isoformat(),
        }
        for office, one in found.items()
    )
    sealedminutes.ask(meeting)


def publish(meeting: Meeting) -> None:
    """Say that the signed minutes are published.

    :raises MinutesNotInOrder: they are not signed.
    """
    _step(meeting, MinutesState.PUBLISHED)


def publish_due(meeting: Meeting) -> Due | None:
    """Return until when adopted minutes are published, None: the law does not ask for it,
    or they are not adopted, or published already."""
    book = meeting.minutes
    if not book.adopted_in or book.state is MinutesState.PUBLISHED:
        return None
    adopted = law.day_of(store.meeting(book.adopted_in))
    return publish_until(Publication.MINUTES, adopted, law.rules_of(meeting))


def _step(meeting: Meeting, new: MinutesState) -> None:
    require(meeting, MANAGE_MEETINGS)
    minutes.check_step(meeting.minutes.state, new)
    meeting.minutes.state = new
    log(meeting, f"minutes_{new}")


def _require_draft(meeting: Meeting) -> None:
    require(meeting, MANAGE_MEETINGS)
    state = meeting.minutes.state
    if meeting.state not in WRITABLE or state is not MinutesState.DRAFTED:
        raise MinutesNotInOrder(state=str(state), wanted=str(MinutesState.DRAFTED))
