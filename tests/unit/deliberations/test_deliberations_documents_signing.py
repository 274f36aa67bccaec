"""Who signs a document on a day: the office, its capacity, the stated delegation."""

from datetime import date
from helpers.sittings import COLLEGE
from helpers.sittings import COUNCIL
from helpers.sittings import LARGE
from helpers.sittings import rules_of
from helpers.sittings import SMALL
from plonegov.deliberations.domain.formalities import signature
from plonegov.deliberations.domain.model import Document
from plonegov.deliberations.domain.model import Role
from plonegov.deliberations.domain.signing import Capacity
from plonegov.deliberations.domain.signing import Held
from plonegov.deliberations.domain.signing import may_sign
from plonegov.deliberations.domain.signing import signatories

import pytest


HOLDER, ACTING, DELEGATE = Capacity.HOLDER, Capacity.ACTING, Capacity.DELEGATE
OLD, NEW = date(2024, 12, 2), date(2026, 3, 1)
DECISION = "délégation du 2 mars 2026"


def held(name, capacity=HOLDER, office="mayor", since=OLD, delegation=""):
    return Held(office, name, since, capacity, delegation)


def signers(document, *people, rules=COUNCIL):
    rule = signature(document, rules_of(rules))
    return [(str(one.role), one.name) for one in signatories(rule, people)]


@pytest.mark.parametrize(
    ("rules", "document", "roles"),
    [
        # CDLD, articles L1122-12 and L1132-3: as the town's correspondence.
        (COUNCIL, Document.CONVOCATION, ["mayor", "director"]),
        (COLLEGE, Document.CONVOCATION, ["mayor", "director"]),
        # CGCT, article L2121-10: every call is made by the mayor.
        (SMALL, Document.CONVOCATION, ["mayor"]),
        (LARGE, Document.CONVOCATION, ["mayor"]),
        # CGCT, article L2121-23: the mayor and the secretary of the sitting.
        (SMALL, Document.MINUTES, ["mayor", "secretary"]),
    ],
)
def test_the_law_names_who_signs_in_order(rules, document, roles):
    assert [role for role, _name in signers(document, rules=rules)] == roles


def test_a_role_that_nobody_fills_stays_and_is_missing():
    rule = signature(Document.EXTRACT, rules_of(COUNCIL))
    mayor, director = signatories(rule, [held("Aubry")])
    assert (mayor.name, mayor.missing) == ("Aubry", False)
    assert (director.role, director.name, director.missing) == (Role.DIRECTOR, "", True)


@pytest.mark.parametrize(
    ("people", "signs"),
    [
        ([held("Aubry")], "Aubry"),
        # Who acts is recorded only while the holder is away.
        ([held("Aubry"), held("Bastin", ACTING)], "Bastin"),
        ([held("Aubry"), held("Bastin", DELEGATE, delegation=DECISION)], "Aubry"),
        ([held("Bastin", DELEGATE, delegation=DECISION)], "Bastin"),
        # CDLD, article L1132-4: the delegation is stated above the signature.
        ([held("Bastin", DELEGATE)], ""),
        ([held("Bastin", ACTING), held("Collard", ACTING, since=NEW)], "Collard"),
        ([held("Dumont", office="finance")], ""),
    ],
)
def test_of_several_one_signs(people, signs):
    assert signers(Document.EXTRACT, *people)[0] == ("mayor", signs)
    assert signers(Document.EXTRACT, *reversed(people))[0] == ("mayor", signs)


def test_minutes_are_signed_by_no_delegate():
    delegate = held("Bastin", DELEGATE, delegation=DECISION)
    assert signers(Document.MINUTES, delegate)[0] == ("mayor", "")


def test_the_delegation_goes_with_the_signature():
    rule = signature(Document.EXTRACT, rules_of(COUNCIL))
    delegate = held("Bastin", DELEGATE, delegation=DECISION)
    mayor = signatories(rule, [delegate])[0]
    assert (mayor.capacity, mayor.delegation) == (DELEGATE, DECISION)
    assert may_sign(delegate, rule)
    assert not may_sign(held("Dumont", office="finance"), rule)
