"""The rules at the transitions, the meaning of the states, references and the clock."""

from dataclasses import replace
from datetime import date
from datetime import timedelta
from decimal import Decimal
from hypothesis import given
from hypothesis import strategies as st
from plonegov.core.errors import RecordNotFound
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.money import Money
from plonegov.core.municipality.calendar import WorkingDays
from plonegov.core.typed.codes import ALPHABET
from plonegov.ordering.domain import clock
from plonegov.ordering.domain import errors
from plonegov.ordering.domain.model import Delivery
from plonegov.ordering.domain.model import DocumentTerms
from plonegov.ordering.domain.model import Kind
from plonegov.ordering.domain.model import State
from plonegov.ordering.domain.model import Transition
from plonegov.ordering.domain.pricing import price
from plonegov.ordering.domain.reference import format_reference
from plonegov.ordering.domain.reference import new_reference
from plonegov.ordering.domain.reference import normalise_reference
from plonegov.ordering.domain.rules import check_producing
from plonegov.ordering.domain.rules import check_transition
from plonegov.ordering.domain.rules import OrderFacts
from plonegov.ordering.domain.states import Actor
from plonegov.ordering.domain.states import ENDS
from plonegov.ordering.domain.states import STATES
from plonegov.ordering.domain.states import WITHOUT_DATA
from stdnum import luhn

import pytest


CERTIFICATE = OrderFacts(
    kind=Kind.CERTIFICATE,
    state=State.IN_PROGRESS,
    findings_confirmed=True,
    relation_accepted=True,
    address_unprotected=True,
    issued=True,
)
ACT = OrderFacts(
    kind=Kind.ATTACHED,
    state=State.IN_PROGRESS,
    relation_accepted=True,
    act_attached=True,
)

#: Transition, data -> the error, and the field that its context names.
TEXTS = [
    (Transition.REJECT, {}, errors.MotiveMissing, "motive"),
    (Transition.REJECT, {"law": "art. 3"}, errors.MotiveMissing, "motive"),
    (Transition.REJECT, {"motive": "x", "law": " "}, errors.MotiveMissing, "law"),
    (Transition.REJECT, {"motive": "x", "law": None}, errors.MotiveMissing, "law"),
    (Transition.REJECT, {"motive": "x", "law": 3}, errors.MotiveMissing, "law"),
    (
        Transition.REJECT,
        {"motive": "x" * 5001, "law": "y"},
        errors.TextTooLong,
        "motive",
    ),
    (
        Transition.REJECT,
        {"motive": "x", "law": "y", "motive_code": "whim"},
        errors.MotiveUnknown,
        "motive_code",
    ),
    (
        Transition.REJECT,
        {"motive": "x", "law": "y", "motive_code": ["other"]},
        errors.MotiveUnknown,
        "motive_code",
    ),
    (Transition.ASK, {}, errors.QuestionMissing, "text"),
    (Transition.ASK, {"text": "\n"}, errors.QuestionMissing, "text"),
    (Transition.REOPEN, {}, errors.ReasonMissing, "reason"),
    (Transition.REOPEN, {"reason": ""}, errors.ReasonMissing, "reason"),
    (Transition.WITHDRAW, {"text": "x" * 5001}, errors.TextTooLong, "text"),
    (Transition.WITHDRAW, {"text": {"a": 1}}, errors.TextExpected, "text"),
    (Transition.START, {"comment": ["x"]}, errors.TextExpected, "comment"),
]


@pytest.mark.parametrize(("transition", "data", "error", "field"), TEXTS)
def test_a_transition_without_its_text_is_refused(transition, data, error, field):
    with pytest.raises(error) as caught:
        check_transition(transition, CERTIFICATE, data)
    assert caught.value.context["field"] == field
    assert caught.value.status == 422


@pytest.mark.parametrize(
    ("transition", "data"),
    [
        (Transition.REJECT, {"motive": "x" * 5000, "law": "art. 3"}),
        (
            Transition.REJECT,
            {"motive": "x", "law": "y", "motive_code": "no_answer"},
        ),
        (Transition.ASK, {"text": "?"}),
        (Transition.REOPEN, {"reason": "!"}),
        *((transition, {}) for transition in WITHOUT_DATA),
    ],
)
def test_a_transition_with_what_it_needs_goes_on(transition, data):
    check_transition(transition, CERTIFICATE, data)


LEAVING = [Transition.MAKE_READY, Transition.HAND_OVER]

BROKEN = [
    (replace(CERTIFICATE, relation_accepted=False), errors.RelationNotChecked),
    (
        replace(CERTIFICATE, address_unprotected=False),
        errors.AddressProtectionNotChecked,
    ),
    (replace(CERTIFICATE, findings_confirmed=False), errors.FindingsNotConfirmed),
    (replace(CERTIFICATE, issued=False), errors.DocumentNotIssued),
    (replace(CERTIFICATE, issued=False, act_attached=True), errors.DocumentNotIssued),
    (replace(ACT, relation_accepted=False), errors.RelationNotChecked),
    (replace(ACT, act_attached=False, issued=True), errors.ActNotAttached),
]


@pytest.mark.parametrize("transition", LEAVING)
@pytest.mark.parametrize(("facts", "error"), BROKEN)
def test_no_document_leaves_before_every_check(transition, facts, error):
    with pytest.raises(error):
        check_transition(transition, facts, {})


@pytest.mark.parametrize("transition", LEAVING)
def test_an_act_needs_no_findings_and_no_letter_of_ours(transition):
    check_transition(transition, ACT, {})


