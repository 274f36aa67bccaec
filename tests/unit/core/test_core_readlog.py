from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from multiprocessing import get_context
from plonegov.core.errors import ReadLogUnwritable
from plonegov.core.ops import files
from plonegov.core.ops.hashchain import Read
from plonegov.core.ops.hashchain import ReadLog

import json
import pytest


READ = Read(
    time="2026-11-23T09:00:00.000+00:00",
    action="open_order",
    object="7K3M9QXW2RA",
    user="clerk",
    origin="192.0.2.7",
    reason="handling",
)
LOG = ReadLog("town")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("PLONEGOV_HOME", str(tmp_path))
    return tmp_path / "audit" / "town"


def write(count, **values):
    for _ in range(count):
        LOG.append(replace(READ, **values))


def lines(path):
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def change(path, position, **values):
    entries = lines(path)
    entries[position].update(values)
    path.write_text("".join(json.dumps(entry) + "\n" for entry in entries))


def append_in_process(number):
    LOG.append(replace(READ, user=f"clerk-{number}"))


def test_the_chain_knows_no_person(folder):
    write(2)
    chain = (folder / "reads-2026.log").read_text()
    assert "clerk" not in chain and "192.0.2.7" not in chain and "handling" not in chain
    entry = lines(folder / "reads-2026.log")[1]
    assert (entry["number"], entry["action"]) == (2, "open_order")
    assert (entry["object"], entry["time"]) == (READ.object, READ.time)
    personal = lines(folder / "reads-2026.personal")[1]
    assert (personal["user"], personal["origin"]) == ("clerk", "192.0.2.7")
    assert personal["reason"] == "handling"


def test_nobody_can_guess_an_erased_person_by_the_digest(folder):
    write(2)
    one, two = lines(folder / "reads-2026.log")
    assert one["personal"] != two["personal"]
    salts = {entry["salt"] for entry in lines(folder / "reads-2026.personal")}
    assert [len(salt) for salt in salts] == [32, 32]


def test_only_the_owner_may_read_the_log(folder):
    write(1)
    assert folder.stat().st_mode & 0o777 == 0o700
    names = {path.name for path in folder.iterdir()}
    assert names == {"lock", "reads-2026.log", "reads-2026.personal"}
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_an_untouched_log_has_no_problem():
    assert LOG.verify() == []
    write(3)
    assert LOG.verify() == []


def test_the_chain_goes_on_over_the_turn_of_the_year(folder):
    write(2)
    write(1, time="2027-01-01T00:00:00.000+00:00")
    write(1)  # a clock that was late
    write(1, time="2027-01-02T00:00:00.000+00:00")
    assert [entry["number"] for entry in lines(folder / "reads-2027.log")] == [3, 4, 5]
    assert LOG.verify() == []
    (folder / "reads-2026.log").unlink()
    assert LOG.verify() == [
        "reads-2027.log line 1: entries before it are missing or changed."
    ]


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"object": "OTHER"}, "it was changed."),
        ({"time": "2020"}, "it was changed."),
        ({"extra": 1}, "it was changed."),
        ({"number": "x"}, "it can't be read."),
        ({"action": "erase_reads"}, "it can't be read."),
    ],
)
def test_a_changed_entry_is_found(folder, values, problem):
    write(3)
    change(folder / "reads-2026.log", 1, **values)
    assert LOG.verify()[0] == f"reads-2026.log line 2: {problem}"


def test_an_entry_changed_with_its_hash_breaks_the_next(folder):
    write(3)
    chain = folder / "reads-2026.log"
    entry = lines(chain)[0]
    change(chain, 1, previous="", number=1, hash=entry["hash"])
    problems = LOG.verify()
    assert "reads-2026.log line 2: it was changed." in problems
    assert (
        "reads-2026.log line 3: entries before it are missing or changed." in problems
    )


