"""The page of a vote lets a college call in a councillor after equal votes."""

from helpers import councils
from helpers.desk import Desk
from plonegov.deliberations.api import attendance

import pytest
import transaction


@pytest.fixture
def tied(portal):
    """The page of an item on which a college of four voted equally."""
    councils.add_staff(portal)
    councils.seat()
    members = councils.seat("college", councils.NAMES[:4])
    meeting = councils.plan(portal, "college")
    item = councils.validated(portal, "college")
    councils.sit(portal, meeting, members, item)
    transaction.commit()
    desk = Desk(portal.absolute_url(), "secretary")
    desk.open(f"{item.absolute_url()}/item-vote")
    assert "call_in" not in desk.verbs()
    against = {f"choice.{member}": "against" for member in members[2:]}
    desk.press("hold", **against)
    return meeting, item, desk


def test_a_councillor_who_is_called_in_votes_on_the_item(tied):
    """CDLD, article L1123-22."""
    meeting, item, desk = tied
    transaction.begin()
    [evrard] = [one for one in attendance.callable_in(meeting) if one.title == "Evrard"]
    desk.press("call_in", councillor=evrard.UID())
    assert desk.status == 200
    transaction.begin()
    assert attendance.called_in(meeting, item) == {evrard.UID()}
    assert desk.tree.xpath(f"//*[@name='choice.{evrard.UID()}']")


def test_who_names_no_councillor_is_told_so(tied):
    _meeting, _item, desk = tied
    desk.press("call_in", councillor="")
    assert desk.status == 400
    assert "Councillor who is called in" in desk.wrong
