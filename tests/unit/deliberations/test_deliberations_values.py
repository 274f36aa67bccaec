"""What people write of items and meetings is read strictly."""

from datetime import datetime
from datetime import UTC
from plonegov.deliberations.domain.itemvalues import Choices
from plonegov.deliberations.domain.itemvalues import HTML_LIMIT
from plonegov.deliberations.domain.itemvalues import read_item
from plonegov.deliberations.domain.itemvalues import TITLE_LIMIT
from plonegov.deliberations.domain.meetingvalues import read_meeting
from zoneinfo import ZoneInfo

import pytest


CHOICES = Choices(("finance", "works"), ("ordinary", "budget"), ("M1",))
STARTS = datetime(2026, 12, 14, 19, 0, tzinfo=UTC)


def read(**given):
    faults = []
    found = read_item(given, CHOICES, str.upper, faults)
    return found, [(fault.field, fault.code) for fault in faults]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, {}),
        ({"title": " Budget  2027 "}, {"title": "Budget 2027"}),
        ({"category": "works"}, {"category": "works"}),
        ({"matter": "budget", "privacy": "closed"},) * 2,
        ({"wish": ""}, {"wish": ""}),
        ({"wish": "M1"}, {"wish": "M1"}),
        ({"decision": "<p>a</p>"}, {"decision": "<P>A</P>"}),
        ({"motivation": None}, {"motivation": ""}),
        ({"amount": ""}, {"amount": ""}),
        ({"amount": "22 000.5"}, {"amount": "22000.50"}),
        ({"amount": "0"}, {"amount": "0.00"}),
        ({"amount": "22.000,50"}, {"amount": "22000.50"}),
        ({"amount": "22\N{NO-BREAK SPACE}000,5"}, {"amount": "22000.50"}),
    ],
)
def test_right_values_of_an_item(given, found):
    assert read(**given) == (found, [])


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"title": " "}, ("title", "required")),
        ({"title": "x" * (TITLE_LIMIT + 1)}, ("title", "too_long")),
        ({"category": "unknown"}, ("category", "unknown_choice")),
        ({"category": ""}, ("category", "required")),
        ({"matter": "x"}, ("matter", "unknown_choice")),
        ({"privacy": "secret"}, ("privacy", "unknown_choice")),
        ({"wish": "M2"}, ("wish", "unknown_choice")),
        ({"decision": 5}, ("decision", "text_expected")),
        ({"decision": "x" * (HTML_LIMIT + 1)}, ("decision", "too_long")),
        ({"amount": "much"}, ("amount", "amount_invalid")),
        ({"amount": "-1"}, ("amount", "amount_invalid")),
        ({"amount": "22,000"}, ("amount", "amount_invalid")),
        ({"amount": "22,000,5"}, ("amount", "amount_invalid")),
        ({"amount": "1.005"}, ("amount", "amount_invalid")),
        ({"amount": "NaN"}, ("amount", "amount_invalid")),
        ({"amount": "1e12"}, ("amount", "amount_invalid")),
        ({"state": "accepted"}, ("state", "unknown_key")),
    ],
)
def test_wrong_values_of_an_item(given, fault):
    assert read(**given)[1] == [fault]


def meeting(**given):
    faults = []
    found = read_meeting(given, faults)
    return found, [(fault.field, fault.code) for fault in faults]


def test_right_values_of_a_meeting():
    given = {
        "starts": STARTS,
        "cut_off": None,
        "place": " Maison communale ",
        "call": "2",
        "remote_tool": "Visio",
        "remote_reason": "Neige",
        "fixed_day": True,
    }
    found, faults = meeting(**given)
    assert faults == []
    assert found == {**given, "place": "Maison communale", "call": 2}
    assert meeting(cut_off=STARTS, starts=STARTS)[1] == []
    assert meeting() == ({}, [])


def test_a_moment_is_kept_with_the_offset_of_its_day():
    starts = datetime(2026, 7, 6, 19, 0, tzinfo=ZoneInfo("Europe/Brussels"))
    found, _faults = meeting(starts=starts)
    assert found["starts"].isoformat() == "2026-07-06T19:00:00+02:00"
    assert not isinstance(found["starts"].tzinfo, ZoneInfo)


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"starts": None}, ("starts", "required")),
        ({"starts": "2026-12-14"}, ("starts", "moment_expected")),
        ({"starts": datetime(2026, 12, 14)}, ("starts", "moment_expected")),
        ({"call": 4}, ("call", "number_too_large")),
        ({"call": "x"}, ("call", "whole_number_expected")),
        (
            {"starts": STARTS, "cut_off": STARTS.replace(day=15)},
            ("cut_off", "cut_off_after_meeting"),
        ),
        ({"remote_tool": "Visio"}, ("remote_reason", "required")),
        ({"place": 5}, ("place", "text_expected")),
    ],
)
def test_wrong_values_of_a_meeting(given, fault):
    assert meeting(**given)[1] == [fault]
