"""Who may order what by law: a table for each country, with the article in it.

BE: old Civil Code, article 29, as it was until 31-12-2024 and since 01-01-2025 (law of
13-09-2023, Royal Decree of 11-11-2024); Royal Decree of 16-07-1992, article 3. FR:
decree no. 2017-890, articles 30 and 33; Heritage Code, article L. 213-2.
"""

from dataclasses import replace
from datetime import date
from helpers.intake import rule
from helpers.intake import terms_of
from helpers.intake import TODAY
from plonegov.core.languages import LANGUAGES
from plonegov.core.law.dated import in_force
from plonegov.ordering.domain import catalogue
from plonegov.ordering.domain.model import Outcome
from plonegov.ordering.domain.model import Relation
from plonegov.ordering.domain.pool import pool_of
from plonegov.ordering.domain.ruletable import rule_from_plain
from plonegov.ordering.domain.ruletable import rule_to_plain
from plonegov.ordering.domain.verdicts import Facts
from plonegov.ordering.domain.verdicts import needs_acceptance
from plonegov.ordering.domain.verdicts import possible
from plonegov.ordering.domain.verdicts import verdict

import pytest
import re


YES, PROOF, NO = Outcome.ALLOWED, Outcome.PROOF_NEEDED, Outcome.REFUSED
BEFORE = date(2024, 12, 31)
FAMILY = ("spouse", "parent", "child", "heir")
CLOSED_ACTS = ("birth-act", "marriage-act", "recognition-act", "nationality-act")
REGISTER = ("household", "life", "nationality", "residence", "residence-history")


def outcome(country, document_id, relation, day=TODAY, **known):
    """Return verdict and proofs of a relation, with what else is known."""
    rules = terms_of(country, document_id, day).entitlement
    found = verdict(rules, Facts(Relation(relation), day, **known))
    return found and (found.outcome, *found.proofs)


def rows(documents, relations, *rest):
    return [(one, relation, *rest) for one in documents for relation in relations]


#: Belgium since 2025: document, relations, what is known -> verdict, proofs.
BELGIUM = [
    # Article 29, § 1/2, 1°: whose status the act establishes.
    *rows(CLOSED_ACTS, ["self"], {}, (YES,)),
    # 2°: the legal representative; parents represent a minor (article 376).
    *rows(CLOSED_ACTS, ["parent"], {"minor": True}, (YES,)),
    *rows(
        (*CLOSED_ACTS, "death-act"), ["guardian"], {}, (PROOF, "guardianship_judgment")
    ),
    # 3°: spouse, first degree and heirs, with a legitimate interest.
    *rows(CLOSED_ACTS, FAMILY, {"minor": False}, (PROOF, "legitimate_interest")),
    *rows(["death-act"], FAMILY, {"form": "copy"}, (PROOF, "legitimate_interest")),
    # Lawyers and notaries are named no more; a mandate is.
    *rows(CLOSED_ACTS, ["lawyer", "notary", "mandatary"], {}, (PROOF, "mandate")),
    *rows(["death-act"], ["lawyer", "notary", "mandatary"], {}, (PROOF, "mandate")),
    # § 1: open acts.
    *rows(["birth-act"], ["other"], {"drawn_up": date(1926, 11, 21)}, (YES,)),
    *rows(["birth-act"], ["other"], {"drawn_up": date(1926, 11, 22)}, (NO,)),
    *rows(["marriage-act"], ["other"], {"drawn_up": date(1951, 11, 21)}, (YES,)),
    *rows(["marriage-act"], ["other"], {"drawn_up": date(1951, 11, 22)}, (NO,)),
    *rows(["nationality-act"], ["other"], {"drawn_up": date(1925, 12, 31)}, (YES,)),
    *rows(["recognition-act"], ["other"], {"drawn_up": date(1925, 12, 31)}, (YES,)),
    *rows(CLOSED_ACTS, ["other"], {}, (NO,)),
    *rows(["death-act"], ["other", *FAMILY, "lawyer"], {"form": "extract"}, (YES,)),
    *rows(["death-act"], ["other"], {"form": "copy"}, (NO,)),
    *rows(
        ["death-act"],
        ["other", "heir"],
        {"form": "copy", "drawn_up": date(2019, 3, 31)},
        (YES,),
    ),
    *rows(
        ["death-act"], ["other"], {"form": "copy", "drawn_up": date(2019, 3, 30)}, (NO,)
    ),
    *rows(
        ["death-act"],
        ["other"],
        {"form": "copy", "drawn_up": date(1951, 11, 21)},
        (YES,),
    ),
    # CIEC convention no. 16, article 1: the multilingual extract goes with the copy.
    *rows(["death-act"], ["other"], {"form": "multilingual"}, (NO,)),
    *rows(["death-act"], ["self"], {}, None),
    # Royal Decree of 16-07-1992, article 3.
    *rows((*REGISTER, "legal-cohabitation"), ["self"], {}, (YES,)),
    *rows((*REGISTER, "legal-cohabitation"), ["mandatary"], {}, (PROOF, "mandate")),
    *rows((*REGISTER, "legal-cohabitation"), ["other"], {}, (NO,)),
    *rows(REGISTER, ["parent"], {"minor": True}, (YES,)),
    *rows(REGISTER, ["parent"], {"minor": False}, (NO,)),
    *rows(REGISTER, ["parent"], {}, (NO,)),
    *rows(REGISTER, ["guardian"], {}, (PROOF, "guardianship_judgment")),
    *rows(REGISTER, ["spouse", "heir", "lawyer"], {}, None),
    # Code of Criminal Procedure, articles 595 and 596.
    *rows(["criminal-record"], ["self"], {}, (YES,)),
    *rows(["criminal-record"], ["mandatary"], {}, (PROOF, "mandate")),
    *rows(["criminal-record"], ["other"], {}, (NO,)),
    # A signature is set before the official.
    *rows(["legalisation"], ["self"], {}, (YES,)),
    *rows(["legalisation"], ["other"], {}, (NO,)),
]


