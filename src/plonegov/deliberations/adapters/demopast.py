"""A demonstration's past: sittings held, decided, published and closed."""

from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from plonegov.core.api import now
from plonegov.core.records.events import log
from plonegov.deliberations.adapters.democlock import set_to
from plonegov.deliberations.adapters.demoitems import secure
from plonegov.deliberations.adapters.demoitems import walk
from plonegov.deliberations.adapters.demosittings import call
from plonegov.deliberations.adapters.demosittings import called_at
from plonegov.deliberations.adapters.demosittings import open_sitting
from plonegov.deliberations.adapters.demosittings import Scene
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import law
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import minuting
from plonegov.deliberations.api import publishing
from plonegov.deliberations.api import sessions
from plonegov.deliberations.api import supervision
from plonegov.deliberations.api import votes
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.agenda import Privacy
from plonegov.deliberations.domain.ballots import all_in_favour
from plonegov.deliberations.domain.ballots import Ballot
from plonegov.deliberations.domain.ballots import SecretBallot
from plonegov.deliberations.domain.cases import Case
from plonegov.deliberations.domain.cases import electorate
from plonegov.deliberations.domain.demo import exceptions
from plonegov.deliberations.domain.demo import papers
from plonegov.deliberations.domain.demo import Topic
from plonegov.deliberations.domain.formalities import signature
from plonegov.deliberations.domain.model import Control
from plonegov.deliberations.domain.model import Document
from plonegov.deliberations.domain.model import Interest
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.model import Mode
from plonegov.deliberations.domain.model import Verdict
from plonegov.deliberations.domain.modes import Requests
from plonegov.deliberations.domain.modes import required
from plonegov.deliberations.domain.outcome import outcome
from plonegov.deliberations.domain.ruleset import Rules
from plonegov.deliberations.domain.states import ItemTransition
from plonegov.deliberations.domain.supervising import SupervisionOutcome


#: Minutes that an item takes.
TALK = 3
#: Every how many items one is adopted with changes, one is withdrawn, and from how many
#: grants a member stands back.
CHANGED, WITHDRAWN, INTERESTED = 29, 47, 3
REASON = "Démonstration : le dossier doit être complété."
PRIVATE = "Le point concerne une personne."
CHANGE = "<p>Il est fait rapport au Conseil dans les six mois.</p>"
#: How the authority looks at decisions, by their category.
CONTROLS = {
    "finance": Control.APPROVAL,
    "taxes": Control.APPROVAL,
    "contracts": Control.TRANSMISSION,
}
APPROVED = SupervisionOutcome.APPROVED
#: Days after a sitting on which a decision is sent, its file is complete, and the
#: authority answers.
STAGES = (9, 13, 38)


@dataclass(frozen=True)
class Hall:
    """Who sits in a sitting, by which law: all members in office, and the groups of
    those who come."""

    rules: Rules
    members: frozenset[str]
    groups: dict[str, int]


def hold(
    scene: Scene, starts: datetime, number: int, count: int, today: date
) -> Meeting:
    """Return the sitting of a number, which was held and decided; what it decided in its
    open session is public."""
    called = call(scene, starts, number, count)
    meeting = called.meeting
    groups = open_sitting(scene, meeting, number)
    hall = Hall(law.rules_of(meeting), attendance.members_of(meeting), groups)
    public = True
    for place, (item, turn, topic) in enumerate(called.items):
        at = called_at(meeting, place)
        set_to(at)
        if public and item.privacy == Privacy.CLOSED:
            public = False
            there = len(attendance.presence_of(meeting, item, at).took_part)
            sessions.close(item, PRIVATE, in_favour=there, president_asks=True)
        attendance.open_item(meeting, item)
        set_to(at + timedelta(minutes=TALK))
        _treat(meeting, item, turn, topic, hall)
        secure(item)
    set_to(called_at(meeting, count + 1))
    meetings.change(meeting, "decide")
    items = [item for item, *_rest in called.items if item.registered]
    set_to(now() + timedelta(days=3))
    for item in items:
        if item.privacy == Privacy.OPEN:
            _publish(item)
    published = now()
    for item in items:
        set_to(published)
        _supervise(item, meeting, hall.rules, today)
    return meeting


