"""Who may do what beside the workflows: role x state x verb of the api."""

from helpers import councils
from helpers.councils import acting
from helpers.lives import add_people
from helpers.lives import annex_of
from helpers.lives import ASKING
from helpers.lives import be
from helpers.lives import bring_to
from helpers.lives import CONFIDENTIAL_ANNEX
from helpers.lives import DATA
from helpers.lives import done
from helpers.lives import EDITORS
from helpers.lives import PEOPLE
from helpers.lives import place
from helpers.lives import READERS
from itertools import product
from plone import api
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import PlonegovError
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import elections
from plonegov.deliberations.api import items
from plonegov.deliberations.api import late
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import numbering
from plonegov.deliberations.api import parts
from plonegov.deliberations.api import publishing
from plonegov.deliberations.api import sending
from plonegov.deliberations.api import separate
from plonegov.deliberations.api import sessions
from plonegov.deliberations.api import supervision
from plonegov.deliberations.api import votes
from plonegov.deliberations.domain.states import ItemState
from plonegov.deliberations.domain.states import ItemTransition
from plonegov.deliberations.domain.states import MeetingState
from zope.annotation.interfaces import IAnnotations

import pytest


PDF = b"%PDF-1.7"
MEETING = "plonegov_meeting_workflow"


@pytest.fixture
def meeting(portal):
    add_people(portal)
    meeting = councils.plan(portal, "college")
    meeting.president = meeting.keeper = "somebody"
    return meeting


@pytest.fixture
def item(portal, meeting):
    with acting(portal, "drafter"):
        item = items.draft("college", "works", councils.TEXTS)
        parts.add_annex(item, "plan.pdf", PDF)
        return item


def allowed(call):
    """Say whether a verb lets somebody act, whatever its rules say then."""
    try:
        call()
    except ActionNotAllowed:
        return False
    except PlonegovError:
        return True
    return True


def states_of(item, meeting, call):
    """Return the states of an item in which a verb lets the current user act."""
    kept, found = item.parts, set()
    for state in ItemState:
        place(item, meeting, state)
        item.parts = kept
        if allowed(lambda: call(item)):
            found.add(str(state))
    item.parts = kept
    return found


ANNEXES = {
    "edit": lambda item: items.edit(item, {"amount": "12"}),
    "add": lambda item: parts.add_annex(item, "autre.pdf", PDF),
    "change": lambda item: parts.set_annex(
        annex_of(item), confidential=False, publishable=True
    ),
    "remove": lambda item: parts.remove_annex(annex_of(item)),
}


@pytest.mark.parametrize("person", PEOPLE)
def test_an_annex_is_changed_by_who_edits_its_item(portal, item, meeting, person):
    be(portal, person)
    for verb, call in ANNEXES.items():
        found = states_of(item, meeting, call)
        assert found == EDITORS.get(person, set()), verb


@pytest.mark.parametrize("confidential", [False, True])
@pytest.mark.parametrize("person", PEOPLE)
def test_an_annex_is_read_by_who_reads_its_item(
    portal, item, meeting, person, confidential
):
    annex = annex_of(item)
    annex.confidential = confidential
    parts.secure(annex)
    be(portal, person)
    found = set()
    for state in ItemState:
        place(item, meeting, state)
        if parts.annexes(item):
            found.add(state)
    readers = READERS.get(person, set())
    # Who advises on nothing here reads no more than others of the town.
    hidden = confidential and person not in CONFIDENTIAL_ANNEX
    assert found == (set() if hidden else readers)


@pytest.mark.parametrize("person", PEOPLE)
def test_advice_is_asked_by_who_works_on_the_item(portal, item, meeting, person):
    be(portal, person)
    found = states_of(item, meeting, lambda item: parts.ask(item, "population"))
    assert found == ASKING.get(person, set())


def secretary_verbs(item, meeting):
    """Return the verbs of the secretary alone."""
    vote = {"mode": "show_of_hands"}
    return {
        "send_to": lambda: sending.send_to(item, "council"),
        "prepare": lambda: publishing.prepare(item, "Titre", "<p>Texte</p>"),
        "confirm": lambda: publishing.confirm(item),
        "rectify": lambda: numbering.rectify(item, "Faute"),
        "control": lambda: supervision.set_control(item, None),
        "vote": lambda: votes.hold(item, vote),
        "take_back": lambda: votes.take_back(item, 0),
        "urgency": lambda: votes.declare_urgency(item, [], "Urgent"),
        "election": lambda: elections.hold(item, {}),
        "separate": lambda: separate.ask(item, "Article 1"),
        "close_item": lambda: sessions.close(item, "Motif"),
        "reopen": lambda: sessions.reopen(meeting),
        "close_session": lambda: attendance.close_session(meeting),
        "arrive": lambda: attendance.arrive(meeting, "x"),
        "leave": lambda: attendance.leave(meeting, "x"),
        "excuse": lambda: attendance.excuse(meeting, "x"),
        "recuse": lambda: attendance.recuse(meeting, item, "x", "personal"),
        "call": lambda: attendance.open_item(meeting, item),
        "strike": lambda: attendance.strike(meeting, 0),
        "move": lambda: agenda.move(meeting, item.getId(), 0, 0),
        "heading": lambda: agenda.add_heading(meeting, "Voirie", 0),
        "heading_off": lambda: agenda.remove_heading(meeting, "h-1"),
        "edit_meeting": lambda: meetings.edit(meeting, {"place": "Salle"}),
    }


