"""What a town may use is stated in its profile, checked, and never exceeded."""

from copy import deepcopy
from hypothesis import given
from hypothesis import strategies as st
from pathlib import Path
from plonegov.core.mail.rate import HourlyRate
from plonegov.core.municipality.checks import problems
from plonegov.core.municipality.example import FACTS
from plonegov.core.municipality.model import Limits
from plonegov.core.municipality.profile import build
from plonegov.ordering.domain.attachments import COUNT_LIMIT
from waitress.adjustments import Adjustments

import json
import plonegov.municipalities.server.instance as instance
import pytest
import re


HOUR = 3600
NOW = 1_800_000_000.0
LARGEST = 50 * 1024**2  # bytes: the largest upload_megabytes that is allowed


def with_facts(**changes):
    return deepcopy(FACTS) | changes


def test_a_town_that_states_nothing_has_the_usual_limits():
    assert build(FACTS).limits == Limits(10, 20_000, 600)
    assert Limits().upload_bytes == 10_485_760
    assert Limits().storage_bytes == 20_971_520_000


def test_one_stated_limit_leaves_the_others():
    town = build(with_facts(limits={"upload_megabytes": 25}))
    assert town.limits == Limits(upload_megabytes=25)


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("upload_megabytes", 0, "from 1 to 50"),
        ("upload_megabytes", 51, "from 1 to 50"),
        ("upload_megabytes", "10", "a whole number"),
        ("upload_megabytes", True, "a whole number"),
        ("storage_megabytes", 99, "from 100 to 10000000"),
        ("storage_megabytes", 10_000_001, "from 100 to 10000000"),
        ("mails_per_hour", 0, "from 1 to 100000"),
        ("mails_per_day", 5, "mails_per_hour"),
        ("orders_per_address", 0, "from 1 to 1000"),
        ("orders_per_network", 10_001, "from 1 to 10000"),
    ],
)
def test_a_wrong_limit_says_what_is_allowed(name, value, allowed):
    [problem] = problems(with_facts(limits={name: value}))
    assert problem.key == f"limits.{name}"
    assert allowed in problem.allowed


@pytest.mark.parametrize(
    ("country", "number", "right"),
    [
        ("BE", "0123.456.749", True),
        ("BE", "BE 0123456749", True),
        ("BE", "0123.456.789", False),
        ("BE", "21860194600013", False),
        ("BE", "", False),
        ("LU", "0123.456.749", False),
    ],
)
def test_an_enterprise_number_is_the_countrys(country, number, right):
    found = problems(with_facts(country=country, enterprise_number=number))
    wrong = [problem for problem in found if problem.key == "enterprise_number"]
    assert not wrong if right else "0123.456.749" in wrong[0].allowed


def test_the_largest_order_passes_the_server():
    """Base64 makes four bytes of three; a form's page sends one file as it is."""
    conf = (Path(instance.__file__).parents[1] / "skeleton/zope.conf").read_text()
    [megabytes] = re.findall(r"form-disk-limit (\d+)MB", conf)
    assert int(megabytes) * 1024**2 > LARGEST + 2**20
    assert Adjustments.max_request_body_size > COUNT_LIMIT * LARGEST * 4 / 3 + 2**20
    ini = (Path(instance.__file__).parents[1] / "skeleton/zope.ini").read_text()
    assert "max_request_body_size" not in ini


def test_no_more_leave_than_an_hour_allows(tmp_path):
    rate = HourlyRate(tmp_path, 30)
    assert rate.left(NOW) == 30
    rate.take(NOW, 20)
    assert HourlyRate(tmp_path, 30).left(NOW + 600) == 10
    rate.take(NOW + 600, 10)
    assert rate.left(NOW + HOUR - 1) == 0
    assert rate.left(NOW + HOUR + 60) == 20
    assert rate.left(NOW + HOUR + 660) == 30


def test_what_did_not_leave_counts_no_more(tmp_path):
    rate = HourlyRate(tmp_path, 30)
    rate.take(NOW, 20)
    rate.give_back(NOW, 15)
    assert HourlyRate(tmp_path, 30).left(NOW) == 25
    assert json.loads((tmp_path / "sent.json").read_text()) == {str(int(NOW) // 60): 5}
    assert (tmp_path / "sent.json").stat().st_mode & 0o777 == 0o600


def test_a_smaller_limit_lets_nothing_leave_until_the_hour_is_over(tmp_path):
    HourlyRate(tmp_path, 600).take(NOW, 500)
    assert HourlyRate(tmp_path, 100).left(NOW) == 0


def test_a_clock_that_was_set_back_blocks_nothing_for_long(tmp_path):
    HourlyRate(tmp_path, 10).take(NOW + 10 * HOUR, 10)
    assert HourlyRate(tmp_path, 10).left(NOW) == 10


@given(st.lists(st.tuples(st.integers(0, 600), st.integers(0, 40)), max_size=60))
def test_within_any_hour_never_more_than_the_limit(tmp_path_factory, tries):
    rate, moment, taken = HourlyRate(tmp_path_factory.mktemp("mail"), 50), NOW, []
    for pause, wanted in tries:
        moment += pause
        count = min(wanted, rate.left(moment))
        rate.take(moment, count)
        taken.append((moment, count))
    for start, _ in taken:
        inside = [n for when, n in taken if start <= when < start + HOUR]
        assert sum(inside) <= 50