def close(meeting: Meeting, later: Meeting) -> None:
    """Close a sitting whose minutes a later one adopted."""
    set_to(meeting.starts + timedelta(days=7))
    minuting.renew(meeting)
    minuting.submit(meeting)
    set_to(later.starts + timedelta(minutes=15))
    minuting.approve(meeting, later.getId())
    day = later.starts.date()
    offices = signature(Document.MINUTES, law.rules_of(meeting)).signers
    held = {each.office: each.UID() for each in bodies.functions(day)}
    minuting.sign(meeting, day, {str(each): held[str(each)] for each in offices})
    minuting.publish(meeting)
    meetings.change(meeting, "close")


def _treat(meeting: Meeting, item: Item, turn: int, topic: Topic, hall: Hall) -> None:
    """Vote on an item that was called, and decide it; a few are withdrawn instead."""
    if turn % WITHDRAWN == WITHDRAWN - 1:
        walk(item, [ItemTransition.WITHDRAW], reason=REASON)
        return
    if topic.category == "grants" and turn % INTERESTED == 0:
        member = list(hall.groups)[turn % len(hall.groups)]
        attendance.recuse(meeting, item, member, Interest.PERSONAL)
    case = Case(
        members=hall.members,
        presence=attendance.presence_of(meeting, item, now()),
        president=meeting.president,
        matter=Matter(item.matter),
        proxies=attendance.proxies_of(meeting),
    )
    ballot = _ballot(case, turn, topic, hall)
    result = outcome(ballot, case, hall.rules)
    item.ballots.add(votes.row_of(ballot, result, now()))
    log(item, "voted", label="", verdict=str(result.verdict))
    if result.verdict is not Verdict.CARRIED:
        walk(item, [ItemTransition.REFUSE])
    elif turn % CHANGED == CHANGED - 1:
        item.decision += CHANGE
        walk(item, [ItemTransition.ACCEPT_MODIFIED])
    else:
        walk(item, [ItemTransition.ACCEPT])


def _ballot(case: Case, turn: int, topic: Topic, hall: Hall) -> Ballot:
    voters = electorate(case, hall.rules)
    wanted = required(case.matter, len(voters.present), Requests(), hall.rules)
    if wanted.mode is Mode.SECRET:
        return SecretBallot(papers(voters.size, turn))
    there = {
        member: group
        for member, group in hall.groups.items()
        if member in voters.voters
    }
    return all_in_favour(voters, exceptions(topic.trend, there, turn))


def _publish(item: Item) -> None:
    item.public = {"title": item.title, "text": item.motivation + item.decision}
    log(item, "public_text_written")
    publishing.confirm(item)


def _supervise(item: Item, meeting: Meeting, rules: Rules, today: date) -> None:
    """Send a decision to the authority, as far as there was time for it until today."""
    control, day = CONTROLS.get(item.category), law.day_of(meeting)
    if control is None:
        return
    if control not in {row.control for row in rules.supervision}:
        control = Control.TRANSMISSION
    approves = control is Control.APPROVAL
    verdict = APPROVED if approves else SupervisionOutcome.NO_OBJECTION
    sent, complete, answered = (day + timedelta(days=days) for days in STAGES)
    supervision.set_control(item, control)
    if sent <= today:
        set_to(_noon(meeting, sent))
        supervision.send(item, sent)
    if approves and complete <= today:
        set_to(_noon(meeting, complete))
        supervision.complete(item, complete, complete + timedelta(days=30))
    if answered <= today:
        set_to(_noon(meeting, answered))
        supervision.answer(item, answered, verdict)


def _noon(meeting: Meeting, day: date) -> datetime:
    return datetime.combine(day, time(12), meeting.starts.tzinfo)
