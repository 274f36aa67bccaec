"""Items and meetings in any state, and everybody who might act on them."""

from helpers import councils
from plone import api
from plone.app.testing import login
from plone.app.testing import logout
from plonegov.core.errors import PlonegovError
from plonegov.deliberations.domain.states import ItemState
from plonegov.deliberations.domain.states import MeetingState


PEOPLE = (*councils.STAFF, "works-clerk", "site-administrator", "anonymous")
DATA = {"reason": "Motif", "opinion": "favourable", "text": "Texte"}

#: Person: the states in which he or she reads an item of a meeting that is convened.
READERS = {
    "drafter": set(ItemState),
    "reviewer": set(ItemState),
    "second": set(ItemState) - {ItemState.DRAFTED, ItemState.PROPOSED},
    "secretary": {
        state
        for state in ItemState
        if state not in (ItemState.DRAFTED, ItemState.PROPOSED, ItemState.REVIEWED_1)
    },
    "councillor": {
        ItemState.PRESENTED,
        ItemState.FROZEN,
        ItemState.RETURNED,
        ItemState.ACCEPTED,
        ItemState.ACCEPTED_MODIFIED,
        ItemState.REFUSED,
        ItemState.POSTPONED,
        ItemState.WITHDRAWN,
    },
}
#: Person: the states in which he or she changes an item.
EDITORS = {
    "drafter": {"drafted", "returned"},
    "reviewer": {"proposed", "returned"},
    "second": {"reviewed_1"},
    "secretary": {
        "reviewed_2",
        "validated",
        "presented",
        "frozen",
        "accepted",
        "accepted_modified",
        "refused",
    },
}


def add_people(portal):
    """Make everybody, and a college."""
    councils.add_staff(portal)
    councils.add_person(portal, "works-clerk", ["Member", "Clerk"], ["service-works"])
    councils.add_person(portal, "site-administrator", ["Member", "Site Administrator"])
    councils.seat("college")


def be(portal, person):
    logout() if person == "anonymous" else login(portal, person)


def bring_to(content, workflow, state):
    """Put something into a state past its guards."""
    tool = api.portal.get_tool("portal_workflow")
    status = {"review_state": str(state), "action": ""}
    tool.setStatusOf(workflow, content, status)
    tool[workflow].updateRoleMappingsFor(content)


def place(item, meeting, state):
    """Put an item into a state, and on the agenda of a sitting where it needs one."""
    bring_to(meeting, "plonegov_meeting_workflow", MeetingState.SITTING)
    before = ("drafted", "proposed", "reviewed_1", "reviewed_2", "validated")
    item.meeting = "" if state in before else meeting.getId()
    rows = () if state in before else [councils.agenda.agenda.Row(item.getId())]
    meeting.agenda.keep(rows)
    bring_to(item, item.workflow, state)


def done(steps, act):
    """Return which of some steps could be done, by the states that they leave."""
    found = {}
    for state, step in steps:
        try:
            act(state, step)
        except PlonegovError:
            continue
        found.setdefault(str(step), set()).add(str(state))
    return found
