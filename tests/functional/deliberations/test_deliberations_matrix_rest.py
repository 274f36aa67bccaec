"""Who may do what with items, meetings, advices and annexes over REST.

Role x state x call, against the table that the verbs of the api are held to. What is
refused leaves nothing in the database: not a date, not an entry of an index.
"""

from helpers.lives import ADVICES
from helpers.lives import ADVISING
from helpers.lives import CONFIDENTIAL
from helpers.lives import CONFIDENTIAL_ANNEX
from helpers.lives import ITEMS
from helpers.lives import MEETINGS
from helpers.lives import PEOPLE
from helpers.lives import READERS
from itertools import product
from plone import api
from plonegov.deliberations.domain import itemrules
from plonegov.deliberations.domain import meetingrules
from plonegov.deliberations.domain.states import AdviceTransition
from plonegov.deliberations.domain.states import ItemState
from plonegov.deliberations.domain.states import ItemTransition
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.domain.states import MeetingTransition

import pytest


#: Steps that need more than ``@workflow`` brings, and what their refusal is called.
DATA = {
    **dict.fromkeys(itemrules.REASONS, "step_reason_missing"),
    **dict.fromkeys(meetingrules.REASONS, "step_reason_missing"),
    ItemTransition.PRESENT: "meeting_missing",
    AdviceTransition.GIVE: "advice_unknown",
    AdviceTransition.ASK_AGAIN: "step_reason_missing",
}
#: What nobody does over REST, as it would go round the rules.
NEVER = {
    "PATCH": {"title": "mine", "service": "population", "place": "mine"},
    "DELETE": None,
}
STOCK = {
    "@sharing": {
        "entries": [{"id": "citizen", "type": "user", "roles": {"Reader": True}}],
        "inherit": True,
    },
    "@lock": {"stealable": True},
    "@copy": {"source": "{item}"},
    "@move": {"source": "{item}"},
    "@translations": {"id": "{item}"},
    "@workingcopy": {},
    "@upgrade": {},
}
TYPES = (
    "Advice",
    "Annex",
    "Body",
    "Decisions",
    "Deliberations",
    "Function",
    "Item",
    "ItemTemplate",
    "Mandate",
    "Meeting",
    "Publication",
)


def steps_done(chamber, content, person):
    """Return the steps that somebody did, and those that only wanted more data."""
    done, wanting = {}, {}
    for state in chamber.states(content):
        chamber.put(content, state)
        for step in chamber.steps(content, state):
            path = chamber.path(content, f"/@workflow/{step}")
            answer = chamber.client.rest(person, "POST", path, {})
            if answer.wrote:
                assert answer.status == 200, (state, step)
                done.setdefault(step, set()).add(str(state))
                chamber.put(content, state)
            elif answer.status not in (401, 403):
                assert 400 <= answer.status < 500, (state, step, answer)
                wanting.setdefault(step, {})[str(state)] = answer.json["type"]
    return done, wanting


def check_steps(found, allowed):
    done, wanting = found
    free = {step: states for step, states in allowed.items() if step not in DATA}
    assert done == free
    for step, states in allowed.items():
        if step in DATA:
            assert wanting[step] == dict.fromkeys(states, DATA[step]), step


def check(chamber, content, table):
    """Compare what everybody does by ``@workflow`` with what the table allows."""
    for person in PEOPLE:
        allowed = table.get(person, {})
        done, wanting = steps_done(chamber, content, person)
        free = {step: states for step, states in allowed.items() if step not in DATA}
        assert done == free, person
        for step in set(allowed) & set(DATA):
            told = dict.fromkeys(allowed[step], DATA[step])
            assert wanting.pop(step) == told, (person, step)
        # A rule that does not hold now: the sitting is on, the day is over.
        assert set(wanting) <= ({"unfreeze", "convene"} if allowed else set()), person


def test_each_person_does_with_an_item_what_is_allowed(chamber):
    check(chamber, chamber.item, ITEMS)


def test_each_person_does_with_a_meeting_what_is_allowed(chamber):
    allowed = dict(MEETINGS["secretary"])
    allowed.pop("convene")  # its day is over: no urgency goes back in time
    check(chamber, chamber.meeting, {"secretary": allowed})


def test_each_person_does_with_an_advice_what_is_allowed(chamber):
    chamber.ask()
    check(chamber, chamber.advice, ADVICES)


def test_a_step_of_another_state_is_refused_whoever_asks(chamber):
    steps = {
        chamber.item: ItemTransition,
        chamber.meeting: MeetingTransition,
    }
    for content, known in steps.items():
        for state in chamber.states(content):
            chamber.put(content, state)
            for step in set(known) - set(chamber.steps(content, state)):
                path = chamber.path(content, f"/@workflow/{step}")
                answer = chamber.client.rest("secretary", "POST", path, {})
                assert not answer.wrote, (state, step)
                assert answer.status != 200 or leads_to(content, step) == state


