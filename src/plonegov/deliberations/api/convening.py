"""Members are told of a sitting, with the proof of when and how they were reached.

The transaction that convenes keeps a row for each member and a mark; the convocation is
made without the write lock and sent at once afterwards (``jobs.SendConvocations``).
"""

from collections.abc import Mapping
from datetime import datetime
from plone import api
from plone.namedfile.file import NamedBlobFile
from plonegov.core.api import now
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import RecordNotFound
from plonegov.core.mail.compose import check_recipient
from plonegov.core.mail.errors import MailAddressInvalid
from plonegov.core.records.events import log
from plonegov.core.records.events import SYSTEM
from plonegov.core.records.steps import require
from plonegov.core.typed.text import clean_line
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import callmails
from plonegov.deliberations.api import law
from plonegov.deliberations.api.store import deliberations
from plonegov.deliberations.api.store import DELIBERATIONS_ID
from plonegov.deliberations.content.mandate import Mandate
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.convening import About
from plonegov.deliberations.domain.convening import last_calls
from plonegov.deliberations.domain.convening import new_row
from plonegov.deliberations.domain.convening import Reached
from plonegov.deliberations.domain.convening import reached
from plonegov.deliberations.domain.convening import Row
from plonegov.deliberations.domain.convening import settled
from plonegov.deliberations.domain.convening import to_send
from plonegov.deliberations.domain.refusals import CallNotOpen
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.interfaces import MANAGE_MEETINGS
from plonegov.deliberations.storage import due


#: States of a meeting whose members are called.
CALLED = (MeetingState.CONVENED, MeetingState.FROZEN, MeetingState.SITTING)

#: The longest note on how a convocation was handed over.
HOW_LIMIT = 200


def call(meeting: Meeting) -> None:
    """Call the members in office on the day of a meeting, who was just convened.

    Who has no address, or none that works, is to be handed the paper.
    """
    meeting.convened = now()
    _call_all(meeting)


def call_again(meeting: Meeting) -> None:
    """Send all members the convocation as it is now, for example with an item that came
    later; when the meeting was convened stays as it is.

    :raises ActionNotAllowed: for the secretary only.
    :raises CallNotOpen: the meeting is not convened.
    """
    _require_open(meeting)
    _call_all(meeting)
    log(meeting, "convocation_renewed")


def send(meeting: Meeting, pdf: bytes | None) -> int:
    """Owe the mails of the rows that wait for theirs; return how many.

    :param pdf: the convocation; None: it is the one that was sent before.
    """
    if pdf is not None:
        name = callmails.filename(meeting)
        file = NamedBlobFile(pdf, contentType="application/pdf", filename=name)
        row = {"at": now().isoformat(), "file": file}
        meeting.called = (*meeting.called, row)
    places = to_send(meeting.convocation) if meeting.state in CALLED else []
    rows, paper = list(meeting.convocation), meeting.called[-1]["file"].data
    for place in places:
        row = rows[place]
        rows[place] = {**row, "mail": callmails.convened(meeting, row["email"], paper)}
    meeting.convocation = tuple(rows)
    if places:
        log(meeting, "convocation_sent", who=SYSTEM, count=len(places))
    return len(places)


def resend(meeting: Meeting, member: str) -> None:
    """Send a member the convocation again, to the address that stands there now.

    :param member: UID of the mandate.
    :raises ActionNotAllowed: for the secretary only.
    :raises CallNotOpen: the meeting is not convened.
    :raises InvalidInput: the member has no address that works.
    :raises RecordNotFound: there is no such member.
    """
    mandate = _called(meeting, member)
    row = _row(About.CALL, mandate, now().isoformat())
    if not row["email"]:
        raise InvalidInput([Fault("member", "mail_address_invalid")])
    meeting.convocation = (*meeting.convocation, row)
    log(meeting, "convocation_resent", member=mandate.title)
    due.mark(deliberations(), due.CONVOCATION, meeting.getId())


