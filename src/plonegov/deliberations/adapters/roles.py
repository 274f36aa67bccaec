"""Roles on items, meetings and advices that follow from who one is in the town."""

from Acquisition import aq_inner
from Acquisition import aq_parent
from borg.localrole.interfaces import ILocalRoleProvider
from plonegov.core.municipality.roles import held_in
from plonegov.deliberations.api.bodies import members
from plonegov.deliberations.content.advice import Advice
from plonegov.deliberations.content.advice import IAdvice
from plonegov.deliberations.content.body import Body
from plonegov.deliberations.content.item import IItem
from plonegov.deliberations.content.item import second_level
from plonegov.deliberations.content.meeting import IMeeting
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.states import READ_BY_MEMBERS
from zope.component import adapter
from zope.interface import implementer


MEMBER = "Body Member"
SECOND_REVIEWER = "Second Reviewer"
ADVISER = "Adviser"
SERVICE_ADVISER = "Service Adviser"

#: Staff who may give an advice for their service.
ADVISING = ("Clerk", "Drafter", "Reviewer")


class _Provider:
    """A role for each of several conditions."""

    def __init__(self, context) -> None:
        self.context = context

    def getAllRoles(self):
        return ()


@implementer(ILocalRoleProvider)
@adapter(IMeeting)
class MeetingRoles(_Provider):
    """Who sat in the body on its day is a ``Body Member`` once it is convened."""

    def getRoles(self, principal_id: str) -> tuple[str, ...]:
        return (MEMBER,) if reads(principal_id, self.context) else ()


@implementer(ILocalRoleProvider)
@adapter(IItem)
class ItemRoles(_Provider):
    """Members once its meeting is convened, who reviews it, and who advises on it."""

    def getRoles(self, principal_id: str) -> tuple[str, ...]:
        item, found = self.context, []
        container = aq_parent(aq_inner(item))
        meeting = container.records.get(item.meeting) if item.meeting else None
        if meeting is not None and reads(principal_id, meeting.__of__(container)):
            found.append(MEMBER)
        level = second_level(item)
        if level and "Reviewer" in held_in(principal_id, level):
            found.append(SECOND_REVIEWER)
        advisers = {
            part.adviser for part in item.parts.values() if isinstance(part, Advice)
        }
        if any(advises(principal_id, service) for service in advisers):
            found.append(ADVISER)
        return tuple(found)


@implementer(ILocalRoleProvider)
@adapter(IAdvice)
class AdviceRoles(_Provider):
    """The staff of the service that was asked, and nobody else, gives the advice."""

    def getRoles(self, principal_id: str) -> tuple[str, ...]:
        gives = advises(principal_id, self.context.adviser)
        return (SERVICE_ADVISER,) if gives else ()


def advises(principal_id: str, service: str) -> bool:
    """Say whether an account may give the advice of a service."""
    return any(role in ADVISING for role in held_in(principal_id, service))


def reads(principal_id: str, meeting: Meeting) -> bool:
    """Say whether an account is a member's who reads the documents of a meeting."""
    if not principal_id or meeting.state not in READ_BY_MEMBERS:
        return False
    body = aq_parent(aq_inner(meeting)).get(meeting.body)
    if not isinstance(body, Body):
        return False
    held = members(body, meeting.starts.date())
    return principal_id in {mandate.account for mandate in held}