@pytest.mark.parametrize(
    ("facts", "error"), [BROKEN[0], BROKEN[1], BROKEN[2], BROKEN[5]]
)
def test_no_document_is_produced_before_the_clerks_checks(facts, error):
    with pytest.raises(error):
        check_producing(facts)


def test_a_document_is_produced_before_it_is_there():
    check_producing(replace(CERTIFICATE, issued=False))
    check_producing(replace(ACT, act_attached=False))


@pytest.mark.parametrize("transition", [Transition.START, Transition.REJECT])
def test_other_transitions_need_no_document(transition):
    bare = OrderFacts(kind=Kind.CERTIFICATE, state=State.SUBMITTED)
    check_transition(transition, bare, {"motive": "x", "law": "y"})


def test_each_state_says_who_must_act_and_whether_the_clock_runs():
    assert set(STATES) == set(State)
    told = {
        state: (meaning.actor, meaning.clock_runs) for state, meaning in STATES.items()
    }
    assert told == {
        State.SUBMITTED: (Actor.CLERK, True),
        State.IN_PROGRESS: (Actor.CLERK, True),
        State.AWAITING_CITIZEN: (Actor.CITIZEN, False),
        State.READY: (Actor.CLERK, False),
        State.DELIVERED: (Actor.NOBODY, False),
        State.REJECTED: (Actor.NOBODY, False),
        State.WITHDRAWN: (Actor.NOBODY, False),
        State.EXPIRED: (Actor.NOBODY, False),
    }
    assert STATES[State.READY].label == "state_ready"
    assert ENDS == (State.DELIVERED, State.REJECTED, State.WITHDRAWN, State.EXPIRED)


def test_a_reference_is_random_and_holds_its_check_character():
    many = {new_reference() for _ in range(200)}
    assert len(many) == 200
    for reference in many:
        assert len(reference) == 11 and set(reference) <= set(ALPHABET)
        assert luhn.is_valid(reference, alphabet=ALPHABET)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0123-4567-89T", "0123456789T"),
        ("O123-4567-89T", "0123456789T"),
        (" oI23—4567 89t\n", "0123456789T"),
        ("0L23456789T", "0123456789T"),
    ],
)
def test_a_reference_is_read_as_people_write_it(typed, stored):
    assert normalise_reference(typed) == stored


@pytest.mark.parametrize(
    "typed", ["", "0123456789", "0123456789U", "0123456789TT", "é"]
)
def test_what_is_no_reference_is_refused_as_not_found(typed):
    with pytest.raises(RecordNotFound) as caught:
        normalise_reference(typed)
    assert (caught.value.code, caught.value.status) == ("reference_invalid", 404)


@given(index=st.integers(0, 10), sign=st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_found(index, sign):
    reference = new_reference()
    wrong = reference[:index] + sign + reference[index + 1 :]
    if wrong != reference:
        with pytest.raises(errors.ReferenceInvalid):
            normalise_reference(wrong)


def test_a_reference_is_shown_in_groups_and_read_again():
    reference = new_reference()
    assert normalise_reference(format_reference(reference).lower()) == reference


BELGIUM = WorkingDays("BE")


@pytest.mark.parametrize(
    ("placed", "days", "promised"),
    [
        ("2026-11-20", 3, "2026-11-25"),
        ("2026-11-22", 1, "2026-11-23"),
        ("2026-12-24", 1, "2026-12-28"),
        ("2026-12-31", 2, "2027-01-05"),
    ],
)
def test_the_promised_day_counts_working_days_after_the_order(placed, days, promised):
    found = clock.due(date.fromisoformat(placed), days, BELGIUM)
    assert found == date.fromisoformat(promised)


@pytest.mark.parametrize(
    ("asked", "answered", "promised"),
    [
        ("2026-11-23", "2026-11-23", "2026-11-25"),
        ("2026-11-23", "2026-11-25", "2026-11-27"),
        ("2026-11-20", "2026-11-22", "2026-11-25"),
        ("2026-11-20", "2026-11-23", "2026-11-26"),
    ],
)
def test_the_promised_day_shifts_while_the_citizen_must_act(asked, answered, promised):
    found = clock.shifted(
        date(2026, 11, 25),
        date.fromisoformat(asked),
        date.fromisoformat(answered),
        BELGIUM,
    )
    assert found == date.fromisoformat(promised)


@given(
    asked=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    waited=st.integers(0, 90),
    delay=st.integers(1, 20),
)
def test_waiting_for_the_citizen_never_costs_the_office_a_day(asked, waited, delay):
    promised = clock.due(asked, delay, BELGIUM)
    answered = asked + timedelta(days=waited)
    shifted = clock.shifted(promised, asked, answered, BELGIUM)
    assert BELGIUM.between(answered, shifted) == delay


@pytest.mark.parametrize(
    ("copies", "delivery", "total"),
    [(1, "counter", "5.00"), (1, "post", "7.50"), (3, "post", "17.50")],
)
def test_the_delivery_is_paid_once_and_each_copy(copies, delivery, total):
    terms = DocumentTerms(
        id="x",
        kind=Kind.CERTIFICATE,
        title={},
        identity=AssuranceLevel.NONE,
        price=Decimal("5.00"),
        delivery_prices={
            Delivery.POST: Decimal("2.50"),
            Delivery.COUNTER: Decimal("0.00"),
        },
        currency="EUR",
        delay_days=1,
        service="population",
    )
    assert price(terms, copies, Delivery(delivery)) == Money(Decimal(total), "EUR")