@pytest.mark.parametrize("person", PEOPLE)
def test_a_sitting_is_the_secretarys(portal, item, meeting, person):
    be(portal, person)
    over = (MeetingState.DECIDED, MeetingState.CLOSED, MeetingState.CANCELLED)
    for state in MeetingState:
        place(item, meeting, ItemState.FROZEN)
        bring_to(meeting, MEETING, state)
        item.registered = (2026, 1)
        verbs = secretary_verbs(item, meeting)
        found = {name for name, call in verbs.items() if allowed(call)}
        closed = {"edit_meeting"} if state in over else set()
        assert found == (set(verbs) - closed if person == "secretary" else set())


def test_a_meeting_is_read_by_staff_and_members_once_it_is_convened(portal, meeting):
    staff = {"drafter", "reviewer", "second", "secretary", "adviser"}
    for state in MeetingState:
        bring_to(meeting, MEETING, state)
        readers = set()
        for person in PEOPLE:
            be(portal, person)
            IAnnotations(portal.REQUEST).clear()  # local roles are kept for a request
            if api.user.has_permission("View", obj=meeting):
                readers.add(person)
        expected = {
            MeetingState.CREATED: {"secretary"},
            MeetingState.CANCELLED: staff,
        }
        assert readers == expected.get(state, {*staff, "councillor"}), state


@pytest.mark.parametrize("person", PEOPLE)
def test_a_councillor_alone_adds_an_item_to_a_convened_agenda(portal, meeting, person):
    councils.seat()
    council = councils.plan(portal)
    alderman = bodies.get("college")["bastin"]
    alderman.account, alderman.title = "alderman", "Bastien"
    be(portal, person)
    found = set()
    for state in MeetingState:
        bring_to(council, MEETING, state)
        try:
            late.propose(council, {"title": "Motion"}, "Note")
        except PlonegovError:
            continue
        found.add(state)
    taking = {MeetingState.CONVENED, MeetingState.FROZEN}
    assert found == (taking if person == "councillor" else set())


#: Preset: person: transitions up to the secretary, by the states that they leave.
PRESETS = {
    "small": {
        "drafter": {
            "propose": {"drafted"},
            "resubmit": {"returned"},
            "withdraw": {"drafted", "proposed", "validated", "returned"},
        },
        "reviewer": {
            "resubmit": {"returned"},
            "withdraw": {"drafted", "proposed", "validated", "returned"},
        },
        "secretary": {
            "validate": {"proposed"},
            "send_back": {"proposed", "validated"},
            "present": {"validated"},
        },
    },
    "reviewed": {
        "drafter": {
            "propose": {"drafted"},
            "resubmit": {"returned"},
            "withdraw": {"drafted", "proposed", "reviewed_1", "validated", "returned"},
        },
        "reviewer": {
            "review_1": {"proposed"},
            "send_back": {"proposed"},
            "resubmit": {"returned"},
            "withdraw": {"drafted", "proposed", "reviewed_1", "validated", "returned"},
        },
        "secretary": {
            "validate": {"reviewed_1"},
            "send_back": {"reviewed_1", "validated"},
            "present": {"validated"},
        },
    },
}
STATES = {
    "small": ("drafted", "proposed", "validated", "returned"),
    "reviewed": ("drafted", "proposed", "reviewed_1", "validated", "returned"),
}


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("person", PEOPLE)
def test_each_preset_asks_those_it_names(portal, meeting, person, preset):
    bodies.get("college").preset = preset
    with acting(portal, "drafter"):
        item = items.draft("college", "works", councils.TEXTS)

    def act(state, step):
        place(item, meeting, state)
        items.change(item, str(step), meeting=meeting.getId(), **DATA)

    be(portal, person)
    found = done(product(map(ItemState, STATES[preset]), ItemTransition), act)
    assert found == PRESETS[preset].get(person, {})
