"""Who may do what with items, meetings, advices and annexes: role x state x action."""

from helpers import councils
from helpers.councils import acting
from helpers.lives import add_people
from helpers.lives import ADVICES
from helpers.lives import ADVISING
from helpers.lives import be
from helpers.lives import bring_to
from helpers.lives import CONFIDENTIAL
from helpers.lives import CONFIDENTIAL_ANNEX
from helpers.lives import DATA
from helpers.lives import done
from helpers.lives import EDITORS
from helpers.lives import ITEMS
from helpers.lives import MEETINGS
from helpers.lives import PEOPLE
from helpers.lives import place
from helpers.lives import READERS
from itertools import product
from plone import api
from plonegov.core.errors import PlonegovError
from plonegov.deliberations.api import items
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import parts
from plonegov.deliberations.api import store
from plonegov.deliberations.domain.minutes import MinutesState
from plonegov.deliberations.domain.states import AdviceState
from plonegov.deliberations.domain.states import AdviceTransition
from plonegov.deliberations.domain.states import ItemState
from plonegov.deliberations.domain.states import ItemTransition
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.domain.states import MeetingTransition
from plonegov.deliberations.interfaces import EDIT_ITEM

import pytest


@pytest.fixture
def people(portal):
    add_people(portal)


@pytest.fixture
def meeting(portal, people):
    meeting = councils.plan(portal, "college")
    meeting.president = meeting.keeper = "somebody"
    councils.officials()
    return meeting


@pytest.fixture
def item(portal, people):
    with acting(portal, "drafter"):
        return items.draft("college", "works", councils.TEXTS)


@pytest.mark.parametrize("person", PEOPLE)
def test_each_person_does_with_an_item_what_is_allowed(portal, item, meeting, person):
    def act(state, step):
        place(item, meeting, state)
        items.change(item, str(step), meeting=meeting.getId(), **DATA)

    be(portal, person)
    assert done(product(ItemState, ItemTransition), act) == ITEMS.get(person, {})


@pytest.mark.parametrize("person", PEOPLE)
def test_each_person_does_with_a_meeting_what_is_allowed(portal, meeting, person):
    def act(state, step):
        bring_to(meeting, "plonegov_meeting_workflow", state)
        meetings.change(meeting, str(step), **DATA)

    meeting.minutes.state = MinutesState.APPROVED
    meeting.starts -= councils.timedelta(days=30)
    meeting.urgency = "Urgence"
    be(portal, person)
    found = done(product(MeetingState, MeetingTransition), act)
    allowed = dict(MEETINGS.get(person, {}))
    allowed.pop("convene", None)  # its day is over: no urgency goes back in time
    found.pop("convene", None)
    assert found == allowed


@pytest.mark.parametrize("person", PEOPLE)
def test_each_person_does_with_an_advice_what_is_allowed(portal, item, person):
    bring_to(item, item.workflow, ItemState.REVIEWED_2)
    with acting(portal, "secretary"):
        advice = parts.ask(item, "population")

    def act(state, step):
        bring_to(advice, "plonegov_advice_workflow", state)
        advice.given = advice.asked
        items.change(advice, str(step), **DATA)

    be(portal, person)
    assert done(product(AdviceState, AdviceTransition), act) == ADVICES.get(person, {})


@pytest.mark.parametrize("person", PEOPLE)
def test_each_person_reads_and_edits_an_item_as_allowed(portal, item, meeting, person):
    be(portal, person)
    reads, edits = set(), set()
    for state in ItemState:
        place(item, meeting, state)
        if api.user.has_permission("View", obj=item):
            reads.add(state)
        if api.user.has_permission(EDIT_ITEM, obj=item):
            edits.add(str(state))
        assert not api.user.has_permission("Modify portal content", obj=item)
        assert not api.user.has_permission("Delete objects", obj=item)
    assert reads == READERS.get(person, set())
    assert edits == EDITORS.get(person, set())


@pytest.mark.parametrize("state", MeetingState)
def test_a_member_reads_an_agenda_once_the_meeting_is_convened(
    portal, item, meeting, state
):
    place(item, meeting, ItemState.PRESENTED)
    bring_to(meeting, "plonegov_meeting_workflow", state)
    seen = state not in (MeetingState.CREATED, MeetingState.CANCELLED)
    with acting(portal, "councillor"):
        assert api.user.has_permission("View", obj=item) is seen
    with acting(portal, "councillor"):
        reads = api.user.has_permission("View", obj=meeting)
    assert reads is seen


@pytest.mark.parametrize("confidential", [False, True])
@pytest.mark.parametrize("person", PEOPLE)
def test_a_confidential_part_is_read_by_few(
    portal, item, meeting, person, confidential
):
    place(item, meeting, ItemState.VALIDATED)
    with acting(portal, "secretary"):
        annex = parts.add_annex(item, "plan.pdf", b"%PDF-1.7")
        parts.set_annex(annex, confidential=confidential, publishable=True)
        advice = parts.ask(item, "population", confidential=confidential)
        assert annex.publishable is not confidential
    with acting(portal, "adviser"):
        parts.give(advice, "favourable")
    place(item, meeting, ItemState.FROZEN)
    be(portal, person)
    annex_readers = CONFIDENTIAL_ANNEX | (set() if confidential else ADVISING)
    advice_readers = (
        CONFIDENTIAL | ADVISING | (set() if confidential else {"councillor"})
    )
    assert bool(parts.annexes(item)) is (person in annex_readers)
    assert bool(parts.advices(item)) is (person in advice_readers)


@pytest.mark.parametrize("person", PEOPLE)
def test_meetings_are_planned_and_items_drafted_by_few(portal, people, person):
    be(portal, person)
    planned = drafted = True
    try:
        meetings.plan("college", {"starts": councils.now()})
    except PlonegovError:
        planned = False
    try:
        items.draft("college", "works", councils.TEXTS)
    except PlonegovError:
        drafted = False
    assert planned is (person == "secretary")
    assert drafted is (person == "drafter")
    assert len(store.deliberations().records) == planned + drafted