@pytest.mark.parametrize(("document_id", "relation", "known", "said"), BELGIUM)
def test_belgium_since_2025(document_id, relation, known, said):
    assert outcome("BE", document_id, relation, **known) == said


#: Belgium until 2024 (article 29, § 1, of the law of 18-06-2018).
UNTIL_2024 = [
    *rows(CLOSED_ACTS, ["self"], {}, (YES,)),
    *rows(
        CLOSED_ACTS, ["spouse", "parent"], {}, (PROOF, "family_booklet", "descent_act")
    ),
    *rows(CLOSED_ACTS, ["heir"], {}, (PROOF, "inheritance_certificate", "descent_act")),
    *rows(CLOSED_ACTS, ["lawyer"], {}, (PROOF, "lawyer_letter")),
    *rows(CLOSED_ACTS, ["notary"], {}, (PROOF, "notary_letter")),
    *rows(CLOSED_ACTS, ["other"], {}, (NO,)),
    *rows(["birth-act"], ["other"], {"drawn_up": date(1924, 12, 30)}, (YES,)),
    *rows(["birth-act"], ["other"], {"drawn_up": date(1924, 12, 31)}, (NO,)),
    *rows(["marriage-act"], ["other"], {"drawn_up": date(1949, 12, 30)}, (YES,)),
    *rows(["death-act"], ["other"], {"drawn_up": date(1974, 12, 30)}, (YES,)),
    *rows(["death-act"], ["other"], {"drawn_up": date(1974, 12, 31)}, (NO,)),
    *rows(["death-act"], ["other"], {"form": "extract"}, (NO,)),
    *rows(["death-act"], ["notary"], {}, (PROOF, "notary_letter")),
]


@pytest.mark.parametrize(("document_id", "relation", "known", "said"), UNTIL_2024)
def test_belgium_until_2024(document_id, relation, known, said):
    assert outcome("BE", document_id, relation, BEFORE, **known) == said


def test_before_the_first_rule_nobody_is_told_anything():
    assert outcome("BE", "birth-act", "self", date(2019, 3, 30)) is None


