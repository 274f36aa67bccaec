"""Who came, who left, who stands back: entered as it happens, in a log."""

from Acquisition import aq_base
from datetime import datetime
from datetime import timedelta
from plone.uuid.interfaces import ATTRIBUTE_NAME
from plonegov.core.api import now
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.records.events import log
from plonegov.core.records.steps import require
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import law
from plonegov.deliberations.api import store
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.mandate import Mandate
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.agenda import Privacy
from plonegov.deliberations.domain.attendance import Attendance
from plonegov.deliberations.domain.attendance import Entry
from plonegov.deliberations.domain.attendance import Movement
from plonegov.deliberations.domain.attendance import Presence
from plonegov.deliberations.domain.attendance import presence
from plonegov.deliberations.domain.attendance import present_at
from plonegov.deliberations.domain.attendance import Recusal
from plonegov.deliberations.domain.attendance import Slot
from plonegov.deliberations.domain.errors import MemberNotEntitled
from plonegov.deliberations.domain.model import BodyKind
from plonegov.deliberations.domain.model import Interest
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.proxies import check_proxy
from plonegov.deliberations.domain.proxies import Proxy
from plonegov.deliberations.domain.refusals import MeetingNotSitting
from plonegov.deliberations.domain.refusals import MeetingOfAnotherBody
from plonegov.deliberations.domain.refusals import NotOnAgenda
from plonegov.deliberations.domain.sessions import check_closed_part
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.interfaces import MANAGE_MEETINGS
from typing import Any


#: States in which a member may say that he or she will not come, or give a proxy.
ANNOUNCING = (MeetingState.CONVENED, MeetingState.FROZEN, MeetingState.SITTING)
#: How far two clocks may be apart.
TOLERANCE = timedelta(minutes=2)


def members_of(meeting: Meeting) -> frozenset[str]:
    """Return the members in office on the day of a meeting, by their UIDs.

    Read where plone.uuid keeps them: its adapter asks all parents whether they are of a
    language, which mandates never are, and this is called often.
    """
    found = bodies.members(bodies.get(meeting.body), law.day_of(meeting))
    return frozenset(getattr(aq_base(mandate), ATTRIBUTE_NAME) for mandate in found)


def arrive(meeting: Meeting, member: str, at: datetime | None = None) -> None:
    """Note that a member came.

    :param member: the UID of the mandate.
    :param at: when (aware); now where it is not said.
    :raises ActionNotAllowed: for the secretary only.
    :raises InvalidInput: that time is still to come.
    :raises MeetingNotSitting: the sitting is not open.
    :raises MemberNotEntitled: the member is not in office on that day.
    """
    _move(meeting, member, Movement.ARRIVED, at)


def arrive_all(meeting: Meeting, at: datetime | None = None) -> None:
    """Note that all members came of whom nothing was noted yet; errors of ``arrive``."""
    _require_sitting(meeting)
    known = attendance_of(meeting)
    noted = {entry.member for entry in known.entries} | known.excused
    for member in sorted(members_of(meeting) - noted):
        arrive(meeting, member, at)


def leave(meeting: Meeting, member: str, at: datetime | None = None) -> None:
    """Note that a member left; parameters and errors are those of ``arrive``."""
    _move(meeting, member, Movement.LEFT, at)


def excuse(meeting: Meeting, member: str) -> None:
    """Note that a member said he or she would not come, before the sitting or in it;
    errors as of ``arrive``."""
    row = {"kind": "excused", "member": member}
    _add(meeting, row, member, ANNOUNCING)


def recuse(meeting: Meeting, item: Item, member: str, interest: Interest) -> None:
    """Note that a member takes no part in an item, and why.

    :raises NotOnAgenda: the item does not stand on the meeting's agenda.
    """
    _require_listed(meeting, item)
    row = {
        "kind": "recused",
        "member": member,
        "item": item.getId(),
        "interest": str(Interest(interest)),
    }
    _add(meeting, row, member)


def call_in(meeting: Meeting, item: Item, member: str) -> None:
    """Note that a college calls in a councillor to end a tie on an item (CDLD L1123-22).

    :param member: one of ``callable_in``.
    :raises NotOnAgenda: the item does not stand on the meeting's agenda.
    :raises MemberNotEntitled: it is no councillor of that day, or sits in the college.
    """
    _require_sitting(meeting)
    _require_listed(meeting, item)
    if member not in {mandate.UID() for mandate in callable_in(meeting)}:
        raise MemberNotEntitled(member=member, reason="no_member")
    meeting.attendance.add(
        {"kind": "called_in", "member": member, "item": item.getId(), "at": _when(None)}
    )


def called_in(meeting: Meeting, item: Item) -> frozenset[str]:
    """Return the councillors whom a college called in for an item, by their UIDs."""
    return frozenset(
        row["member"]
        for row in meeting.attendance.standing
        if row["kind"] == "called_in" and row["item"] == item.getId()
    )


def callable_in(meeting: Meeting) -> list[Mandate]:
    """Return the councillors whom a college may call in on the day of its meeting, by
    precedence: those who do not sit in it."""
    day = law.day_of(meeting)
    own = {held.title for held in bodies.members(bodies.get(meeting.body), day)}
    councils = [body for body in bodies.all_bodies() if body.kind == BodyKind.COUNCIL]
    return [
        held
        for council in councils
        if council.getId() != meeting.body
        for held in bodies.members(council, day)
        if held.title not in own
    ]


def names_of(meeting: Meeting) -> dict[str, str]:
    """Return the names of all who may take part in a meeting, by UID and precedence: its
    members, then councillors who were called in."""
    found = bodies.members(bodies.get(meeting.body), law.day_of(meeting))
    called = {
        row["member"]
        for row in meeting.attendance.standing
        if row["kind"] == "called_in"
    }
    more = [held for held in callable_in(meeting) if held.UID() in called]
    return {mandate.UID(): mandate.title for mandate in (*found, *more)}


