"""How an order comes to the clerk who enters it, and what its silence means in law."""

from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.languages import LANGUAGES
from plonegov.core.law.tomlfile import LawFileError
from plonegov.ordering.domain.desk import Entry
from plonegov.ordering.domain.desk import read_entry
from plonegov.ordering.domain.model import Channel
from plonegov.ordering.domain.silence import silence
from zoneinfo import ZoneInfo

import pytest


TODAY = date(2026, 11, 26)
BRUSSELS = ZoneInfo("Europe/Brussels")


def read(asked=AssuranceLevel.NONE, **given):
    faults = []
    entry = read_entry(given, asked, TODAY, faults)
    return entry, [(fault.field, fault.code) for fault in faults]


@pytest.mark.parametrize("document", ["identity_card", "passport", "residence_permit"])
def test_who_shows_an_identity_document_is_substantially_known(document):
    entry, faults = read(channel="desk", identity_document=document)
    assert faults == []
    assert entry == Entry(Channel.DESK, TODAY, document)
    assert entry.identity is AssuranceLevel.SUBSTANTIAL


def test_a_paper_says_nothing_of_who_sent_it_and_counts_from_its_receipt():
    entry, faults = read(AssuranceLevel.HIGH, channel="paper", received="2026-11-20")
    assert faults == []
    assert entry == Entry(Channel.PAPER, date(2026, 11, 20))
    assert entry.identity is AssuranceLevel.NONE


def test_an_order_at_the_desk_may_say_that_it_is_of_today():
    entry, faults = read(channel="desk", received="2026-11-26")
    assert (entry.received, faults) == (TODAY, [])


@pytest.mark.parametrize(
    ("given", "asked", "wrong"),
    [
        ({}, "none", ("channel", "required")),
        ({"channel": "web"}, "none", ("channel", "unknown_choice")),
        ({"channel": "paper"}, "none", ("received", "required")),
        (
            {"channel": "paper", "received": "2026-11-27"},
            "none",
            ("received", "date_too_late"),
        ),
        (
            {"channel": "paper", "received": "2025-11-24"},
            "none",
            ("received", "date_too_early"),
        ),
        (
            {"channel": "paper", "received": "2026-11-31"},
            "none",
            ("received", "date_invalid"),
        ),
        (
            {
                "channel": "paper",
                "received": "2026-11-20",
                "identity_document": "passport",
            },
            "none",
            ("identity_document", "identity_on_paper"),
        ),
        (
            {"channel": "desk", "received": "2026-11-25"},
            "none",
            ("received", "received_at_desk"),
        ),
        ({"channel": "desk"}, "email", ("identity_document", "required")),
        (
            {"channel": "desk", "identity_document": "library_card"},
            "none",
            ("identity_document", "unknown_choice"),
        ),
    ],
)
def test_what_cannot_be_is_refused_at_its_question(given, asked, wrong):
    entry, faults = read(AssuranceLevel(asked), **given)
    assert entry is None
    assert faults == [wrong]


def test_the_clock_starts_now_or_at_noon_of_the_day_of_receipt():
    now = datetime(2026, 11, 26, 13, 5, tzinfo=UTC)
    assert Entry(Channel.DESK, TODAY).moment(now, BRUSSELS) == now
    before = Entry(Channel.PAPER, date(2026, 7, 1)).moment(now, BRUSSELS)
    assert before == datetime(2026, 7, 1, 10, tzinfo=UTC)


def test_the_day_is_the_town_s_not_that_of_utc():
    now = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)
    tomorrow = TODAY + timedelta(days=1)
    assert Entry(Channel.DESK, tomorrow).moment(now, BRUSSELS) == now


def test_the_log_keeps_what_was_seen():
    entry = Entry(Channel.DESK, TODAY, "passport")
    assert entry.details() == {
        "received": "2026-11-26",
        "identity_document": "passport",
    }


# --- What silence means (FR: CRPA, articles L231-4 and R112-5) -------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_france_silence_has_a_day_and_a_meaning(language):
    meaning = silence("FR")
    assert meaning.months == 2
    assert "26 janvier" in meaning.text(language, "26 janvier")
    assert meaning.sources and not meaning.verified


@pytest.mark.parametrize(
    ("received", "ends"),
    [
        (date(2026, 11, 26), date(2027, 1, 26)),
        (date(2026, 12, 31), date(2027, 2, 28)),
        (date(2027, 12, 31), date(2028, 2, 29)),
        (date(2026, 10, 31), date(2026, 12, 31)),
    ],
)
def test_two_months_end_on_the_same_day_or_on_the_month_s_last(received, ends):
    assert silence("FR").ends(received) == ends


@pytest.mark.parametrize("country", ["BE", "NL"])
def test_elsewhere_silence_has_no_meaning_that_we_know(country):
    assert silence(country) is None


def test_a_text_without_its_day_is_refused(tmp_path):
    texts = "".join(f'{language} = "Rien"\n' for language in LANGUAGES)
    tmp_path.joinpath("xx.toml").write_text(
        f"[silence]\nmonths = 2\nverified = true\n[silence.texts]\n{texts}"
        '[[silence.sources]]\ntitle = "t"\nurl = "u"\nverified = true\n'
    )
    with pytest.raises(LawFileError, match=r"a text with .day."):
        silence("XX", tmp_path)
