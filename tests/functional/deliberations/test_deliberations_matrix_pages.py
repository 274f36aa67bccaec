"""Who may do what with items, meetings, advices and annexes on the pages.

Role x state x form, each posted with a valid authenticator, against the table that the
verbs of the api are held to; and every page that is one person's own, found in the
registry. What is refused leaves nothing in the database.
"""

from helpers.lives import ADVICES
from helpers.lives import ASKING
from helpers.lives import DATA
from helpers.lives import EDITORS
from helpers.lives import ITEMS
from helpers.lives import MEETINGS
from helpers.lives import PEOPLE
from helpers.registrations import our_views
from itertools import product
from plonegov.deliberations.content.body import IBody
from plonegov.deliberations.content.item import IItem
from plonegov.deliberations.content.meeting import IMeeting
from plonegov.deliberations.domain.itemrules import REASONS
from plonegov.deliberations.domain.states import AdviceTransition
from plonegov.deliberations.domain.states import ItemState
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.interfaces import IDeliberationsContainer

import pytest


PDF = ("plan.pdf", b"%PDF-1.7", "application/pdf")


def steps_done(chamber, content, person, page):
    """Return the steps that somebody did by a page, by the states that they leave."""
    done = {}
    path = chamber.path(content, f"/{page}")
    for state in chamber.states(content):
        chamber.put(content, state)
        for step in chamber.steps(content, state):
            fields = {**DATA, "step": step, "meeting": chamber.meeting.getId()}
            answer = chamber.client.post(person, path, fields)
            if answer.wrote:
                assert answer.status == 303, (state, step)
                done.setdefault(step, set()).add(str(state))
                chamber.put(content, state)
            else:
                assert 300 < answer.status < 500, (state, step, answer)
    return done


def check(chamber, content, page, table):
    """Compare what everybody does by a page's steps with what the table allows."""
    for person in PEOPLE:
        done = steps_done(chamber, content, person, page)
        assert done == table.get(person, {}), person


def test_each_person_does_with_an_item_what_is_allowed(chamber):
    check(chamber, chamber.item, "item-action", ITEMS)


def test_each_person_does_with_a_meeting_what_is_allowed(chamber):
    allowed = dict(MEETINGS["secretary"])
    allowed.pop("convene")  # its day is over: no urgency goes back in time
    check(chamber, chamber.meeting, "meeting-action", {"secretary": allowed})


def test_plone_s_page_of_steps_does_only_what_is_allowed_and_needs_no_data(chamber):
    path = chamber.path(chamber.item, "/content_status_modify")
    found = {}
    for person, state in product(PEOPLE, ItemState):
        chamber.put(chamber.item, state)
        for step in chamber.steps(chamber.item, state):
            answer = chamber.client.post(person, path, {"workflow_action": step})
            if answer.wrote:
                steps = found.setdefault(person, {})
                steps.setdefault(step, set()).add(str(state))
                chamber.put(chamber.item, state)
    needs = {*REASONS, "present"}
    assert found == {
        person: {step: states for step, states in allowed.items() if step not in needs}
        for person, allowed in ITEMS.items()
    }


def did(chamber, person, page, fields, files=None):
    """Say whether a form of the item did what it says; then all is as before."""
    path = chamber.path(chamber.item, f"/{page}")
    answer = chamber.client.post(person, path, fields, files)
    chamber.item.parts = chamber.kept
    if not answer.wrote:
        assert 300 < answer.status < 500, (page, fields, answer)
    return answer.wrote


def forms(chamber):
    """Return what changes an item and its annexes: page, fields and files of forms."""
    part, page = {"part": chamber.annex.getId()}, "item-annexes"
    return {
        "edit": ("edit-item", {"title": f"Titre {chamber.item.serial}"}, None),
        "add": (page, {"verb": "add"}, {"annex": PDF}),
        "set": (page, {**part, "verb": "set", "publishable": "1"}, None),
        "remove": (page, {**part, "verb": "remove"}, None),
    }


