"""Decisions before the authority that supervises the town."""

from datetime import date
from plonegov.deliberations.domain.model import Control
from plonegov.deliberations.domain.supervising import Dossier
from plonegov.deliberations.domain.supervising import dossier_of
from plonegov.deliberations.domain.supervising import enforceable_since
from plonegov.deliberations.domain.supervising import faults_of
from plonegov.deliberations.domain.supervising import row_of
from plonegov.deliberations.domain.supervising import Stage
from plonegov.deliberations.domain.supervising import stage
from plonegov.deliberations.domain.supervising import SupervisionOutcome

import pytest


DECIDED, SENT, COMPLETE = date(2026, 3, 2), date(2026, 3, 10), date(2026, 3, 12)
DUE, ANSWERED, TODAY = date(2026, 4, 11), date(2026, 4, 1), date(2026, 5, 1)
TRANSMISSION, APPROVAL = Control.TRANSMISSION, Control.APPROVAL
OUTCOME = SupervisionOutcome


def dossier(control=None, **values):
    return Dossier(DECIDED, control=control, **values)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (dossier(), Stage.NOTHING),
        (dossier(TRANSMISSION), Stage.TO_SEND),
        (dossier(APPROVAL, sent=SENT), Stage.AWAITING),
        (dossier(APPROVAL, sent=SENT, outcome=OUTCOME.APPROVED), Stage.DONE),
    ],
)
def test_how_far_a_decision_is(found, expected):
    assert stage(found) is expected


@pytest.mark.parametrize(
    ("found", "suspends", "since"),
    [
        (dossier(), False, DECIDED),
        (dossier(), True, DECIDED),
        # CDLD, article L3122-2: it is sent, and holds meanwhile.
        (dossier(TRANSMISSION), False, DECIDED),
        (
            dossier(TRANSMISSION, sent=SENT, outcome=OUTCOME.ANNULLED),
            False,
            None,
        ),
        # CGCT, article L2131-1: it is enforceable once it was sent.
        (dossier(TRANSMISSION), True, None),
        (dossier(TRANSMISSION, sent=SENT), True, SENT),
        # CDLD, article L3131-1: it needs the approval, or the end of the time.
        (dossier(APPROVAL, sent=SENT), True, None),
        (
            dossier(
                APPROVAL, sent=SENT, answered=ANSWERED, outcome=OUTCOME.PARTLY_APPROVED
            ),
            True,
            ANSWERED,
        ),
        (
            dossier(APPROVAL, sent=SENT, answered=ANSWERED, outcome=OUTCOME.REFUSED),
            True,
            None,
        ),
        (
            dossier(APPROVAL, sent=SENT, due=DUE, outcome=OUTCOME.EXPIRED),
            True,
            date(2026, 4, 12),
        ),
        (dossier(APPROVAL, sent=SENT, outcome=OUTCOME.EXPIRED), True, None),
    ],
)
def test_since_when_it_may_be_carried_out(found, suspends, since):
    assert enforceable_since(found, suspends) == since


@pytest.mark.parametrize(
    ("values", "faults"),
    [
        ({}, []),
        (
            {"sent": SENT, "complete": COMPLETE, "due": DUE, "answered": ANSWERED},
            [],
        ),
        ({"sent": date(2026, 3, 1)}, [("sent", "date_too_early")]),
        ({"sent": date(2026, 6, 1)}, [("sent", "date_too_late")]),
        (
            {"sent": SENT, "complete": date(2026, 3, 9)},
            [("complete", "date_too_early")],
        ),
        (
            {"sent": SENT, "answered": date(2026, 3, 9)},
            [("answered", "date_too_early")],
        ),
        ({"outcome": OUTCOME.ANNULLED}, [("outcome", "unknown_choice")]),
    ],
)
def test_each_day_follows_the_one_before(values, faults):
    found = faults_of(dossier(APPROVAL, **values), TODAY)
    assert [(fault.field, fault.code) for fault in found] == faults


def test_what_is_not_supervised_has_no_outcome():
    found = faults_of(dossier(outcome=OUTCOME.APPROVED), TODAY)
    assert [fault.field for fault in found] == ["outcome"]


@pytest.mark.parametrize(
    "found",
    [
        dossier(),
        dossier(
            APPROVAL,
            sent=SENT,
            complete=COMPLETE,
            due=DUE,
            answered=ANSWERED,
            outcome=OUTCOME.APPROVED,
        ),
    ],
)
def test_what_is_kept_is_read_again(found):
    assert dossier_of(DECIDED, row_of(found)) == found