def leads_to(content, step):
    """Return the state that a step leads to."""
    tool = api.portal.get_tool("portal_workflow")
    [name] = tool.getChainFor(content)
    return tool[name].transitions[str(step)].new_state_id


def tells(chamber, content, person, call=""):
    """Say whether REST shows something to somebody."""
    answer = chamber.client.rest(person, "GET", chamber.path(content, call))
    assert answer.status == 200 or answer.refused
    return answer.status == 200


@pytest.mark.parametrize("call", ["", "/@workflow"])
def test_each_person_reads_an_item_as_allowed(chamber, call):
    found = {}
    for state, person in chamber.everywhere(chamber.item):
        if tells(chamber, chamber.item, person, call):
            found.setdefault(person, set()).add(state)
    assert found == READERS


def test_each_person_reads_an_annex_as_allowed(chamber):
    found, hidden = {}, {}
    for state, person in chamber.everywhere(chamber.item):
        for annex, readers in ((chamber.annex, found), (chamber.secret, hidden)):
            if tells(chamber, annex, person):
                readers.setdefault(person, set()).add(state)
    assert found == READERS
    assert hidden == {person: READERS[person] for person in CONFIDENTIAL_ANNEX}


@pytest.mark.parametrize("confidential", [False, True])
def test_each_person_reads_an_advice_as_allowed(chamber, confidential):
    chamber.ask()
    chamber.advice.confidential = confidential
    found = {}
    for state, person in chamber.everywhere(chamber.item):
        if tells(chamber, chamber.advice, person):
            found.setdefault(person, set()).add(state)
    asked = dict.fromkeys(ADVISING, frozenset(ItemState) - {ItemState.DRAFTED})
    own = {person: READERS[person] for person in CONFIDENTIAL}
    members = {} if confidential else {"councillor": READERS["councillor"]}
    assert found == own | members | asked


def test_each_person_reads_a_meeting_as_allowed(chamber):
    staff = {"drafter", "reviewer", "second", "secretary", "adviser"}
    found = {}
    for state, person in chamber.everywhere(chamber.meeting):
        if tells(chamber, chamber.meeting, person):
            found.setdefault(state, set()).add(person)
    assert found == {
        **{state: {*staff, "councillor"} for state in MeetingState},
        MeetingState.CREATED: {"secretary"},
        MeetingState.CANCELLED: staff,
    }


@pytest.mark.parametrize("kind", ["item", "meeting", "annex", "advice"])
def test_nobody_writes_in_or_deletes_anything_by_rest(chamber, kind):
    chamber.ask()
    content = getattr(chamber, kind)
    whose = chamber.item if kind == "annex" else content
    chamber.put(chamber.item, ItemState.FROZEN)
    path = chamber.path(content)
    for state, person in chamber.everywhere(whose):
        for method, body in NEVER.items():
            answer = chamber.client.rest(person, method, path, body)
            assert answer.refused, (state, person, method, answer)
            assert not answer.wrote, (state, person, method)


def test_nothing_is_shared_locked_copied_or_moved_by_rest(chamber):
    chamber.ask()
    chamber.put(chamber.item, ItemState.FROZEN)
    records = (chamber.item, chamber.meeting, chamber.annex, chamber.advice)
    source = f"/{chamber.path(chamber.item)}"
    for content, person, call in product(records, PEOPLE, STOCK):
        body = {
            name: source if value == "{item}" else value
            for name, value in STOCK[call].items()
        }
        path = chamber.path(content, f"/{call}")
        answer = chamber.client.rest(person, "POST", path, body)
        assert answer.status in (400, 401, 403, 404), (content, person, call, answer)
        assert not answer.wrote, (content, person, call)


def test_nobody_adds_anything_by_rest(chamber):
    chamber.put(chamber.item, ItemState.FROZEN)
    places = (
        "deliberations",
        "deliberations/college",
        "decisions",
        chamber.path(chamber.item),
        chamber.path(chamber.meeting),
    )
    for place, kind, person in product(places, TYPES, PEOPLE):
        body = {"@type": f"plonegov.{kind}", "title": "mine", "id": "mine"}
        answer = chamber.client.rest(person, "POST", place, body)
        assert answer.status in (400, 401, 403, 404), (place, kind, person, answer)
        assert not answer.wrote, (place, kind, person)


def test_no_step_writes_where_there_is_no_workflow(chamber):
    chamber.put(chamber.item, ItemState.FROZEN)
    paths = ("deliberations", "deliberations/college", "decisions")
    for path, person in product((*paths, chamber.path(chamber.annex)), PEOPLE):
        answer = chamber.client.rest(person, "POST", f"{path}/@workflow/publish", {})
        assert answer.status in (400, 401, 403), (path, person, answer)
        assert not answer.wrote, (path, person)