@pytest.mark.parametrize("values", [{"object": "OTHER"}, {"number": 7}])
def test_an_entry_forged_with_its_own_hash_is_found_by_the_next(folder, values):
    write(3)
    chain = folder / "reads-2026.log"
    forged = {**lines(chain)[1], **values}
    del forged["hash"]
    text = json.dumps(forged, sort_keys=True, separators=(",", ":"))
    change(chain, 1, **values, hash=sha256(f"{text}\n".encode()).hexdigest())
    broken = "reads-2026.log line 3: entries before it are missing or changed."
    assert broken in LOG.verify()


def test_an_entry_whose_number_alone_is_forged_is_found(folder):
    write(1)
    chain = folder / "reads-2026.log"
    forged = {**lines(chain)[0], "number": 2}
    del forged["hash"]
    text = json.dumps(forged, sort_keys=True, separators=(",", ":"))
    change(chain, 0, number=2, hash=sha256(f"{text}\n".encode()).hexdigest())
    assert LOG.verify()[0] == (
        "reads-2026.log line 1: entries before it are missing or changed."
    )


@pytest.mark.parametrize("position", [0, 1])
def test_a_removed_entry_is_found(folder, position):
    write(3)
    chain = folder / "reads-2026.log"
    kept = chain.read_bytes().splitlines(keepends=True)
    del kept[position]
    chain.write_bytes(b"".join(kept))
    assert LOG.verify() == [
        f"reads-2026.log line {position + 1}: entries before it are missing or changed."
    ]


def test_a_cut_end_is_restored_from_the_personal_part(folder):
    write(5)
    chain = folder / "reads-2026.log"
    whole = chain.read_bytes()
    chain.write_bytes(b"".join(whole.splitlines(keepends=True)[:2]))
    assert LOG.verify() == []
    assert chain.read_bytes() == whole


def test_a_changed_personal_part_is_found(folder):
    write(2)
    change(folder / "reads-2026.personal", 0, user="somebody else")
    assert LOG.verify() == ["reads-2026.log line 1: its personal part was changed."]


def test_a_personal_part_removed_without_erasure_is_found(folder):
    write(3)
    personal = folder / "reads-2026.personal"
    personal.write_bytes(b"".join(personal.read_bytes().splitlines(keepends=True)[1:]))
    missing = (
        "reads-2026.log line 1: its personal part is missing and was never erased."
    )
    assert LOG.verify() == [missing]
    personal.unlink()
    assert len(LOG.verify()) == 3


def test_a_personal_part_that_can_t_be_read_is_found(folder):
    write(2)
    personal = folder / "reads-2026.personal"
    second = personal.read_bytes().splitlines(keepends=True)[1]
    personal.write_bytes(b"garbage\n" + second)
    assert LOG.verify() == [
        "reads-2026.personal line 1: it can't be read.",
        "reads-2026.log line 1: its personal part is missing and was never erased.",
    ]


def test_what_was_erased_is_gone_and_the_chain_holds(folder):
    write(2)
    write(2, time="2027-03-01T00:00:00.000+00:00", user="keeper")
    eraser = replace(READ, time="2027-06-01T00:00:00.000+00:00", user="records")
    assert LOG.erase("2027-01-01", eraser) == 2
    assert (folder / "reads-2026.personal").read_bytes() == b""
    users = [entry["user"] for entry in lines(folder / "reads-2027.personal")]
    assert users == ["keeper", "keeper", "records"]
    last = lines(folder / "reads-2027.log")[-1]
    assert (last["action"], last["object"]) == ("erase_reads", "2")
    assert LOG.verify() == []
    write(1, time="2027-06-02T00:00:00.000+00:00")
    assert LOG.verify() == []


def test_erasing_nothing_writes_nothing(folder):
    write(1)
    before = (folder / "reads-2026.log").read_bytes()
    assert LOG.erase(READ.time, READ) == 0
    assert (folder / "reads-2026.log").read_bytes() == before


def test_an_erasure_covers_nothing_after_itself(folder):
    write(1)
    write(1, action="erase_reads", object="99")
    write(1)
    (folder / "reads-2026.personal").unlink()
    assert [problem.split(":")[0] for problem in LOG.verify()] == [
        "reads-2026.log line 2",
        "reads-2026.log line 3",
    ]


