"""Items that a councillor adds to the agenda of a meeting which is convened.

CDLD, article L1122-24: at least five clear days before it, with a note, and no member of
the college; the others are told without delay.
"""

from collections.abc import Mapping
from datetime import date
from plone import api
from plonegov.core.api import municipality
from plonegov.core.api import now
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.identity.errors import InvalidValue
from plonegov.core.mail.errors import MailAddressInvalid
from plonegov.core.mail.model import Link
from plonegov.core.mail.model import Mail
from plonegov.core.mail.model import Paragraph
from plonegov.core.mail.outbox import queue
from plonegov.core.records.events import actor
from plonegov.core.typed.text import clean_text
from plonegov.deliberations import _
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import items
from plonegov.deliberations.api import law
from plonegov.deliberations.api import store
from plonegov.deliberations.api.html import paragraphs
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.mandate import Mandate
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.convocation import check_late_item
from plonegov.deliberations.domain.convocation import late_item_until
from plonegov.deliberations.domain.errors import NoRuleInForce
from plonegov.deliberations.domain.model import BodyKind
from plonegov.deliberations.domain.refusals import MeetingNotConvened
from plonegov.deliberations.domain.rulereading import rule_set
from plonegov.deliberations.domain.states import ItemTransition
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.domain.trace import told
from typing import Any


#: States of a meeting in which councillors add items.
TAKING = (MeetingState.CONVENED, MeetingState.FROZEN)
#: Longest note or draft, in characters.
NOTE_LIMIT = 20_000


def propose(meeting: Meeting, values: Mapping[str, Any], note: str) -> Item:
    """Add an item to a convened agenda, as the law lets a councillor do it.

    It needs no review and no vote on urgency: the law gives the right to it. The note
    becomes its motivation.

    :param values: ``title``, and ``decision``: the draft where it calls for a decision
        (plain texts).
    :param note: what explains it (plain text).
    :raises ActionNotAllowed: the current user is no member of the body in office.
    :raises MeetingNotConvened: it is not convened yet, or sits already.
    :raises RuleBroken: too late, without a note, or by a member of the college.
    :raises NoRuleInForce: the law of the body gives no such right.
    :raises InvalidInput: with all that is wrong.
    """
    member, body = member_of(meeting), bodies.get(meeting.body)
    if member is None:
        raise ActionNotAllowed()
    if meeting.state not in TAKING:
        raise MeetingNotConvened()
    moment = now()
    why = check_late_item(
        moment.astimezone(meeting.starts.tzinfo).date(),
        law.day_of(meeting),
        law.rules_of(meeting),
        note=bool(note.strip()),
        college_member=_in_college(member, law.day_of(meeting)),
    )
    asked = {
        "by": member.UID(),
        "name": member.title,
        "at": moment.isoformat(),
        "trace": told(why),
    }
    item = items.of_councillor(body, _texts(values, note), asked)
    _list(item, meeting)
    _tell(item, meeting, member)
    return item


def until(meeting: Meeting) -> date | None:
    """Return the last day on which councillors may add items to an agenda, None where the
    law gives them no such right."""
    try:
        return late_item_until(law.day_of(meeting), law.rules_of(meeting))
    except NoRuleInForce:
        return None


def may_propose(meeting: Meeting) -> bool:
    """Say whether the current user may add an item to an agenda today."""
    last, member = until(meeting), member_of(meeting)
    if last is None or member is None or meeting.state not in TAKING:
        return False
    today = now().astimezone(meeting.starts.tzinfo).date()
    return today <= last and not _in_college(member, law.day_of(meeting))


def member_of(meeting: Meeting) -> Mandate | None:
    """Return the mandate of the current user in the body of a meeting, on its day."""
    account = "" if api.user.is_anonymous() else actor()
    held = bodies.members(bodies.get(meeting.body), law.day_of(meeting))
    return next((one for one in held if account and one.account == account), None)


def _in_college(member: Mandate, day: date) -> bool:
    """Say whether a councillor sits in the town's college: by account, or else by name."""
    colleges = [
        body
        for body in bodies.all_bodies()
        if rule_set(body.rules).body is BodyKind.COLLEGE
    ]
    return any(
        one.account == member.account or one.title == member.title
        for body in colleges
        for one in bodies.members(body, day)
    )


def _texts(values: Mapping[str, Any], note: str) -> dict[str, Any]:
    faults: list[Fault] = []
    found: dict[str, Any] = {"title": values.get("title", "")}
    given = {"note": note, "decision": values.get("decision") or ""}
    for field, name in (("note", "motivation"), ("decision", "decision")):
        try:
            found[name] = paragraphs(clean_text(given[field], NOTE_LIMIT))
        except InvalidValue as error:
            faults.append(Fault(field, error.code, error.context))
    if faults:
        raise InvalidInput(faults)
    return found


def _list(item: Item, meeting: Meeting) -> None:
    """Put the item on the agenda, whoever acts; in time as it is, it counts as listed."""
    with api.env.adopt_roles(["Secretary"]):
        items.change(item, ItemTransition.PRESENT, meeting=meeting.getId())
    item.late = False
    items.touch(item, "asked_by_councillor", member=item.asked["by"])


def _tell(item: Item, meeting: Meeting, proposer: Mandate) -> None:
    """Mail the other members what was added (CDLD, article L1122-24)."""
    language = municipality().legal_language
    day = f"{meeting.starts:%d/%m/%Y %H:%M}"
    words = {"name": proposer.title, "day": day, "title": item.title}
    base, untold = municipality().site_url.rstrip("/"), []
    url = f"{base}/{store.DELIBERATIONS_ID}/{item.getId()}/item-page"
    link = (Link(_("mail_late_link", default="Read the item"), url),) if base else ()
    for member in bodies.members(bodies.get(meeting.body), law.day_of(meeting)):
        if member.UID() == proposer.UID():
            continue
        mail = Mail(
            recipient=member.email,
            language=language,
            subject=_(
                "mail_late_subject", default="Item added: ${title}", mapping=words
            ),
            blocks=(
                Paragraph(
                    _(
                        "mail_late_line",
                        default="${name} added an item to the agenda of the meeting of "
                        "${day}: ${title}.",
                        mapping=words,
                    )
                ),
                *link,
            ),
            about=item.UID(),
        )
        try:
            queue(mail)
        except MailAddressInvalid:
            untold.append(member.title)
    if untold:
        items.touch(item, "members_untold", members=untold)
