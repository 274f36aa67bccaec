"""Who read what is gone is forgotten; that it was read stays (GDPR art. 5.1.e)."""

from dataclasses import replace
from plonegov.core.ops.hashchain import Read
from plonegov.core.ops.hashchain import ReadLog

import json
import pytest


LOG = ReadLog("town")
READ = Read(
    time="2026-11-23T09:00:00.000+00:00",
    action="open_order",
    object="A",
    user="clerk",
    origin="192.0.2.7",
)
ERASER = replace(READ, user="system", origin="", reason="retention")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("PLONEGOV_HOME", str(tmp_path))
    return tmp_path / "audit" / "town"


def write(*names, **values):
    for name in names:
        LOG.append(replace(READ, object=name, **values))


def personal(folder):
    files = sorted(folder.glob("reads-*.personal"))
    lines = [line for file in files for line in file.read_text().splitlines()]
    return [(entry["object"], entry["user"]) for entry in map(json.loads, lines)]


def test_only_the_reads_of_what_is_gone_are_forgotten(folder):
    write("A", "B", "A", "A/act", "C")
    assert LOG.forget({"A", "A/act"}, ERASER) == 3
    assert personal(folder) == [
        ("B", "clerk"),
        ("C", "clerk"),
        ("A A/act", "system"),
    ]
    assert LOG.verify() == []
    chain = (folder / "reads-2026.log").read_text()
    assert chain.count('"open_order"') == 5


def test_forgetting_reaches_back_over_the_years(folder):
    write("A", time="2025-06-01T00:00:00.000+00:00")
    write("A", "B")
    assert LOG.forget({"A"}, ERASER) == 2
    assert [name for name, _ in personal(folder)] == ["B", "A"]
    assert LOG.verify() == []


def test_nothing_to_forget_writes_nothing(folder):
    write("A")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert LOG.forget({"B"}, ERASER) == 0
    assert LOG.forget(set(), ERASER) == 0
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_forgetting_twice_is_forgetting_once(folder):
    write("A", "B")
    assert [LOG.forget({"A"}, ERASER), LOG.forget({"A"}, ERASER)] == [1, 0]
    assert LOG.remembered({"open_order"}) == {"B"}
    assert LOG.verify() == []


def test_many_objects_take_several_entries(folder):
    names = [f"{number:011}" for number in range(100)]
    write(*names)
    assert LOG.forget(set(names), ERASER) == 100
    assert all(len(name) <= 500 for name, _ in personal(folder))
    assert LOG.verify() == []


def test_a_read_taken_out_by_hand_is_noticed_although_others_were_forgotten(folder):
    write("A", "B", "C")
    LOG.forget({"A"}, ERASER)
    file = folder / "reads-2026.personal"
    kept = [
        line for line in file.read_text().splitlines() if '"object":"B"' not in line
    ]
    file.write_text("\n".join(kept) + "\n")
    assert LOG.verify() == [
        "reads-2026.log line 2: its personal part is missing and was never erased."
    ]


def test_a_read_after_the_forgetting_must_be_there(folder):
    write("A")
    LOG.forget({"A"}, ERASER)
    write("A")
    file = folder / "reads-2026.personal"
    file.write_text(file.read_text().splitlines()[0] + "\n")
    assert len(LOG.verify()) == 1


def test_what_is_remembered_is_told_by_the_kind_of_read(folder):
    write("A")
    write("x.csv", action="export_orders")
    assert LOG.remembered({"open_order"}) == {"A"}
    assert LOG.remembered({"open_order", "export_orders"}) == {"A", "x.csv"}
    assert ReadLog("other").remembered({"open_order"}) == set()
