"""Passing from the public session to the closed one, and back, in mid-sitting.

CDLD, articles L1122-20 to -22 and L1123-20; CGCT, article L2121-18. The rows stand in
the attendance log: ``closed_session``, ``closing_refused`` and ``open_session``.
"""

from datetime import datetime
from plonegov.core.api import now
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.records.events import log
from plonegov.core.records.steps import require
from plonegov.deliberations.api import cases
from plonegov.deliberations.api import law
from plonegov.deliberations.api import store
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.agenda import Privacy
from plonegov.deliberations.domain.ballots import check_number
from plonegov.deliberations.domain.cases import electorate
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.refusals import MeetingNotSitting
from plonegov.deliberations.domain.refusals import SessionClosed
from plonegov.deliberations.domain.refusals import SessionNotClosed
from plonegov.deliberations.domain.sessions import check_place
from plonegov.deliberations.domain.sessions import closed_by_law
from plonegov.deliberations.domain.sessions import closing
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.domain.trace import Finding
from plonegov.deliberations.domain.trace import told
from plonegov.deliberations.interfaces import MANAGE_MEETINGS
from typing import Any


#: Rows of the attendance log that say whether the public is there.
CLOSED, REFUSED, OPEN = "closed_session", "closing_refused", "open_session"


def close(
    item: Item,
    reason: str,
    *,
    in_favour: int = 0,
    asked_by: int = 0,
    president_asks: bool = False,
    persons: bool = False,
    at: datetime | None = None,
) -> bool:
    """Keep the decision to go on with an item without the public; return whether it holds.

    An item of the public part interrupts it; one of the closed part waits until it is
    over. The law itself closes some matters; on the others the members vote.

    :param reason: why, as the minutes say it.
    :param in_favour: how many voted for it, ``asked_by`` how many asked for it.
    :param persons: a question of persons came up (CDLD L1122-21).
    :param at: when (aware); now where it is not said.
    :raises ActionNotAllowed: for the secretary only.
    :raises MeetingNotSitting: the item's meeting does not sit, or the item is decided.
    :raises SessionClosed: the public is not there anyway.
    :raises InvalidInput: no reason is given.
    :raises RuleBroken: the matter is always public, the public part is not over, too few
        asked, or there are too many votes.
    """
    meeting, moment = cases.sitting_of(item), at or now()
    if is_closed(meeting):
        raise SessionClosed()
    if not reason.strip():
        raise InvalidInput([Fault("reason", "required")])
    matter = Matter.PERSON if persons else Matter(item.matter)
    if item.privacy != Privacy.OPEN:
        over = store.public_part_over(meeting)
        check_place(matter, law.rules_of(meeting), public_part_over=over)
    asked = {"asked_by": asked_by, "president_asks": president_asks}
    found = _found(item, meeting, matter, moment, in_favour, asked)
    _note(meeting, _row(item, moment, reason, in_favour, found))
    return found.holds


def reopen(meeting: Meeting, at: datetime | None = None) -> None:
    """Note that the public comes back.

    :raises ActionNotAllowed: for the secretary only.
    :raises MeetingNotSitting: the sitting is not open.
    :raises SessionNotClosed: the public is there already.
    """
    require(meeting, MANAGE_MEETINGS)
    if meeting.state != MeetingState.SITTING:
        raise MeetingNotSitting()
    if not is_closed(meeting):
        raise SessionNotClosed()
    _note(meeting, {"kind": OPEN, "at": (at or now()).isoformat()})


def is_closed(meeting: Meeting) -> bool:
    """Say whether the log says last that the sitting goes on without the public."""
    passed = [
        (datetime.fromisoformat(row["at"]), place, row["kind"])
        for place, row in enumerate(meeting.attendance.standing)
        if row["kind"] in (CLOSED, OPEN)
    ]
    return bool(passed) and max(passed)[2] == CLOSED


def _note(meeting: Meeting, row: dict[str, Any]) -> None:
    """Keep a row in the attendance, and that it came in the meeting's history."""
    meeting.attendance.add(row)
    log(meeting, row["kind"], at=row["at"])


def _row(
    item: Item, moment: datetime, reason: str, in_favour: int, found: Finding
) -> dict[str, Any]:
    return {
        "kind": CLOSED if found.holds else REFUSED,
        "at": moment.isoformat(),
        "item": item.getId(),
        "reason": reason.strip(),
        "in_favour": in_favour,
        "needed": found.needed,
        "trace": told(found.trace),
    }


def _found(
    item: Item,
    meeting: Meeting,
    matter: Matter,
    moment: datetime,
    in_favour: int,
    asked: dict[str, int | bool],
) -> Finding:
    """Return whether the public is kept out: by the law itself, or by the vote."""
    rules = law.rules_of(meeting)
    why = closed_by_law(matter, rules)
    if why is not None:
        return Finding(True, 0, 0, (why,))
    voters = electorate(cases.case_of(item, meeting, moment), rules)
    check_number(in_favour, voters)
    return closing(
        matter,
        in_favour,
        len(voters.present),
        rules,
        represented=len(voters.represented),
        **asked,
    )
