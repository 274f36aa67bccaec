"""What the public may read of an item, and when."""

from datetime import date
from plonegov.deliberations.domain.agenda import Privacy
from plonegov.deliberations.domain.publishing import is_late
from plonegov.deliberations.domain.publishing import lowered_headings
from plonegov.deliberations.domain.publishing import plain_text
from plonegov.deliberations.domain.publishing import prefecture_of
from plonegov.deliberations.domain.publishing import PublicFacts
from plonegov.deliberations.domain.publishing import Publicity
from plonegov.deliberations.domain.publishing import reference
from plonegov.deliberations.domain.publishing import SCDL
from plonegov.deliberations.domain.publishing import scdl_row
from plonegov.deliberations.domain.publishing import Shown
from plonegov.deliberations.domain.publishing import shown_as
from plonegov.deliberations.domain.refusals import StepRefused
from plonegov.deliberations.domain.states import ItemState
from plonegov.deliberations.domain.states import MeetingState

import pytest


def facts(**changes):
    usual = {
        "publicity": Publicity.PUBLIC,
        "privacy": Privacy.OPEN,
        "state": ItemState.FROZEN,
        "meeting": MeetingState.CONVENED,
    }
    return PublicFacts(**{**usual, **changes})


DECIDED = {"state": ItemState.ACCEPTED, "meeting": MeetingState.DECIDED}


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({}, Shown.DRAFT),
        ({"state": ItemState.ACCEPTED, "meeting": MeetingState.SITTING}, Shown.DRAFT),
        (DECIDED, Shown.DECISION),
        ({"state": ItemState.REFUSED, "meeting": MeetingState.CLOSED}, Shown.DECISION),
        ({**DECIDED, "state": ItemState.POSTPONED}, Shown.DRAFT),
        ({**DECIDED, "publicity": Publicity.NONE, "released": True}, Shown.DECISION),
    ],
)
def test_a_draft_comes_before_the_sitting_the_decision_after(changes, shown):
    assert shown_as(facts(**changes)) is shown


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"state": ItemState.WITHDRAWN}, "item_withdrawn"),
        ({"privacy": Privacy.CLOSED}, "item_not_public"),
        ({**DECIDED, "privacy": Privacy.CLOSED, "released": True}, "item_not_public"),
        ({"publicity": Publicity.NONE}, "body_not_public"),
        ({"publicity": Publicity.NONE, "released": True}, "body_not_public"),
        ({"meeting": None}, "not_yet_public"),
        ({"meeting": MeetingState.CREATED}, "not_yet_public"),
        ({"meeting": MeetingState.CANCELLED}, "not_yet_public"),
        ({"title": False}, "public_text_missing"),
        ({"text": False}, "public_text_missing"),
    ],
)
def test_what_is_not_public_is_refused(changes, code):
    with pytest.raises(StepRefused) as refused:
        shown_as(facts(**changes))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>Un</p><p>Deux&nbsp;&amp; trois</p>", "Un Deux & trois"),
        ("<ul><li>a</li><li>b</li></ul>", "a b"),
    ],
)
def test_the_words_of_html_are_parted(html, text):
    assert plain_text(html) == text


def test_a_row_of_the_open_data_has_the_columns_of_the_schema():
    row = scdl_row({"COLL_NOM": "Seneffe", "VOTE_POUR": 12})
    assert len(row) == len(SCDL) == 17
    assert (row[0], row[1], row[13]) == ("Seneffe", "", "12")
    with pytest.raises(KeyError):
        scdl_row({"VOTE_ABST": 1})


def test_a_decision_is_named_by_its_number_a_draft_by_its_key():
    assert reference("council", (2026, 12), "ABC") == "council-2026-12"
    assert reference("council", (), "ABC") == "council-abc"


@pytest.mark.parametrize(
    ("online", "due", "late"),
    [
        (date(2026, 12, 4), date(2026, 12, 4), False),
        (date(2026, 12, 5), date(2026, 12, 4), True),
        (date(2026, 12, 5), None, False),
    ],
)
def test_a_draft_after_the_last_day_is_late(online, due, late):
    """CDLD, article L3221-5: the law's last day is still in time."""
    assert is_late(online, due) is late


@pytest.mark.parametrize(
    ("country", "code", "prefecture"),
    [
        ("FR", "86194", "PREF086"),
        ("FR", "2A004", "PREF02A"),
        ("FR", "97105", "PREF971"),
        ("FR", "", ""),
        ("BE", "52063", ""),
    ],
)
def test_the_prefecture_is_that_of_the_department(country, code, prefecture):
    assert prefecture_of(country, code) == prefecture


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<h1>A</h1><h1>B</h1>", "<h2>A</h2><h2>B</h2>"),
        (
            "<h3>A</h3><h5 id='x'>B</h5><h3>C</h3>",
            "<h2>A</h2><h3 id='x'>B</h3><h2>C</h2>",
        ),
        ("<H4>A</H4><h2>B</h2><h6>C</h6>", "<h2>A</h2><h2>B</h2><h3>C</h3>"),
        ("<p>h1 > <hr></p>", "<p>h1 > <hr></p>"),
    ],
)
def test_headings_of_a_text_follow_those_of_the_page(html, shown):
    assert lowered_headings(html) == shown


def test_headings_come_below_the_one_that_is_named():
    html = "<h1>a</h1><h3>b</h3><h1>c</h1>"
    assert lowered_headings(html, 3) == "<h4>a</h4><h5>b</h5><h4>c</h4>"
