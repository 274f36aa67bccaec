"""The rules at the transitions of items, meetings and advices."""

from plonegov.deliberations.domain.advices import check_advice_step
from plonegov.deliberations.domain.itemrules import check_item_step
from plonegov.deliberations.domain.itemrules import ItemFacts
from plonegov.deliberations.domain.meetingrules import check_meeting_step
from plonegov.deliberations.domain.meetingrules import MeetingFacts
from plonegov.deliberations.domain.meetingrules import Open
from plonegov.deliberations.domain.meetingrules import OpenPoint
from plonegov.deliberations.domain.refusals import StepRefused
from plonegov.deliberations.domain.states import ItemTransition
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.domain.states import MeetingTransition
from plonegov.deliberations.domain.steps import TEXT_LIMIT

import pytest


SITTING = ItemFacts(meeting=MeetingState.SITTING)
WHY = {"reason": "Erreur"}


@pytest.mark.parametrize(
    ("step", "facts", "code"),
    [
        ("propose", ItemFacts(title=False), "title_missing"),
        ("propose", ItemFacts(decision=False), "decision_missing"),
        ("validate", ItemFacts(advices=("finance",)), "advice_missing"),
        ("present", ItemFacts(), "meeting_missing"),
        (
            "present",
            ItemFacts(meeting=MeetingState.CREATED, same_body=False),
            "meeting_of_another_body",
        ),
        ("present", ItemFacts(meeting=MeetingState.DECIDED), "meeting_takes_no_items"),
        ("reconsider", ItemFacts(), "meeting_not_sitting"),
        (
            "reconsider",
            ItemFacts(meeting=MeetingState.SITTING, copy_in_use=True),
            "copy_in_use",
        ),
        ("present", ItemFacts(meeting=MeetingState.CLOSED), "meeting_takes_no_items"),
        (
            "present",
            ItemFacts(meeting=MeetingState.CANCELLED),
            "meeting_takes_no_items",
        ),
        ("take_off", ItemFacts(meeting=MeetingState.DECIDED), "meeting_decided"),
        ("freeze", ItemFacts(meeting=MeetingState.CONVENED), "meeting_not_frozen"),
        ("unfreeze", ItemFacts(meeting=MeetingState.FROZEN), "meeting_frozen"),
        ("unfreeze", ItemFacts(meeting=MeetingState.DECIDED), "meeting_frozen"),
        (
            "return_to_service",
            ItemFacts(meeting=MeetingState.DECIDED),
            "meeting_decided",
        ),
        ("resubmit", ItemFacts(decision=False), "decision_missing"),
        ("resubmit", ItemFacts(meeting=MeetingState.CLOSED), "meeting_decided"),
        ("accept", ItemFacts(meeting=MeetingState.FROZEN), "meeting_not_sitting"),
        (
            "accept",
            ItemFacts(meeting=MeetingState.SITTING, decision=False),
            "decision_missing",
        ),
        (
            "accept",
            ItemFacts(meeting=MeetingState.SITTING, carried=False),
            "result_against",
        ),
        (
            "accept_modified",
            ItemFacts(meeting=MeetingState.SITTING, listed=False),
            "urgency_missing",
        ),
        (
            "refuse",
            ItemFacts(meeting=MeetingState.SITTING, carried=True),
            "result_against",
        ),
        ("postpone", ItemFacts(meeting=MeetingState.FROZEN), "meeting_not_sitting"),
        ("withdraw", ItemFacts(meeting=MeetingState.DECIDED), "meeting_decided"),
        ("reconsider", ItemFacts(meeting=MeetingState.DECIDED), "meeting_not_sitting"),
    ],
)
def test_a_broken_rule_refuses_an_item(step, facts, code):
    with pytest.raises(StepRefused) as refused:
        check_item_step(step, facts, WHY)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("step", "facts"),
    [
        ("propose", ItemFacts()),
        ("validate", ItemFacts()),
        ("present", ItemFacts(meeting=MeetingState.CREATED)),
        ("present", SITTING),
        ("take_off", ItemFacts(meeting=MeetingState.CONVENED)),
        ("freeze", ItemFacts(meeting=MeetingState.FROZEN)),
        ("freeze", SITTING),
        ("unfreeze", ItemFacts(meeting=MeetingState.CONVENED)),
        ("return_to_service", SITTING),
        ("resubmit", SITTING),
        ("accept", SITTING),
        ("accept", ItemFacts(meeting=MeetingState.SITTING, carried=True)),
        ("refuse", ItemFacts(meeting=MeetingState.SITTING, carried=False)),
        ("postpone", ItemFacts(meeting=MeetingState.SITTING, listed=False)),
        ("withdraw", ItemFacts()),
        ("withdraw", SITTING),
        ("reconsider", SITTING),
        ("review_1", ItemFacts(title=False)),
    ],
)
def test_an_item_goes_on_where_its_rules_hold(step, facts):
    check_item_step(step, facts, WHY)


