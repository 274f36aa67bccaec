"""What belongs to a decision besides its vote, with the days until which it is due."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from helpers.sittings import COLLEGE
from helpers.sittings import COUNCIL
from helpers.sittings import LARGE
from helpers.sittings import rules_of
from helpers.sittings import SMALL
from plonegov.core.municipality.calendar import WorkingDays
from plonegov.deliberations.domain.errors import NoRuleInForce
from plonegov.deliberations.domain.errors import PartsNotVoted
from plonegov.deliberations.domain.formalities import advice_needed
from plonegov.deliberations.domain.formalities import advice_until
from plonegov.deliberations.domain.formalities import binding_from
from plonegov.deliberations.domain.formalities import budget_rule
from plonegov.deliberations.domain.formalities import check_whole
from plonegov.deliberations.domain.formalities import drafts_online_until
from plonegov.deliberations.domain.formalities import publish_until
from plonegov.deliberations.domain.formalities import signature
from plonegov.deliberations.domain.formalities import supervision
from plonegov.deliberations.domain.formalities import transmit_until
from plonegov.deliberations.domain.model import Asker
from plonegov.deliberations.domain.model import Control
from plonegov.deliberations.domain.model import Document
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.model import Part
from plonegov.deliberations.domain.model import Publication
from plonegov.deliberations.domain.model import Role

import pytest


#: A Thursday.
SITTING = date(2026, 11, 26)
LIST, MINUTES = Publication.LIST, Publication.MINUTES


def told(due):
    return due and (due.day and due.day.isoformat(), due.line.id)


@pytest.mark.parametrize(
    ("set_id", "day", "until"),
    [
        # CDLD L3221-5: five clear days before the sitting, in all towns since 01-10-2023.
        (COUNCIL, SITTING, ("2026-11-20", "drafts_online")),
        (COUNCIL, date(2023, 9, 30), None),
        (COLLEGE, SITTING, None),
        (SMALL, SITTING, None),
    ],
)
def test_drafts_are_online_before_the_sitting(set_id, day, until):
    assert told(drafts_online_until(SITTING, rules_of(set_id, day))) == until


def test_drafts_may_be_due_without_clear_days():
    rules = rules_of(COUNCIL)
    loose = replace(rules.publicity[0], clear_days=None)
    found = drafts_online_until(SITTING, replace(rules, publicity=(loose,)))
    assert found.day == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("set_id", "what", "until"),
    [
        # CGCT L2121-25 and L2121-15: within a week.
        (SMALL, LIST, ("2026-12-03", "list_published")),
        (LARGE, MINUTES, ("2026-12-03", "minutes_published")),
        (COUNCIL, LIST, None),
        (COUNCIL, Publication.DRAFTS, None),
    ],
)
def test_a_meeting_is_published_within_a_week(set_id, what, until):
    assert told(publish_until(what, SITTING, rules_of(set_id))) == until


@pytest.mark.parametrize(
    ("set_id", "day"),
    [
        # CDLD L1133-2: on the fifth day after the posting.
        (COUNCIL, ("2026-12-01", "regulation_binds")),
        (COLLEGE, ("2026-12-01", "regulation_binds")),
        # CGCT L2131-1: publication is not enough.
        (SMALL, None),
    ],
)
def test_a_regulation_binds_on_the_fifth_day(set_id, day):
    assert told(binding_from(SITTING, rules_of(set_id))) == day


def test_a_regulation_that_is_published_may_bind_by_something_else():
    rules = rules_of(COUNCIL)
    rows = [replace(row, binding_day=None) for row in rules.publicity]
    assert binding_from(SITTING, replace(rules, publicity=tuple(rows))) is None


@pytest.mark.parametrize(
    ("set_id", "amount", "needed"),
    [
        # CDLD L1124-40: above 22,000 euros in the text, at the threshold to be safe.
        (COUNCIL, "22000.00", True),
        (COUNCIL, "21999.99", False),
        (COLLEGE, "22000.01", True),
        (COUNCIL, "-30000.00", True),
        (SMALL, "1000000.00", False),
    ],
)
def test_the_finance_director_advises_on_what_is_dear(set_id, amount, needed):
    line = advice_needed(Decimal(amount), rules_of(set_id))
    assert (line is not None) == needed


@pytest.mark.parametrize(
    ("facts", "until", "days"),
    [
        # CDLD L1124-40: ten working days, as many again on request, five when urgent.
        ({}, "2026-12-10", 10),
        ({"extended": True}, "2026-12-24", 20),
        ({"urgent": True}, "2026-12-03", 5),
        ({"urgent": True, "extended": True}, "2026-12-03", 5),
    ],
)
def test_the_finance_director_has_ten_working_days(facts, until, days):
    due = advice_until(SITTING, rules_of(COUNCIL), WorkingDays("BE"), **facts)
    assert told(due) == (until, "advice_due")
    assert due.line.values["days"] == days


def test_where_nobody_advises_nothing_is_due():
    with pytest.raises(NoRuleInForce):
        advice_until(SITTING, rules_of(SMALL), WorkingDays("FR"))


@pytest.mark.parametrize(
    ("set_id", "control", "due", "suspends"),
    [
        # CDLD L3122-2 and L3131-1: fifteen days.
        (
            COUNCIL,
            Control.TRANSMISSION,
            ("2026-12-11", "act_sent_for_transmission"),
            False,
        ),
        (COLLEGE, Control.APPROVAL, ("2026-12-11", "act_sent_for_approval"), True),
        # CGCT L2131-1: no effect before.
        (SMALL, Control.TRANSMISSION, (None, "act_sent"), True),
    ],
)
def test_an_act_goes_to_the_state(set_id, control, due, suspends):
    rules = rules_of(set_id)
    assert told(transmit_until(control, SITTING, rules)) == due
    assert supervision(control, rules).suspends is suspends


def test_a_french_act_needs_no_approval():
    with pytest.raises(NoRuleInForce):
        transmit_until(Control.APPROVAL, SITTING, rules_of(LARGE))


MAYOR, DIRECTOR, SECRETARY = Role.MAYOR, Role.DIRECTOR, Role.SECRETARY


@pytest.mark.parametrize(
    ("set_id", "document", "signers", "delegable"),
    [
        # CDLD L1132-3 and -4: signed and countersigned, a delegation is stated.
        (COUNCIL, Document.ACT, (MAYOR, DIRECTOR), True),
        (COLLEGE, Document.ACT, (MAYOR, DIRECTOR), True),
        (COUNCIL, Document.MINUTES, (MAYOR, DIRECTOR), False),
        (COUNCIL, Document.REGISTER, (MAYOR, DIRECTOR), False),
        (COUNCIL, Document.EXTRACT, (MAYOR, DIRECTOR), True),
        # CGCT L2121-15 and -23: the mayor and the secretary of the sitting.
        (SMALL, Document.ACT, (MAYOR, SECRETARY), False),
        (LARGE, Document.MINUTES, (MAYOR, SECRETARY), False),
        (LARGE, Document.REGISTER, (MAYOR, SECRETARY), False),
        (SMALL, Document.EXTRACT, (MAYOR,), True),
    ],
)
def test_who_signs(set_id, document, signers, delegable):
    row = signature(document, rules_of(set_id))
    assert (row.signers, row.delegable) == (signers, delegable)


@pytest.mark.parametrize(
    ("set_id", "matter", "part", "asker"),
    [
        # CDLD L1122-26: any member, by article; CGCT L2312-2: by chapter.
        (COUNCIL, Matter.BUDGET, Part.ARTICLE, Asker.MEMBER),
        (COUNCIL, Matter.ACCOUNTS, Part.ARTICLE, Asker.MEMBER),
        (SMALL, Matter.BUDGET, Part.CHAPTER, Asker.COUNCIL),
    ],
)
def test_parts_of_a_budget_are_voted_separately(set_id, matter, part, asker):
    row = budget_rule(matter, rules_of(set_id))
    assert (row.part, row.asker) == (part, asker)


@pytest.mark.parametrize(
    ("asked", "voted", "missing"),
    [
        # CDLD L1122-26: the whole comes after the parts that were asked for.
        ([], [], 0),
        (["10401/111-01"], ["10401/111-01"], 0),
        (["10401/111-01"], [], 1),
        (["10401/111-01", "421/140-06"], ["421/140-06"], 1),
        ([], ["421/140-06"], 0),
    ],
)
def test_the_whole_comes_after_its_parts(asked, voted, missing):
    rules = rules_of(COUNCIL)
    if not missing:
        line = check_whole(asked, voted, Matter.BUDGET, rules)
        assert line.values == {"count": len(asked)}
        return
    with pytest.raises(PartsNotVoted) as caught:
        check_whole(asked, voted, Matter.BUDGET, rules)
    assert caught.value.context == {
        "missing": missing,
        "part": "article",
        "parts": ", ".join(each for each in asked if each not in voted),
    }


def test_other_matters_have_no_parts():
    with pytest.raises(NoRuleInForce):
        check_whole([], [], Matter.ORDINARY, rules_of(COUNCIL))
