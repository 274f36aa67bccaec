"""What has its number in the register stays as it was decided."""

from helpers import councils
from helpers.councils import acting
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import PlonegovError
from plonegov.core.registers.register import Register
from plonegov.deliberations.api import items
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import numbering
from plonegov.deliberations.api import parts
from plonegov.deliberations.api import sittings
from plonegov.deliberations.api import votes
from plonegov.deliberations.domain.meetingrules import Open
from plonegov.deliberations.domain.meetingrules import OpenPoint

import pytest


FOR_ALL = {"mode": "show_of_hands"}
PDF = b"%PDF-1.7"


def code(call, *arguments, **values):
    with pytest.raises(PlonegovError) as refused:
        call(*arguments, **values)
    return refused.value.code


@pytest.fixture
def sitting(portal):
    """A council that sits, and two items: one was adopted, the other one rejected."""
    councils.add_staff(portal)
    members, meeting = councils.seat(), councils.plan(portal)
    adopted, rejected = [councils.validated(portal, title=name) for name in ("A", "B")]
    with acting(portal, "secretary"):
        parts.add_annex(adopted, "plan.pdf", PDF)
    councils.sit(portal, meeting, members, adopted, rejected)
    with acting(portal, "secretary"):
        against = dict.fromkeys(members, "against")
        votes.hold_all([adopted], FOR_ALL, "accept")
        votes.hold_all([rejected], FOR_ALL | {"exceptions": against}, "refuse")
        yield meeting, (adopted, rejected)


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize(
    "values",
    [
        {"title": "Autre titre"},
        {"decision": "<p>Article 1. Autre chose.</p>"},
        {"motivation": "<p>Autre.</p>", "category": "finance"},
    ],
)
def test_a_registered_text_is_rectified_and_never_edited(sitting, which, values):
    meeting, found = sitting
    item = found[which]
    items.edit(item, {"amount": "12"})
    meetings.change(meeting, "decide")
    year, number = item.registered
    assert code(items.edit, item, values) == "decision_registered"
    entry = Register("council").get(year, number)
    assert (entry.version, item.former) == (1, ())
    assert entry.digest == numbering.digest(item)


def test_annexes_of_a_registered_decision_stay(sitting):
    meeting, (item, _rejected) = sitting
    parts.add_annex(item, "note.pdf", PDF)
    meetings.change(meeting, "decide")
    first, second = parts.annexes(item)
    assert code(parts.add_annex, item, "autre.pdf", PDF) == "decision_registered"
    assert code(parts.remove_annex, first) == "decision_registered"
    assert parts.annexes(item) == [first, second]


def test_who_reads_an_annex_is_still_said_of_a_registered_decision(sitting):
    meeting, (item, _rejected) = sitting
    meetings.change(meeting, "decide")
    [annex] = parts.annexes(item)
    parts.set_annex(annex, confidential=False, publishable=True)
    assert annex.publishable
    parts.set_annex(annex, confidential=True, publishable=True)
    assert (annex.confidential, annex.publishable) == (True, False)


def test_once_its_number_is_cancelled_an_item_is_edited_again(sitting):
    meeting, (item, _rejected) = sitting
    meetings.change(meeting, "decide")
    meetings.change(meeting, "resume", reason="Erreur")
    items.edit(item, {"title": "Autre titre"})
    assert item.title == "Autre titre"


def test_no_advice_is_asked_again_on_what_is_decided(portal, sitting):
    _meeting, (item, _rejected) = sitting
    items.change(item, "reconsider")
    advice = parts.ask(item, "population")
    with acting(portal, "adviser"):
        parts.give(advice, "favourable")
    parts.ask_again(advice, "Plus de détails")
    with acting(portal, "adviser"):
        parts.give(advice, "unfavourable", "Trop cher")
    items.change(item, "accept")
    assert code(parts.ask_again, advice, "Encore") == "action_not_allowed"
    assert (advice.state, advice.opinion) == ("given", "unfavourable")


@pytest.mark.parametrize("empty", ["", " ", "<p>&nbsp;</p>", "<p><br></p>"])
@pytest.mark.parametrize("which", [0, 1])
def test_what_was_decided_is_not_emptied(sitting, which, empty):
    item = sitting[1][which]
    with pytest.raises(InvalidInput) as wrong:
        items.edit(item, {"title": "Autre", "decision": empty})
    assert [(fault.field, fault.code) for fault in wrong.value.faults] == [
        ("decision", "required")
    ]
    assert "Article 1" in item.decision
    assert item.title != "Autre"
    items.edit(item, {"decision": "<p>Article 1. Amendé.</p>"})
    assert "Amendé" in item.decision


@pytest.mark.parametrize("empty", ["", "<p>\N{NO-BREAK SPACE}</p>"])
def test_no_number_is_given_to_an_empty_text(sitting, empty):
    """Whatever emptied it: a proposal that is rejected may have no text at first."""
    meeting, (item, rejected) = sitting
    rejected.decision = empty
    assert sittings.open_points(meeting) == (
        Open(OpenPoint.DECISION_EMPTY, rejected.getId()),
    )
    assert code(meetings.change, meeting, "decide") == "sitting_open"
    assert (item.registered, rejected.registered) == ((), ())
    items.edit(rejected, {"decision": "<p>La proposition est rejetée.</p>"})
    meetings.change(meeting, "decide")
    assert rejected.registered


def test_a_rectification_empties_nothing(sitting):
    meeting, (item, _rejected) = sitting
    meetings.change(meeting, "decide")
    with pytest.raises(InvalidInput):
        numbering.rectify(item, "Faute", {"decision": "<p>&nbsp;</p>"})
    assert item.former == ()