@pytest.mark.parametrize("step", list(ItemTransition))
def test_an_item_s_step_back_needs_a_reason(step):
    needed = {"send_back", "return_to_service", "withdraw"}
    facts = {
        "present": ItemFacts(meeting=MeetingState.CREATED),
        "unfreeze": ItemFacts(),
    }.get(step, SITTING)
    for data in ({}, {"reason": "  "}, {"reason": 5}):
        if step in needed:
            with pytest.raises(StepRefused) as refused:
                check_item_step(step, facts, data)
            assert refused.value.code == "step_reason_missing"
        else:
            check_item_step(step, facts, data)


def test_a_reason_that_nobody_reads_is_refused():
    with pytest.raises(StepRefused) as refused:
        check_item_step("withdraw", ItemFacts(), {"reason": "x" * (TEXT_LIMIT + 1)})
    assert refused.value.context == {"limit": TEXT_LIMIT}


@pytest.mark.parametrize(
    ("step", "facts", "code"),
    [
        ("convene", MeetingFacts(not_remote=("Sanction",)), "not_remotely"),
        ("freeze", MeetingFacts(not_remote=("Sanction",)), "not_remotely"),
        ("open", MeetingFacts(come=False), "not_the_day"),
        ("open", MeetingFacts(chair=False), "chair_missing"),
        (
            "decide",
            MeetingFacts(open=(Open(OpenPoint.UNDECIDED, "A"),)),
            "sitting_open",
        ),
        ("close", MeetingFacts(), "minutes_not_approved"),
        ("cancel", MeetingFacts(items=1), "agenda_not_empty"),
    ],
)
def test_a_broken_rule_refuses_a_meeting(step, facts, code):
    with pytest.raises(StepRefused) as refused:
        check_meeting_step(step, facts, WHY)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("step", "facts"),
    [
        ("convene", MeetingFacts()),
        ("open", MeetingFacts()),
        ("decide", MeetingFacts()),
        ("close", MeetingFacts(minutes_approved=True)),
        ("cancel", MeetingFacts()),
        ("freeze", MeetingFacts(come=False)),
    ],
)
def test_a_meeting_goes_on_where_its_rules_hold(step, facts):
    check_meeting_step(step, facts, WHY)


@pytest.mark.parametrize("step", list(MeetingTransition))
def test_a_meeting_s_step_back_needs_a_reason(step):
    facts = MeetingFacts(minutes_approved=True)
    if step in ("recall", "resume", "reopen", "cancel"):
        with pytest.raises(StepRefused) as refused:
            check_meeting_step(step, facts, {})
        assert refused.value.code == "step_reason_missing"
    else:
        check_meeting_step(step, facts, {})


@pytest.mark.parametrize(
    ("step", "by_rule", "data", "code"),
    [
        ("give", False, {}, "advice_unknown"),
        ("give", False, {"opinion": "good"}, "advice_unknown"),
        ("give", False, {"opinion": "unfavourable"}, "advice_text_missing"),
        (
            "give",
            False,
            {"opinion": "with_remarks", "text": " "},
            "advice_text_missing",
        ),
        ("ask_again", False, {}, "step_reason_missing"),
        ("call_off", True, {}, "advice_by_rule"),
    ],
)
def test_a_broken_rule_refuses_an_advice(step, by_rule, data, code):
    with pytest.raises(StepRefused) as refused:
        check_advice_step(step, by_rule, data)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("step", "by_rule", "data"),
    [
        ("give", True, {"opinion": "favourable"}),
        ("give", False, {"opinion": "none"}),
        ("give", False, {"opinion": "unfavourable", "text": "Trop cher"}),
        ("ask_again", True, WHY),
        ("call_off", False, {}),
    ],
)
def test_an_advice_goes_on_where_its_rules_hold(step, by_rule, data):
    check_advice_step(step, by_rule, data)
