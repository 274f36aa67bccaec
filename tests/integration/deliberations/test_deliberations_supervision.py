"""The secretary follows a decision through the supervision of the town."""

from datetime import timedelta
from helpers import councils
from helpers.councils import acting
from plone.namedfile.file import NamedBlobFile
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import InvalidInput
from plonegov.deliberations.api import law
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import store
from plonegov.deliberations.api import supervision
from plonegov.deliberations.api import votes
from plonegov.deliberations.domain.model import Control
from plonegov.deliberations.domain.refusals import NotDecided
from plonegov.deliberations.domain.supervising import Stage
from plonegov.deliberations.domain.supervising import SupervisionOutcome

import pytest


DAY = timedelta(days=1)


@pytest.fixture
def decided(portal):
    councils.add_staff(portal)
    members = councils.seat()
    item, meeting = councils.validated(portal), councils.plan(portal)
    councils.sit(portal, meeting, members, item)
    with acting(portal, "secretary"):
        with pytest.raises(NotDecided):
            supervision.set_control(item, Control.APPROVAL)
        votes.hold_all([item], {"mode": "show_of_hands"}, "accept")
        meetings.change(meeting, "decide")
    return item


def keys(stage):
    return [row["key"] for row in supervision.at(stage)]


def test_a_decision_that_needs_approval(portal, decided):
    """CDLD, article L3131-1: sent within fifteen days, without effect before."""
    key, day = decided.getId(), law.day_of(store.meeting(decided.meeting))
    assert supervision.in_force_since(decided) == day
    assert supervision.send_until(decided) is None
    with acting(portal, "secretary"):
        supervision.set_control(decided, Control.APPROVAL)
        assert (keys(Stage.TO_SEND), keys(Stage.AWAITING)) == ([key], [])
        assert supervision.send_until(decided).day == day + 15 * DAY
        assert supervision.in_force_since(decided) is None
        with pytest.raises(InvalidInput):
            supervision.send(decided, day - DAY)
        supervision.send(decided, day + DAY)
        supervision.complete(decided, day + 2 * DAY, day + 40 * DAY)
        assert (keys(Stage.TO_SEND), keys(Stage.AWAITING)) == ([], [key])
        letter = NamedBlobFile(b"%PDF-1.7", filename="arrete.pdf")
        outcome = SupervisionOutcome.APPROVED
        supervision.answer(decided, day + 9 * DAY, outcome, letter)
    assert keys(Stage.DONE) == [key]
    assert supervision.in_force_since(decided) == day + 9 * DAY
    assert decided.supervision_document.data == b"%PDF-1.7"


def test_what_is_not_supervised_is_not_sent(portal, decided):
    with acting(portal, "secretary"), pytest.raises(InvalidInput) as wrong:
        supervision.send(decided, law.day_of(store.meeting(decided.meeting)))
    assert [fault.field for fault in wrong.value.faults] == ["control"]


@pytest.mark.parametrize("person", ["drafter", "reviewer", "councillor", "citizen"])
def test_the_secretary_alone_enters_it(portal, decided, person):
    with acting(portal, person), pytest.raises(ActionNotAllowed):
        supervision.set_control(decided, Control.TRANSMISSION)
