"""Items and meetings in any state, and everybody who might act on them."""

from helpers import councils
from plone import api
from plone.app.testing import login
from plone.app.testing import logout
from plonegov.core.errors import PlonegovError
from plonegov.deliberations.api import parts
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
#: States of an item before it comes on an agenda, or when it is back at its service.
BEFORE_AGENDA = {
    "drafted",
    "proposed",
    "reviewed_1",
    "reviewed_2",
    "validated",
    "returned",
}
#: Person: the transitions of an item (two levels of review) that he or she may do, by
#: the states that they leave.
ITEMS = {
    "drafter": {
        "propose": {"drafted"},
        "resubmit": {"returned"},
        "withdraw": BEFORE_AGENDA,
    },
    "reviewer": {
        "review_1": {"proposed"},
        "send_back": {"proposed"},
        "resubmit": {"returned"},
        "withdraw": BEFORE_AGENDA,
    },
    "second": {"review_2": {"reviewed_1"}, "send_back": {"reviewed_1"}},
    "secretary": {
        "validate": {"reviewed_2"},
        "send_back": {"reviewed_2", "validated"},
        "present": {"validated"},
        "take_off": {"presented"},
        "freeze": {"presented"},
        "return_to_service": {"presented", "frozen"},
        "accept": {"frozen"},
        "accept_modified": {"frozen"},
        "refuse": {"frozen"},
        "postpone": {"frozen"},
        "withdraw": {"frozen"},
        "reconsider": {
            "accepted",
            "accepted_modified",
            "refused",
            "postponed",
            "withdrawn",
        },
    },
}
MEETINGS = {
    "secretary": {
        "convene": {"created"},
        "recall": {"convened"},
        "freeze": {"convened"},
        "unfreeze": {"frozen"},
        "open": {"frozen"},
        "decide": {"sitting"},
        "resume": {"decided"},
        "close": {"decided"},
        "reopen": {"closed"},
        "cancel": {"created", "convened", "frozen"},
    }
}
ADVICES = {
    "adviser": {"give": {"asked"}},
    "drafter": {"ask_again": {"given"}, "call_off": {"asked"}},
    "reviewer": {"ask_again": {"given"}, "call_off": {"asked"}},
    "secretary": {"ask_again": {"given"}, "call_off": {"asked"}},
    # Who reviews for the service that is asked gives its advice, too.
    "second": {"give": {"asked"}},
}
#: Who reads a confidential advice on an item that he or she reads, beside who gives it.
CONFIDENTIAL = {"drafter", "reviewer", "secretary"}
#: Who reads a confidential annex of an item that he or she reads: the members of the body,
#: too, from whom nothing may be withheld (CDLD, article L1122-10).
CONFIDENTIAL_ANNEX = {*CONFIDENTIAL, "councillor"}
#: Who gives the advice of the service that is asked: they read the item since it was
#: handed in, too.
ADVISING = {"adviser", "second"}
#: States in which an item is its service's.
BEFORE = ("drafted", "proposed", "reviewed_1")
#: Person: the states in which he or she asks for advice on an item.
ASKING = {
    "drafter": {*BEFORE, "reviewed_2", "validated", "presented", "frozen", "returned"},
    "reviewer": {*BEFORE, "reviewed_2", "validated", "presented", "frozen", "returned"},
    "secretary": {"reviewed_2", "validated", "presented", "frozen", "returned"},
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
    parts.secure_all(item)


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


def annex_of(item):
    """Return the annex of an item, whoever may read it."""
    [annex] = [part for key, part in item.parts.items() if key.startswith("annex")]
    return annex.__of__(item)
