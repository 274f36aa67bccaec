"""The reads of one object are found quickly in a long log, and no others."""

from dataclasses import replace
from datetime import date
from plonegov.core.errors import ReadLogUnwritable
from plonegov.core.ops.files import town_folder
from plonegov.core.ops.hashchain import Read
from plonegov.core.ops.hashchain import ReadLog
from plonegov.core.ops.readsearch import reads_of

import json
import pytest
import time


READ = Read(
    "2026-11-23T09:00:00+00:00", "open_order", "7K3M9QXW2RA", "clerk", "", "why"
)
LOG = ReadLog("town")
SINCE = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("PLONEGOV_HOME", str(tmp_path))
    return tmp_path / "audit" / "town"


def write(**values):
    LOG.append(replace(READ, **values))


def test_reads_of_the_object_and_its_parts_are_found_in_order():
    write()
    write(object="7K3M9QXW2RB")
    write(object="7K3M9QXW2RA/0", action="open_file")
    write(object="7K3M9QXW2RA0")
    write(object="x", reason='"object":"7K3M9QXW2RA"')
    assert reads_of("town", READ.object, SINCE) == [
        READ,
        replace(READ, object="7K3M9QXW2RA/0", action="open_file"),
    ]


def test_reads_of_several_years_are_found_from_the_first_on():
    for year in (2024, 2025, 2026):
        write(time=f"{year}-05-05T09:00:00+00:00")
    years = [read.time[:4] for read in reads_of("town", READ.object, date(2025, 9, 9))]
    assert years == ["2025", "2026"]


def test_nothing_read_yet():
    assert reads_of("town", READ.object, SINCE) == []


def test_erased_reads_are_left_out(folder):
    write()
    LOG.forget({READ.object}, replace(READ, user="system"))
    found = reads_of("town", READ.object, SINCE)
    assert [read.action for read in found if read.action == "open_order"] == []
    for file in folder.glob("*.personal"):
        file.write_bytes(b"")
    assert reads_of("town", READ.object, SINCE) == []


def test_a_line_that_is_being_written_is_left_out(folder):
    write()
    file = folder / "reads-2026.personal"
    line = file.read_bytes()
    file.write_bytes(line + line[:-1])
    assert reads_of("town", READ.object, SINCE) == [READ]


def test_a_damaged_line_is_told(folder):
    write()
    file = folder / "reads-2026.personal"
    file.write_bytes(b"[" + file.read_bytes())
    with pytest.raises(ReadLogUnwritable):
        reads_of("town", READ.object, SINCE)


def test_fifty_thousand_lines_are_searched_without_being_read():
    """A third of the time that parsing them takes is allowed; it is far less."""
    path = town_folder("audit", "town") / "reads-2026.personal"
    line = {"salt": "0" * 32, "number": 0, **vars(READ)}
    texts = [
        json.dumps({**line, "object": f"{number % 5000:011}"}, sort_keys=True)
        for number in range(50_000)
    ]
    lines = [text.replace(": ", ":").replace(", ", ",") for text in texts]
    path.write_text("\n".join(lines) + "\n")
    began = time.perf_counter()
    everything = [json.loads(each) for each in path.read_bytes().splitlines()]
    parsing = time.perf_counter() - began
    began = time.perf_counter()
    found = reads_of("town", "00000004999", SINCE)
    searching = time.perf_counter() - began
    assert len(everything) == 50_000
    assert len(found) == 10
    assert searching < parsing / 3
