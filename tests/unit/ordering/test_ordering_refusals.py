"""What the law refuses is refused at the answer that decides, with reason and source.

BE: old Civil Code, article 29; Royal Decree of 16-07-1992, article 3. FR: decree no.
2017-890, articles 30 and 33.
"""

from dataclasses import replace
from datetime import date
from helpers.intake import CHILD
from helpers.intake import faults
from helpers.intake import file
from helpers.intake import law
from helpers.intake import PARENT
from helpers.intake import request
from helpers.intake import rule
from helpers.intake import terms
from helpers.intake import terms_of
from helpers.intake import TODAY
from plonegov.core.errors import InvalidInput
from plonegov.core.languages import LANGUAGES
from plonegov.ordering.domain.entitlement import decided
from plonegov.ordering.domain.intake import examine
from plonegov.ordering.domain.model import Outcome
from plonegov.ordering.domain.model import Relation
from plonegov.ordering.domain.pool import told

import pytest


def ask(country, document_id, only=None, **changes):
    applicant = {"national_number": ""} if country == "FR" else {}
    payload = request(**{"document": document_id, "answers": {}} | changes)
    payload["applicant"] |= applicant
    return faults(payload, terms_of(country, document_id), only)


DEAD = {"first_name": "Jules", "last_name": "Exemple"}
OLD = dict(PARENT, birth_date="1890-05-06", deceased=True)

#: Document, changes -> what is refused, at the answer that decides.
REFUSED = [
    ("residence", {"relation": "other"}, {"relation": "relation_refused"}),
    ("residence", {"relation": "parent"}, {"relation": "person_refused"}),
    ("birth-act", {"relation": "other"}, {"relation": "person_refused"}),
    ("birth-act", {"relation": "other", "subject": OLD}, {}),
    (
        "marriage-act",
        {"relation": "other"},
        {"answers.marriage_date": "act_refused"},
    ),
    (
        "marriage-act",
        {"relation": "other", "answers": {"marriage_date": "1940-05-06"}},
        {},
    ),
    (
        "nationality-act",
        {"relation": "other", "answers": {"nationality_year": "1920"}},
        {},
    ),
    (
        "nationality-act",
        {"relation": "other", "answers": {"nationality_year": "about 1920"}},
        {"answers.nationality_year": "act_refused"},
    ),
    (
        "nationality-act",
        {"relation": "other", "answers": {"nationality_year": "0000"}},
        {"answers.nationality_year": "act_refused"},
    ),
    (
        "nationality-act",
        {"relation": "other", "answers": {"nationality_year": 1920}},
        {"answers.nationality_year": "act_refused"},
    ),
    (
        "death-act",
        {"relation": "other", "subject": DEAD, "answers": {"form": "extract"}},
        {},
    ),
    (
        "death-act",
        {"relation": "other", "subject": DEAD, "answers": {"form": "copy"}},
        {"answers.form": "act_refused"},
    ),
    (
        "death-act",
        {"relation": "other", "subject": DEAD, "answers": {"form": ["copy"]}},
        {"answers.death_date": "act_refused"},
    ),
    (
        "birth-act",
        {"relation": "cousin", "subject": {}},
        {"relation": "unknown_choice"},
    ),
    (
        "death-act",
        {"relation": "self", "subject": {}},
        {"relation": "relation_not_entitled"},
    ),
    # A wrong person is said first; what the law says of it would be a guess.
    (
        "birth-act",
        {"relation": "other", "subject": dict(PARENT, birth_date="x")},
        {"subject.birth_date": "date_invalid"},
    ),
]


@pytest.mark.parametrize(("document_id", "changes", "wrong"), REFUSED)
def test_the_law_refuses_at_the_answer_that_decides(document_id, changes, wrong):
    changes = {"subject": PARENT} | changes
    assert ask("BE", document_id, **changes) == wrong


def test_a_page_refuses_only_what_no_later_answer_can_mend():
    other = {"relation": "other", "subject": PARENT}
    assert ask("BE", "residence", only=("relation",), relation="other") == {
        "relation": "relation_refused"
    }
    assert ask("BE", "marriage-act", only=("relation", "subject"), **other) == {}
    assert ask("BE", "marriage-act", only=("answers",), **other) == {
        "answers.marriage_date": "act_refused"
    }


def test_a_refusal_says_its_reason_and_source_in_every_language():
    payload = request(relation="other", subject=PARENT)
    with pytest.raises(InvalidInput) as refused:
        examine(payload, terms_of("BE", "residence"), TODAY)
    (fault,) = refused.value.faults
    assert tuple(fault.context["reason"]) == tuple(fault.context["law"]) == LANGUAGES
    assert "16 July 1992" in fault.context["law"]["en"]


def test_who_asks_with_a_mandate_attaches_it_unless_the_act_is_open():
    asked = {"relation": "lawyer", "subject": DEAD}
    copy, extract = {"form": "copy"}, {"form": "extract"}
    missing = {"attachments": "mandate_missing"}
    assert ask("BE", "death-act", **asked, answers=copy) == missing
    assert ask("BE", "death-act", **asked, answers=copy, attachments=[file()]) == {}
    assert ask("BE", "death-act", **asked, answers=extract) == {}


def test_a_death_act_asks_neither_for_the_birth_date_nor_whether_somebody_died():
    asked = {"relation": "spouse", "subject": DEAD, "answers": {"form": "copy"}}
    payload = request(document="death-act", **asked)
    found = examine(payload, terms_of("BE", "death-act"), TODAY)
    assert found.subject.deceased and found.subject.birth_date is None


def test_a_person_of_an_old_act_may_be_born_before_1900():
    assert ask("BE", "birth-act", relation="heir", subject=OLD) == {}
    older = dict(OLD, birth_date="1795-12-31")
    assert ask("BE", "birth-act", relation="heir", subject=older) == {
        "subject.birth_date": "date_too_early"
    }


def test_anyone_may_ask_about_a_minor_what_is_open_to_everybody():
    """FR: decree no. 2017-890, article 33."""
    answers = {"form": "without_filiation"}
    assert (
        ask("FR", "birth-act", relation="other", subject=CHILD, answers=answers) == {}
    )


def test_the_order_keeps_the_verdict_with_its_source():
    payload = request(document="birth-act", relation="spouse", subject=PARENT)
    found = terms_of("BE", "birth-act")
    kept = decided(examine(payload, found, TODAY), found, TODAY)
    assert (kept["relation"], kept["verdict"]) == ("spouse", "proof_needed")
    assert [proof["id"] for proof in kept["proofs"]] == ["legitimate_interest"]
    assert kept["reason"]["id"] == "interest_2025"
    assert "11 November 2024" in kept["law"]["title"]["en"]
    assert (kept["valid_from"], kept["valid_until"]) == ("2025-01-01", None)


def test_a_rule_that_ends_says_so():
    ended = replace(rule(["self"], Outcome.ALLOWED), valid_until=date(2024, 12, 31))
    assert told(ended, "BE")["valid_until"] == "2024-12-31"


def test_a_document_without_rules_is_for_nobody():
    nobody = terms(entitlement=())
    assert (nobody.relations, nobody.named, nobody.mandate_for) == ((), (), ())
    assert faults(request(), nobody) == {"relation": "relation_not_entitled"}
    assert terms(entitlement=law(relations=(Relation.SELF,))).relations == ("self",)