@pytest.mark.parametrize("left", [0, 1, 40, None])
def test_a_crash_between_the_two_files_is_made_good(folder, left):
    write(2)
    chain = folder / "reads-2026.log"
    whole = chain.read_bytes()
    start = whole.index(b"\n") + 1
    chain.write_bytes(whole[: start + left] if left is not None else whole[:-1])
    write(1)
    assert chain.read_bytes().startswith(whole)
    assert [entry["number"] for entry in lines(chain)] == [1, 2, 3]
    assert LOG.verify() == []


def test_a_crash_in_the_first_line_of_a_year_is_made_good(folder):
    write(1)
    write(1, time="2027-01-01T00:00:00.000+00:00")
    (folder / "reads-2027.log").unlink()
    write(1, time="2027-01-01T00:00:01.000+00:00")
    assert LOG.verify() == []
    personal = folder / "reads-2027.personal"
    personal.write_bytes(personal.read_bytes() + b'{"number": 4, "us')
    write(1, time="2027-01-01T00:00:02.000+00:00")
    assert LOG.verify() == []
    assert [entry["number"] for entry in lines(folder / "reads-2027.log")] == [2, 3, 4]


def test_a_crash_that_left_an_empty_file_is_made_good(folder):
    write(1)
    write(1, time="2027-01-01T00:00:00.000+00:00")
    whole = (folder / "reads-2027.log").read_bytes()
    (folder / "reads-2027.log").write_bytes(whole[:20])
    assert LOG.verify() == []
    assert (folder / "reads-2027.log").read_bytes() == whole


def test_a_file_that_holds_only_an_unfinished_line_begins_anew(folder):
    folder.mkdir(parents=True)
    (folder / "reads-2026.personal").write_bytes(b'{"number": 1')
    write(1)
    assert LOG.verify() == []
    assert len(lines(folder / "reads-2026.log")) == 1


@pytest.mark.parametrize("last", [b"garbage\n", b"{}\n"])
def test_behind_a_damaged_end_nothing_is_read(folder, last):
    write(1)
    with open(folder / "reads-2026.log", "ab") as file:
        file.write(last)
    with pytest.raises(ReadLogUnwritable):
        LOG.append(READ)
    problems = LOG.verify()
    assert problems == [
        "The last entry can't be read.",
        "reads-2026.log line 2: it can't be read.",
    ]


def test_a_log_that_can_t_be_written_refuses_the_read(folder):
    folder.parent.mkdir()
    folder.write_text("a file where the folder should be")
    with pytest.raises(ReadLogUnwritable) as caught:
        LOG.append(READ)
    assert caught.value.status == 503
    with pytest.raises(ReadLogUnwritable):
        ReadLog("../town").append(READ)


def test_long_and_broken_texts_are_kept_within_bounds(folder):
    write(1, user="x" * 5000, reason="\udcff\n\r\x00")
    entry = lines(folder / "reads-2026.personal")[0]
    assert len(entry["user"]) == 500
    assert entry["reason"] == "\udcff\n\r\x00"
    assert LOG.verify() == []


def test_entries_of_threads_and_processes_are_one_chain(folder):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(append_in_process, range(40)))
    with get_context("fork").Pool(4) as processes:
        processes.map(append_in_process, range(40))
    assert [entry["number"] for entry in lines(folder / "reads-2026.log")] == [
        *range(1, 81)
    ]
    assert LOG.verify() == []


@pytest.mark.parametrize("size", [1, 2, 3, 7, 65536])
def test_files_are_read_from_their_end_in_blocks(tmp_path, monkeypatch, size):
    monkeypatch.setattr(files, "BLOCK", size)
    path = tmp_path / "lines"
    for text in (b"", b"a\n", b"one\ntwo\n\nthree\n", b"one\ntwo", b"\n", b"x" * 20):
        path.write_bytes(text)
        expected = [line for line in reversed(text.split(b"\n")) if line]
        assert list(files.lines_backward(path)) == expected
        files.cut_unfinished_line(path)
        assert path.read_bytes() == text[: text.rfind(b"\n") + 1]
