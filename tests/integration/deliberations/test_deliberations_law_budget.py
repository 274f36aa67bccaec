"""A budget: the parts on which a separate vote was asked for come before the whole."""

from helpers import councils
from helpers.councils import acting
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import PlonegovError
from plonegov.core.ops.texts import text_of
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import items
from plonegov.deliberations.api import separate
from plonegov.deliberations.api import votes

import pytest


FOR_ALL = {"mode": "show_of_hands"}
ARTICLE = "10401/111-01"


@pytest.fixture
def members(portal):
    councils.add_staff(portal)
    return councils.seat()


def sat_on(portal, members, matter="budget"):
    item = councils.validated(portal, matter=matter)
    councils.sit(portal, councils.plan(portal), members, item)
    return item


def refused(call, *arguments, **values):
    with pytest.raises(PlonegovError) as found:
        call(*arguments, **values)
    return found.value


def test_the_whole_is_refused_until_its_parts_are_voted(portal, members):
    """CDLD, article L1122-26."""
    item = sat_on(portal, members)
    with acting(portal, "secretary"):
        for part in (ARTICLE, "421/140-06", ARTICLE):
            assert separate.ask(item, part, member=members[1])
        assert separate.missing(item) == [ARTICLE, "421/140-06"]
        votes.hold(item, {**FOR_ALL, "label": ARTICLE})
        error = refused(votes.hold, item, FOR_ALL)
        assert (error.code, error.context["parts"]) == ("parts_not_voted", "421/140-06")
        assert "${parts}" in text_of(error.code).default
        # A part that is rejected was voted on all the same.
        against = dict.fromkeys(members[:5], "against")
        votes.hold(item, {**FOR_ALL, "label": "421/140-06", "exceptions": against})
        row = votes.hold(item, FOR_ALL)
        assert row["result"]["trace"][0]["id"] == "parts_voted"
        assert set(row["result"]["trace"][0]["text"]) == {"fr", "nl", "en", "es"}
        items.change(item, "accept")


def test_a_run_of_items_does_not_pass_over_the_parts(portal, members):
    item = sat_on(portal, members, "accounts")
    with acting(portal, "secretary"):
        separate.ask(item, ARTICLE, member=members[0])
        assert refused(votes.hold_all, [item], FOR_ALL, "accept").code == (
            "parts_not_voted"
        )
    assert (item.state, item.ballots.rows) == ("frozen", ())


def test_without_a_request_one_vote_on_the_whole_is_enough(portal, members):
    item = sat_on(portal, members)
    with acting(portal, "secretary"):
        assert votes.hold(item, FOR_ALL)["carried"]
        error = refused(separate.ask, item, ARTICLE, member=members[0])
        assert error.code == "whole_voted"
        votes.take_back(item, 0)
        separate.ask(item, ARTICLE, member=members[0])


def test_who_is_not_there_asks_nothing(portal, members):
    item = sat_on(portal, members[:5])
    with acting(portal, "secretary"):
        error = refused(separate.ask, item, ARTICLE, member=members[6])
        assert error.code == "member_not_entitled"
        for wrong in (" ", "x" * 101):
            with pytest.raises(InvalidInput):
                separate.ask(item, wrong, member=members[0])
    with acting(portal, "drafter"), pytest.raises(ActionNotAllowed):
        separate.ask(item, ARTICLE, member=members[0])
    assert separate.asked_of(item) == []


def test_other_matters_have_no_parts(portal, members):
    item = sat_on(portal, members, "ordinary")
    with acting(portal, "secretary"):
        error = refused(separate.ask, item, ARTICLE, member=members[0])
    assert error.code == "no_rule_in_force"


def test_a_french_council_decides_itself_to_vote_by_chapter(portal, members):
    """CGCT, article L2312-2."""
    bodies.get("council").rules = "fr-3500-and-over"
    item = sat_on(portal, members)
    with acting(portal, "secretary"):
        assert not separate.ask(item, "Chapitre 011", in_favour=3, against=4)
        assert separate.asked_of(item) == []
        error = refused(separate.ask, item, "Chapitre 011", in_favour=6, against=2)
        assert error.code == "too_many_votes"
        assert separate.ask(item, "Chapitre 011", in_favour=4, against=3)
        assert refused(votes.hold, item, FOR_ALL).code == "parts_not_voted"