ACTS = ("birth-act", "marriage-act")
PARENTS = (PROOF, "family_booklet", "descent_act")
FRANCE = [
    # Decree no. 2017-890, article 30.
    *rows(ACTS, ["self"], {}, (YES,)),
    *rows(ACTS, ["spouse"], {"form": "full_copy"}, (PROOF, "union_proof")),
    *rows(ACTS, ["parent", "child"], {"form": "with_filiation"}, PARENTS),
    *rows(ACTS, ["guardian"], {}, (PROOF, "guardianship_judgment")),
    *rows(ACTS, ["lawyer"], {}, (PROOF, "lawyer_letter")),
    *rows(ACTS, ["notary"], {}, (PROOF, "notary_letter")),
    *rows(ACTS, ["other"], {"form": "full_copy"}, (NO,)),
    *rows(ACTS, ["other"], {"form": "with_filiation"}, (NO,)),
    *rows(ACTS, ["heir", "mandatary"], {}, None),
    # Article 33.
    *rows(ACTS, ["other", "spouse"], {"form": "without_filiation"}, (YES,)),
    *rows(["death-act"], ["other"], {}, (YES,)),
    *rows(["death-act"], ["spouse"], {}, None),
    # CIEC convention no. 16, article 1.
    *rows(ACTS, ["other"], {"form": "multilingual"}, (NO,)),
    # Heritage Code, article L. 213-2: a register is closed at the end of its year.
    *rows(
        ACTS, ["other"], {"form": "full_copy", "drawn_up": date(1950, 12, 31)}, (YES,)
    ),
    *rows(ACTS, ["other"], {"form": "full_copy", "drawn_up": date(1951, 1, 1)}, (NO,)),
    # Decree no. 74-449, article 14.
    *rows(["family-booklet"], ["self"], {}, (YES,)),
    *rows(["family-booklet"], ["child", "guardian", "other"], {}, (NO,)),
    # CGCT, article L. 2122-30.
    *rows(["legalisation"], ["self"], {}, (YES,)),
    *rows(["legalisation"], ["other"], {}, (NO,)),
    # Civil Code, articles 388-1-1 and 408.
    *rows(["life"], ["self"], {}, (YES,)),
    *rows(["life"], ["parent"], {"minor": True}, (YES,)),
    *rows(["life"], ["parent"], {"minor": False}, (NO,)),
    *rows(["life"], ["guardian"], {}, (PROOF, "guardianship_judgment")),
    *rows(["life"], ["mandatary", "other"], {}, (NO,)),
]


@pytest.mark.parametrize(("document_id", "relation", "known", "said"), FRANCE)
def test_france(document_id, relation, known, said):
    assert outcome("FR", document_id, relation, **known) == said


EVERY = [
    (country, document_id)
    for country in ("BE", "FR")
    for document_id in catalogue.document_ids(country)
]


def test_no_document_is_left_out():
    told_of = {("BE", row[0]) for row in BELGIUM} | {("FR", row[0]) for row in FRANCE}
    assert told_of == set(EVERY)


@pytest.mark.parametrize(("country", "document_id"), EVERY)
def test_a_rule_names_forms_and_dates_that_are_asked_for(country, document_id):
    found = catalogue.entry(country, document_id)
    assert {f'key="{form}"' for one in found.entitlement for form in one.forms} <= set(
        re.findall(r'key="\w+"', found.questions)
    )
    asked = f'name="{found.act_date}"' in found.questions
    assert asked or found.act_date in ("", "subject.birth_date")
    aged = any(one.min_age or one.acts_from for one in found.entitlement)
    assert not aged or found.act_date


@pytest.mark.parametrize(("country", "document_id"), EVERY)
def test_a_rule_is_the_same_after_it_was_kept(country, document_id):
    for one in catalogue.entry(country, document_id).entitlement:
        assert rule_from_plain(rule_to_plain(one)) == one


@pytest.mark.parametrize("country", ["BE", "FR"])
def test_what_is_pooled_is_used_and_stands_in_every_language(country):
    pool = pool_of(country)
    rules = [
        one
        for name in catalogue.document_ids(country)
        for one in catalogue.entry(country, name).entitlement
    ]
    assert set(pool.reasons) == {one.reason for one in rules}
    assert set(pool.laws) == {one.law for one in rules}
    assert set(pool.proofs) == {proof for one in rules for proof in one.proofs}
    texts = [*pool.reasons.values(), *pool.proofs.values()]
    for found in (*texts, *(source.titles for source in pool.laws.values())):
        assert tuple(found) == LANGUAGES
        assert not re.search(r" [:;?!»]|« ", found["fr"]), found["fr"]
    assert all(source.url.startswith("http") for source in pool.laws.values())


def test_what_is_not_known_counts_for_the_strictest():
    rules = terms_of("BE", "death-act").entitlement
    facts = Facts(Relation.OTHER, TODAY)
    assert len(possible(rules, facts)) == 4
    assert verdict(rules, facts).outcome is NO


def test_a_rule_holds_from_its_first_to_its_last_day():
    dated = replace(rule(["self"], YES), valid_until=date(2024, 12, 31))
    assert in_force([dated], date(1992, 7, 15)) == ()
    assert in_force([dated], date(1992, 7, 16)) == (dated,)
    assert in_force([dated], date(2024, 12, 31)) == (dated,)
    assert in_force([dated], date(2025, 1, 1)) == ()


@pytest.mark.parametrize(
    ("relation", "said", "waits"),
    [
        ("self", "allowed", False),
        ("self", "", False),
        ("other", "allowed", False),
        ("other", "proof_needed", True),
        ("parent", "allowed", True),
        ("spouse", "proof_needed", True),
        ("lawyer", "", True),
    ],
)
def test_an_order_waits_for_a_proof_unless_no_link_counts(relation, said, waits):
    assert needs_acceptance(relation, said) is waits