def test_an_item_and_its_annexes_are_changed_by_who_edits_it(chamber):
    found = {}
    for state, person in chamber.everywhere(chamber.item):
        for verb, form in forms(chamber).items():
            if did(chamber, person, *form):
                found.setdefault(verb, {}).setdefault(person, set()).add(str(state))
    assert found == dict.fromkeys(forms(chamber), EDITORS)


def test_advice_is_asked_by_who_works_on_the_item(chamber):
    found = {}
    for state, person in chamber.everywhere(chamber.item):
        if did(chamber, person, "item-advice", {"verb": "ask", "adviser": "works"}):
            found.setdefault(person, set()).add(str(state))
    assert found == ASKING


def test_each_person_does_with_an_advice_what_is_allowed(chamber):
    chamber.ask()
    found = {}
    fields = {**DATA, "part": chamber.advice.getId()}
    for state, person in chamber.everywhere(chamber.advice):
        for step in AdviceTransition:
            if did(chamber, person, "item-advice", fields | {"verb": str(step)}):
                steps = found.setdefault(person, {})
                steps.setdefault(str(step), set()).add(str(state))
                chamber.put(chamber.advice, state)
    assert found == ADVICES


#: Permission of a view: who alone has it, on whatever of deliberations in any state.
OWN = {
    "plonegov: Manage meetings": {"secretary"},
    "plonegov: Publish items": {"secretary"},
    "plonegov: Add mandate": {"secretary"},
    "plonegov: Add item template": {"secretary"},
    "plonegov: Add function": {"secretary"},
    "plonegov: Use sittings": {
        *("drafter", "reviewer", "second", "secretary", "adviser", "councillor"),
    },
    "plonegov: Draft items": {"drafter", "adviser"},
}


def own_pages(interface):
    """Return the pages of a kind of content that are somebody's own, with whose."""
    found = {}
    for view in our_views():
        if view.required[0] is interface and "@" not in view.name:
            asked = permission_of(view)
            if asked in OWN:
                found[view.name] = OWN[asked]
    return found


def permission_of(view):
    """Return the title of the permission of a view."""
    return getattr(view.factory.__dict__.get("__roles__"), "__name__", "")


def test_the_pages_of_the_secretary_are_found_by_this_test():
    assert {"item-vote", "item-publish", "item-rectify"} <= set(own_pages(IItem))
    assert {"agenda-action", "attendance", "closing"} <= set(own_pages(IMeeting))
    assert {"plan-meeting", "today"} <= set(own_pages(IDeliberationsContainer))
    assert {"add-mandate"} <= set(own_pages(IBody))


@pytest.mark.parametrize("kind", ["item", "meeting"])
def test_a_page_of_somebody_s_own_is_nobody_else_s(chamber, kind):
    """In the state where all may happen each page is asked for, in the others one of
    each permission; and whose it is opens it in one state at least."""
    content, interface, busy = {
        "item": (chamber.item, IItem, ItemState.FROZEN),
        "meeting": (chamber.meeting, IMeeting, MeetingState.SITTING),
    }[kind]
    pages, opened = own_pages(interface), set()
    some = {tuple(people): page for page, people in pages.items()}.values()
    chamber.item.public = {"title": "Titre", "text": "<p>Texte</p>"}
    for state, person in chamber.everywhere(content):
        for page, people in pages.items():
            path = chamber.path(content, f"/{page}")
            if person in people and page not in opened:
                if not chamber.client.get(person, path).refused:
                    opened.add(page)
            elif person not in people and (state == busy or page in some):
                answer = chamber.client.post(person, path, {"verb": "x"})
                assert answer.refused, (state, person, page, answer)
                assert not answer.wrote, (state, person, page)
    assert opened == set(pages)


def test_the_pages_of_the_desk_and_the_bodies_are_their_staff_s(chamber):
    for path, interface in (
        ("deliberations", IDeliberationsContainer),
        ("deliberations/college", IBody),
    ):
        for person, (page, people) in product(PEOPLE, own_pages(interface).items()):
            answer = chamber.client.post(person, f"{path}/{page}", {"verb": "x"})
            assert answer.refused is (person not in people), (person, page, answer)
            assert not answer.wrote, (person, page)