def give_proxy(
    meeting: Meeting,
    giver: str,
    holder: str,
    *,
    at: datetime | None = None,
    sitting: int = 1,
    ill: bool = False,
) -> None:
    """Note that a member votes in another one's name, before the sitting or in it.

    :raises ProxyNotAllowed: the law does not let it be; ``reason`` says why.
    """
    proxy = Proxy(giver, holder, at or now(), None, sitting, ill)
    members = members_of(meeting)
    check_proxy(proxy, proxies_of(meeting), members, law.rules_of(meeting))
    row = {
        "kind": "proxy",
        "member": giver,
        "holder": holder,
        "at": proxy.given.isoformat(),
        "sitting": sitting,
        "ill": ill,
    }
    _add(meeting, row, giver, ANNOUNCING)


def open_item(meeting: Meeting, item: Item, at: datetime | None = None) -> None:
    """Note that an item is called: its quorum counts from here."""
    _require_listed(meeting, item)
    _add(meeting, {"kind": "opened", "item": item.getId(), "at": _when(at)})


def close_session(meeting: Meeting, at: datetime | None = None) -> None:
    """Note that the sitting goes on to the part without the public that the law wants.

    Where it leaves this to the members, their vote is entered by ``api.sessions.close``.

    :raises ClosedSessionNotAllowed: the public part is not over.
    :raises SessionVoteMissing: the members must vote on it.
    """
    _require_sitting(meeting)
    left = [row for row in store.undecided(meeting) if row["privacy"] != Privacy.OPEN]
    check_closed_part(
        [Matter(row["matter"]) for row in left],
        law.rules_of(meeting),
        public_part_over=store.public_part_over(meeting),
    )
    row = {"kind": "closed_session", "at": _when(at)}
    _add(meeting, row)
    log(meeting, "closed_session", at=row["at"])


def strike(meeting: Meeting, place: int) -> None:
    """Count a row of the log no more; it stays readable.

    :raises NotOnAgenda: the log has no such row.
    """
    _require_state(meeting, ANNOUNCING)
    if not 0 <= place < len(meeting.attendance.rows):
        raise NotOnAgenda()
    meeting.attendance.strike(place)
    log(meeting, "attendance_struck", row=meeting.attendance.rows[place])


def attendance_of(meeting: Meeting) -> Attendance:
    """Return the log of a meeting as the rules of law read it."""
    rows = meeting.attendance.standing
    return Attendance(
        entries=frozenset(
            Entry(
                datetime.fromisoformat(row["at"]), row["member"], Movement(row["kind"])
            )
            for row in rows
            if row["kind"] in tuple(Movement)
        ),
        excused=frozenset(row["member"] for row in rows if row["kind"] == "excused"),
        recusals=frozenset(
            Recusal(row["member"], row["item"], Interest(row["interest"]))
            for row in rows
            if row["kind"] == "recused"
        ),
    )


def proxies_of(meeting: Meeting) -> frozenset[Proxy]:
    """Return the proxies of a meeting."""
    return frozenset(
        Proxy(
            row["member"],
            row["holder"],
            datetime.fromisoformat(row["at"]),
            None,
            row["sitting"],
            row["ill"],
        )
        for row in meeting.attendance.standing
        if row["kind"] == "proxy"
    )


def presence_of(meeting: Meeting, item: Item, closed: datetime) -> Presence:
    """Return who was there for an item, from its call to a time.

    An item that was not called counts as opened and closed at that time.
    """
    calls = [call for call in _calls(meeting, item) if call <= closed]
    opened = max(calls, default=closed)
    return presence(attendance_of(meeting), Slot(item.getId(), opened, closed))


def present_now(meeting: Meeting, at: datetime | None = None) -> frozenset[str]:
    """Return the members who are in the room, now or at a time."""
    return present_at(attendance_of(meeting), at or now())


def called_at(meeting: Meeting, item: Item) -> datetime | None:
    """Return when an item was called last; None: it was not yet."""
    calls = _calls(meeting, item)
    return max(calls, default=None)


def _move(
    meeting: Meeting, member: str, movement: Movement, at: datetime | None
) -> None:
    row = {"kind": str(movement), "member": member, "at": _when(at)}
    _add(meeting, row, member)


def _calls(meeting: Meeting, item: Item) -> list[datetime]:
    return [
        datetime.fromisoformat(row["at"])
        for row in meeting.attendance.standing
        if row["kind"] == "opened" and row["item"] == item.getId()
    ]


def _add(
    meeting: Meeting,
    row: dict[str, Any],
    member: str = "",
    states: tuple[MeetingState, ...] = (MeetingState.SITTING,),
) -> None:
    _require_state(meeting, states)
    if member and member not in members_of(meeting):
        raise MemberNotEntitled(member=member, reason="no_member")
    meeting.attendance.add(row)


def _require_sitting(meeting: Meeting) -> None:
    _require_state(meeting, (MeetingState.SITTING,))


def _require_state(meeting: Meeting, states: tuple[MeetingState, ...]) -> None:
    require(meeting, MANAGE_MEETINGS)
    if meeting.state not in states:
        raise MeetingNotSitting()


def _require_listed(meeting: Meeting, item: Item) -> None:
    if item.meeting != meeting.getId():
        raise MeetingOfAnotherBody() if item.body != meeting.body else NotOnAgenda()


def _when(at: datetime | None) -> str:
    moment = now()
    if at is not None and at > moment + TOLERANCE:
        raise InvalidInput([Fault("at", "moment_to_come")])
    return (at or moment).isoformat()
