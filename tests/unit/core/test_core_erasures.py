"""What was erased is listed outside the database, by ids that name nobody."""

from plonegov.core.ops.erasures import Erasure
from plonegov.core.ops.erasures import keep_erasures
from plonegov.core.ops.erasures import read_erasures

import pytest


TIME = "2026-11-22T12:00:00+00:00"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("PLONEGOV_HOME", str(tmp_path))
    return tmp_path / "erasures"


def test_each_town_has_a_private_log_that_grows(folder):
    first, other = Erasure(TIME, "seneffe", "a1"), Erasure(TIME, "poitiers", "b1")
    keep_erasures([first, other])
    second = Erasure(TIME, "seneffe", "a2")
    keep_erasures([second])
    keep_erasures([])
    assert read_erasures(folder / "seneffe.log") == [first, second]
    assert read_erasures(folder) == [other, first, second]
    assert [path for path in folder.iterdir() if path.stat().st_mode & 0o077] == []


def test_without_a_log_nothing_was_erased(folder):
    assert read_erasures(folder) == []


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "[]",
        '{"uid": "a"}',
        '{"time": "t", "municipality": "../x", "uid": "a"}',
        '{"time": "t", "municipality": "a", "uid": "a", "name": "Ada"}',
    ],
)
def test_a_line_of_something_else_is_named(folder, line):
    keep_erasures([Erasure(TIME, "seneffe", "a1")])
    log = folder / "seneffe.log"
    log.write_text(log.read_text() + line + "\n")
    with pytest.raises(ValueError, match=r"seneffe\.log, line 2"):
        read_erasures(folder)
