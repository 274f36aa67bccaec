"""How often something was done on a day is counted outside the database."""

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from multiprocessing import get_context
from plonegov.core.errors import LimitReached
from plonegov.core.errors import TallyUnwritable
from plonegov.core.identity.keys import create_key
from plonegov.core.ops.tallies import Tally

import os
import pytest
import shutil
import sqlite3
import stat


TODAY = date(2026, 11, 26)
TALLY = Tally("town")
ADDRESS = "ada@exempleville.example"


@pytest.fixture(autouse=True)
def file(tmp_path, monkeypatch):
    monkeypatch.setenv("PLONEGOV_HOME", str(tmp_path))
    create_key("town")
    return tmp_path / "limits" / "town" / "tally.db"


def take_in_process(number):
    try:
        TALLY.take("orders", ADDRESS, TODAY, 5)
    except LimitReached:
        return 0
    return 1


def test_nothing_was_done_at_first():
    assert TALLY.count("orders", ADDRESS, TODAY) == 0


def test_so_much_and_no_more_may_be_done():
    for _ in range(3):
        TALLY.take("orders", ADDRESS, TODAY, 3)
    with pytest.raises(LimitReached) as refused:
        TALLY.take("orders", ADDRESS, TODAY, 3)
    assert (refused.value.status, refused.value.context) == (429, {"kind": "orders"})
    assert TALLY.count("orders", ADDRESS, TODAY) == 3


@pytest.mark.parametrize(
    "other",
    [
        ("links", ADDRESS, TODAY),
        ("orders", "bea@exempleville.example", TODAY),
        ("orders", ADDRESS, date(2026, 11, 27)),
    ],
)
def test_kinds_subjects_and_days_are_counted_apart(other):
    TALLY.take("orders", ADDRESS, TODAY, 1)
    TALLY.take(*other, 1)
    assert TALLY.count(*other) == 1


def test_towns_are_counted_apart():
    create_key("other")
    TALLY.take("orders", ADDRESS, TODAY, 1)
    Tally("other").take("orders", ADDRESS, TODAY, 1)


def test_what_is_taken_back_may_be_done_again():
    assert TALLY.add("orders", ADDRESS, TODAY) == 1
    assert TALLY.add("orders", ADDRESS, TODAY, -1) == 0
    assert TALLY.add("orders", ADDRESS, TODAY, -1) == 0
    TALLY.take("orders", ADDRESS, TODAY, 1)


def test_days_before_yesterday_are_forgotten():
    for day in (24, 25, 26):
        TALLY.add("orders", ADDRESS, date(2026, 11, day))
    counts = [
        TALLY.count("orders", ADDRESS, date(2026, 11, day)) for day in (24, 25, 26)
    ]
    assert counts == [0, 1, 1]


def test_the_file_is_private_and_names_nobody(file):
    TALLY.add("orders", ADDRESS, TODAY)
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(file.parent).st_mode) == 0o700
    stored = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert b"orders" in stored and b"exempleville" not in stored


def test_processes_count_together():
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        assert sum(pool.map(take_in_process, range(12))) == 5


def test_processes_that_were_forked_count_together():
    assert take_in_process(0) == 1
    with ProcessPoolExecutor(4, mp_context=get_context("fork")) as pool:
        assert sum(pool.map(take_in_process, range(12))) == 4
    assert take_in_process(0) == 0


def test_threads_count_together(file):
    for _ in range(20):
        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(take_in_process, range(12))) == 5
        assert not list(file.parent.glob("*.new"))
        shutil.rmtree(file.parent)


def test_the_file_is_opened_once_and_again_when_it_is_another_one(file, monkeypatch):
    opened, connect = [], sqlite3.connect

    def connecting(path, **kwargs):
        opened.extend([path] if path == file else [])
        return connect(path, **kwargs)

    monkeypatch.setattr(sqlite3, "connect", connecting)
    for _ in range(3):
        TALLY.add("orders", ADDRESS, TODAY)
    with pytest.raises(LimitReached):
        TALLY.take("orders", ADDRESS, TODAY, 3)
    assert opened == [file]
    shutil.rmtree(file.parent)
    assert TALLY.count("orders", ADDRESS, TODAY) == 0
    assert opened == [file, file]


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_cannot_be_counted_is_refused(file, what):
    if what == "folder":
        file.parent.parent.write_text("in the way")
    else:
        file.parent.mkdir(parents=True)
        file.write_bytes(b"no database" * 100)
    with pytest.raises(TallyUnwritable) as refused:
        TALLY.take("orders", ADDRESS, TODAY, 3)
    assert refused.value.status == 503