def hand_over(meeting: Meeting, member: str, at: datetime, how: str) -> None:
    """Note that a member was handed the convocation on paper.

    :param member: UID of the mandate.
    :param at: when (aware), not in the future and not before the meeting was convened.
    :param how: by whom and where.
    :raises ActionNotAllowed: for the secretary only.
    :raises CallNotOpen: the meeting is not convened.
    :raises InvalidInput: the time can't be, or nothing says how.
    :raises RecordNotFound: there is no such member.
    """
    mandate = _called(meeting, member)
    told = clean_line(how, HOW_LIMIT)
    faults = []
    if at > now() or at < _since(meeting):
        faults.append(Fault("at", "hand_over_time"))
    if not told:
        faults.append(Fault("how", "required"))
    if faults:
        raise InvalidInput(faults)
    row = new_row(About.CALL, member, mandate.title, "", now().isoformat())
    handed = {**row, "handed": at.isoformat(), "how": told}
    meeting.convocation = (*meeting.convocation, handed)
    log(meeting, "convocation_handed_over", member=mandate.title)


def tell(meeting: Meeting, about: About, reason: str) -> None:
    """Tell the members who were called that the sitting is called back or cancelled.

    :param reason: as the secretary wrote it.
    """
    called = last_calls(meeting.convocation)
    current = {mandate.UID(): _address(mandate) for mandate in members(meeting)}
    asked = now().isoformat()
    rows = []
    for old in called:
        email = current.get(old["member"]) or old["email"]
        row = new_row(about, old["member"], old["name"], email, asked)
        if email:
            row["mail"] = callmails.off(meeting, about, email, reason)
        rows.append(row)
    meeting.convocation = (*meeting.convocation, *rows)
    due.clear(deliberations(), due.CONVOCATION, meeting.getId())


def note(key: str, about: str, refused: str, kept: bool) -> None:
    """Keep what became of a mail, where it told a member of a meeting.

    :param key: of the mail.
    :param about: UID of what it was about.
    """
    if not about or DELIBERATIONS_ID not in api.portal.get():
        return
    container = deliberations()
    meeting = container.records.get_by_uid(about)
    if isinstance(meeting, Meeting) and _mailed(meeting, key):
        when = now().isoformat()
        rows = settled(meeting.convocation, key, when, refused, kept)
        meeting.convocation = rows


def members(meeting: Meeting) -> list[Mandate]:
    """Return the members in office on the day of a meeting."""
    return bodies.members(bodies.get(meeting.body), law.day_of(meeting))


def unreached(meeting: Meeting) -> list[Row]:
    """Return the last rows of the members whom the convocation did not reach, and to whom
    nothing is under way: they are to be handed it."""
    open_ = (Reached.PAPER, Reached.FAILED)
    return [row for row in last_calls(meeting.convocation) if reached(row) in open_]


def _since(meeting: Meeting) -> datetime:
    """Return the minute in which a meeting was convened."""
    asked = [row["asked"] for row in last_calls(meeting.convocation)]
    first = datetime.fromisoformat(min(asked)) if asked else meeting.starts
    return (meeting.convened or first).replace(second=0, microsecond=0)


def _mailed(meeting: Meeting, key: str) -> bool:
    return any(row["mail"] == key for row in meeting.convocation)


def _call_all(meeting: Meeting) -> None:
    moment = now()
    asked = moment.isoformat()
    rows = [_row(About.CALL, mandate, asked) for mandate in members(meeting)]
    meeting.convocation = (*meeting.convocation, *rows)
    meeting.paper_wanted = moment
    due.mark(deliberations(), due.CONVOCATION, meeting.getId())


def _require_open(meeting: Meeting) -> None:
    require(meeting, MANAGE_MEETINGS)
    if meeting.state not in CALLED:
        raise CallNotOpen()


def _called(meeting: Meeting, member: str) -> Mandate:
    _require_open(meeting)
    found: Mapping[str, Mandate] = {one.UID(): one for one in members(meeting)}
    if member not in found:
        raise RecordNotFound()
    return found[member]


def _row(about: About, mandate: Mandate, asked: str) -> Row:
    return new_row(about, mandate.UID(), mandate.title, _address(mandate), asked)


def _address(mandate: Mandate) -> str:
    """Return the address of a member that a mail can be sent to, or ""."""
    address = (mandate.email or "").strip()
    try:
        check_recipient(address)
    except MailAddressInvalid:
        return ""
    return address
