"""Who keeps, gets and is told of which orders, and when."""

from datetime import date
from datetime import datetime
from plonegov.ordering.domain.staffing import Absence
from plonegov.ordering.domain.staffing import Clerk
from plonegov.ordering.domain.staffing import digest_due
from plonegov.ordering.domain.staffing import head_of
from plonegov.ordering.domain.staffing import read_settings
from plonegov.ordering.domain.staffing import Returned
from plonegov.ordering.domain.staffing import returned
from plonegov.ordering.domain.staffing import told_of_overdue
from plonegov.ordering.domain.staffing import WorkSettings

import pytest


TODAY = date(2026, 11, 26)
AWAY = WorkSettings(Absence(date(2026, 11, 20), TODAY))
BACK = WorkSettings(Absence(date(2026, 11, 20), date(2026, 11, 25)))
POPULATION = frozenset({"population"})
STAFF = {
    "anne": Clerk("anne", POPULATION),
    "away": Clerk("away", POPULATION, settings=AWAY),
    "back": Clerk("back", POPULATION, settings=BACK),
    "works": Clerk("works", frozenset({"works"})),
    "chief": Clerk("chief", headed=POPULATION),
}


@pytest.mark.parametrize(
    ("user", "why"),
    [
        ("anne", None),
        ("back", None),
        ("away", Returned.AWAY),
        ("works", Returned.GONE),
        ("nobody", Returned.GONE),
        ("chief", Returned.GONE),
    ],
)
def test_an_order_stays_with_a_clerk_of_its_service_who_is_there(user, why):
    assert returned(STAFF, user, "population", TODAY) is why


@pytest.mark.parametrize(
    ("day", "away"),
    [
        (date(2026, 11, 19), False),
        (date(2026, 11, 20), True),
        (date(2026, 11, 26), True),
        (date(2026, 11, 27), False),
    ],
)
def test_the_first_and_the_last_day_are_days_away(day, away):
    assert AWAY.is_away(day) is away


def test_who_said_nothing_is_there():
    assert not WorkSettings().is_away(TODAY)


@pytest.mark.parametrize(
    ("heads", "gets"),
    [
        ((), ""),
        (("anne",), "anne"),
        (("away", "anne"), "anne"),
        (("away",), ""),
        (("nobody", "works", "chief"), ""),
        (("back", "anne"), "back"),
    ],
)
def test_an_overdue_order_goes_to_the_first_head_who_can_work_on_it(heads, gets):
    assert head_of(STAFF, heads, "population", TODAY) == gets


@pytest.mark.parametrize(
    ("user", "heads", "told"),
    [
        ("anne", {}, ["population"]),
        ("anne", {"population": ()}, ["population"]),
        ("anne", {"population": ("chief",)}, []),
        ("chief", {"population": ("chief",)}, ["population"]),
        ("works", {"population": ("chief",)}, ["works"]),
    ],
)
def test_the_head_is_told_of_what_is_overdue_without_one_every_clerk(user, heads, told):
    assert told_of_overdue(STAFF[user], heads) == told


@pytest.mark.parametrize(
    ("local", "working", "told", "due"),
    [
        (datetime(2026, 11, 26, 5, 59), True, None, False),
        (datetime(2026, 11, 26, 6, 0), True, None, True),
        (datetime(2026, 11, 26, 6, 0), True, date(2026, 11, 25), True),
        (datetime(2026, 11, 26, 23, 59), True, TODAY, False),
        (datetime(2026, 11, 28, 8, 0), False, None, False),
    ],
)
def test_the_mail_is_of_working_days_from_six_on_and_once(local, working, told, due):
    assert digest_due(local, working, told) is due


def read(**given):
    faults = []
    settings = read_settings(given, TODAY, faults)
    return settings, [(fault.field, fault.code) for fault in faults]


def test_an_absence_is_two_days_or_none():
    settings, faults = read(away_from="2026-12-01", away_to="2026-12-01", digest=True)
    assert faults == []
    assert settings == WorkSettings(Absence(date(2026, 12, 1), date(2026, 12, 1)))
    assert read() == (WorkSettings(digest=False), [])


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"away_from": "2026-12-01"}, ("away_to", "required")),
        ({"away_to": "2026-12-01"}, ("away_from", "required")),
        (
            {"away_from": "2026-12-02", "away_to": "2026-12-01"},
            ("away_to", "date_too_early"),
        ),
        (
            {"away_from": "2026-11-01", "away_to": "2026-11-25"},
            ("away_to", "date_too_early"),
        ),
        (
            {"away_from": "2026-11-31", "away_to": "2026-12-01"},
            ("away_from", "date_invalid"),
        ),
        (
            {"away_from": "2028-01-01", "away_to": "2028-01-02"},
            ("away_from", "date_too_late"),
        ),
        ({"digest": "often"}, ("digest", "boolean_expected")),
    ],
)
def test_an_absence_that_cannot_be_is_refused(given, wrong):
    assert read(**given) == (None, [wrong])
