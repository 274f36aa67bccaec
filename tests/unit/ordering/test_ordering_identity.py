"""What the town hands out how to whom, by how sure it is of who asks."""

from dataclasses import replace
from helpers.intake import faults
from helpers.intake import request
from helpers.intake import terms
from helpers.intake import TODAY
from itertools import product
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.identity.levels import reaches
from plonegov.core.identity.levels import surest
from plonegov.ordering.domain import errors
from plonegov.ordering.domain.identity import ELECTRONIC
from plonegov.ordering.domain.identity import IdentityDocument
from plonegov.ordering.domain.identity import may_come
from plonegov.ordering.domain.identity import ways
from plonegov.ordering.domain.intake import examine
from plonegov.ordering.domain.model import Delivery
from plonegov.ordering.domain.model import Kind
from plonegov.ordering.domain.model import State
from plonegov.ordering.domain.model import Transition
from plonegov.ordering.domain.people import read_address
from plonegov.ordering.domain.rules import check_transition
from plonegov.ordering.domain.rules import OrderFacts

import pytest


NONE, EMAIL, ACCOUNT, SUBSTANTIAL, HIGH = AssuranceLevel

#: Asked by the document: the levels with which it may be ordered by mail or download.
#: A mail address is confirmed after the order, so that ``email`` waits until then.
ENOUGH = {
    NONE: {NONE, EMAIL, ACCOUNT, SUBSTANTIAL, HIGH},
    EMAIL: {NONE, EMAIL, ACCOUNT, SUBSTANTIAL, HIGH},
    ACCOUNT: {ACCOUNT, SUBSTANTIAL, HIGH},
    SUBSTANTIAL: {SUBSTANTIAL, HIGH},
    HIGH: {HIGH},
}

CERTIFICATE = OrderFacts(
    kind=Kind.CERTIFICATE,
    state=State.READY,
    findings_confirmed=True,
    relation_accepted=True,
    address_unprotected=True,
    issued=True,
    sure=False,
)

#: Way, what else is known, data -> the error of handing over to who is not sure enough.
UNSURE = [
    (Delivery.POST, {}, {}, errors.RegisteredAddressMissing),
    (Delivery.POST, {"registered_address": True}, {}, None),
    (
        Delivery.POST,
        {},
        {"identity_document": "passport"},
        errors.RegisteredAddressMissing,
    ),
    (Delivery.COUNTER, {}, {}, errors.IdentityDocumentMissing),
    (
        Delivery.COUNTER,
        {},
        {"identity_document": "bus ticket"},
        errors.IdentityDocumentMissing,
    ),
    (
        Delivery.COUNTER,
        {"registered_address": True},
        {},
        errors.IdentityDocumentMissing,
    ),
    (Delivery.COUNTER, {"identity_document": True}, {}, None),
    (Delivery.EMAIL, {"registered_address": True}, {}, errors.IdentityNotReached),
    (
        Delivery.DOWNLOAD,
        {},
        {"identity_document": "passport"},
        errors.IdentityNotReached,
    ),
]


@pytest.mark.parametrize(("asked", "reached"), product(AssuranceLevel, AssuranceLevel))
def test_a_document_is_ordered_by_mail_at_the_level_it_asks_only(asked, reached):
    for way in ELECTRONIC:
        assert may_come(way, asked, reached) is (reached in ENOUGH[asked])


@pytest.mark.parametrize(("asked", "reached"), product(AssuranceLevel, AssuranceLevel))
def test_post_and_desk_are_open_to_everybody(asked, reached):
    assert may_come(Delivery.POST, asked, reached)
    assert may_come(Delivery.COUNTER, asked, reached)


def test_levels_are_in_order():
    assert [reaches(level, ACCOUNT) for level in AssuranceLevel] == [
        False,
        False,
        True,
        True,
        True,
    ]
    assert (surest(EMAIL, NONE), surest(NONE, HIGH)) == (EMAIL, HIGH)


@pytest.mark.parametrize("way", ELECTRONIC)
def test_the_request_says_which_way_is_not_open(way):
    prices = dict.fromkeys(Delivery, terms().price)
    asked = terms(identity=SUBSTANTIAL, delivery_prices=prices)
    wanted = request(delivery=str(way))
    assert faults(wanted, asked) == {"delivery": "delivery_needs_identity"}
    assert examine(wanted, asked, TODAY, reached=HIGH).delivery is way
    assert ways(asked, NONE) == (Delivery.POST, Delivery.COUNTER)
    assert ways(asked, HIGH) == tuple(Delivery)


@pytest.mark.parametrize(("way", "known", "data", "error"), UNSURE)
def test_nothing_is_handed_to_who_only_claims_to_be_somebody(way, known, data, error):
    facts = replace(CERTIFICATE, delivery=way, **known)
    if error is None:
        check_transition(Transition.HAND_OVER, facts, data)
    else:
        with pytest.raises(error):
            check_transition(Transition.HAND_OVER, facts, data)


@pytest.mark.parametrize("document", IdentityDocument)
def test_at_the_desk_an_identity_document_is_enough(document):
    facts = replace(CERTIFICATE, delivery=Delivery.COUNTER)
    data = {"identity_document": str(document)}
    check_transition(Transition.HAND_OVER, facts, data)
    check_transition(Transition.MAKE_READY, facts, {})


@pytest.mark.parametrize("way", Delivery)
def test_who_is_sure_enough_needs_nothing_more(way):
    facts = replace(CERTIFICATE, delivery=way, sure=True)
    check_transition(Transition.MAKE_READY, facts, {})
    check_transition(Transition.HAND_OVER, facts, {})


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"street": "Rue X", "postal_code": "7180", "locality": "Seneffe"}, []),
        ({}, ["address.street"]),
        (None, ["address.street"]),
        ({"street": "Rue X", "postal_code": "x"}, ["postal_code", "locality"]),
    ],
)
def test_the_address_of_the_register_is_whole(typed, wrong):
    found = []
    address = read_address(typed, "BE", found)
    assert [fault.field.removeprefix("address.") for fault in found] == [
        field.removeprefix("address.") for field in wrong
    ]
    assert wrong or (address.street, address.country) == ("Rue X", "BE")
