"""The doctor's verdicts on a town, from plain facts."""

from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from plonegov.core.identity.keys import KeyFile
from plonegov.core.mail.outbox import OutboxStatus
from plonegov.core.municipality.example import FACTS
from plonegov.core.municipality.profile import build
from plonegov.municipalities.doctor.check import Check
from plonegov.municipalities.doctor.facts import TownFacts
from plonegov.municipalities.doctor.towns import TOWN_CHECKS

import pytest


NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MB = 1024**2
OLD = KeyFile("a" * 16, NOW - timedelta(days=400), False)
CURRENT = KeyFile("b" * 16, NOW - timedelta(days=12), True)
QUIET = OutboxStatus(due=0, oldest=None, refused=0, sender_missing=False)


def town(**changes):
    return build(deepcopy(FACTS) | changes)


WELL = TownFacts(
    town=town(site_url="https://demarches.exempleville.example"),
    demo=False,
    moment=NOW,
    keys=(OLD, CURRENT),
    keys_problem="",
    stored=0,
    mail=QUIET,
    sent=0,
    log_problems=(),
    emblem_problem="",
)
WAITING = replace(QUIET, due=3, oldest=NOW - timedelta(hours=1))
#: Colours that nobody can read beside each other.
PALE = {"brand": "#ffe08a", "accent": "#b3541e"}


def told(facts):
    return {title: rule(facts) for title, rule in TOWN_CHECKS}


def test_a_town_in_order_is_green_throughout():
    assert {title: (found.ok, found.warn) for title, found in told(WELL).items()} == {
        "keys": (True, False),
        "address": (True, False),
        "limits": (True, False),
        "storage": (True, False),
        "read log": (True, False),
        "look": (True, False),
    }


def test_the_keys_are_named_with_age_and_number():
    note = told(WELL)["keys"].note
    assert note == f"current key {'b' * 16}, 12 days old, private; 1 old"


def test_each_verdict_has_its_mark():
    marks = [Check("a", *verdict).mark for verdict in MARKS]
    assert marks == ["ok", "warn", "BAD"]


MARKS = [(True, ""), (True, "", True), (False, "")]

#: Which check, what differs from a town in order, its verdict, words of its note.
CASES = [
    ("keys", {"keys": (), "keys_problem": "no key"}, (False, False), "no key"),
    ("address", {"town": town()}, (False, False), "site_url = "),
    ("address", {"town": town(), "demo": True}, (True, False), "never leave"),
    ("storage", {"stored": 15_999 * MB}, (True, False), "of 20000 MB (80%)"),
    ("storage", {"stored": 16_000 * MB}, (True, True), "16000.0 of 20000 MB"),
    ("storage", {"stored": 19_999 * MB}, (True, True), "MB"),
    ("storage", {"stored": 20_000 * MB}, (False, False), "limits.storage_megabytes"),
    ("limits", {"sent": 599, "mail": WAITING}, (True, False), "599 of 600 mails"),
    ("limits", {"sent": 600}, (True, False), "600 of 600"),
    ("limits", {"sent": 600, "mail": WAITING}, (True, True), "the others wait"),
    ("read log", {"log_problems": ("line 2",)}, (False, False), "line 2"),
    ("read log", {"log_problems": ("a", "b", "c")}, (False, False), "(and 2 more)"),
    ("look", {"emblem_problem": "the emblem holds"}, (False, False), "emblem"),
    ("look", {"town": town(theme=PALE)}, (False, False), "choose other colours"),
]


@pytest.mark.parametrize(("title", "changes", "verdict", "words"), CASES)
def test_what_is_not_in_order_is_told_with_what_to_do(title, changes, verdict, words):
    found = told(replace(WELL, **changes))[title]
    assert (found.ok, found.warn) == verdict
    assert words in found.note
