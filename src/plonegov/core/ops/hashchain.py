"""A log of reads that shows when it was tampered with, and can forget people.

``reads-YYYY.log`` holds one JSON line per read: number, time, action, object, the
digest of its personal part, the hash of the line before (over the turn of the year,
too) and its own hash. The personal part (user, origin, reason, beside a salt) is the
line of the same number in ``reads-YYYY.personal``; it can be erased, and the chain
still holds. A personal line is written and synced first, and what a crash left
unfinished is completed from it before the next read.
"""

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from dataclasses import dataclass
from hashlib import sha256
from itertools import takewhile
from pathlib import Path
from plonegov.core.errors import ReadLogUnwritable
from plonegov.core.ops.files import append_private
from plonegov.core.ops.files import cut_unfinished_line
from plonegov.core.ops.files import lines_backward
from plonegov.core.ops.files import private_opener
from plonegov.core.ops.files import town_folder
from plonegov.core.ops.files import write_private
from typing import Any

import fcntl
import json
import secrets


ERASE = "erase_reads"
FORGET = "forget_reads"
LONGEST = 500  # characters kept of a text
FIRST = {"number": 0, "hash": ""}  # what the first entry follows
UNREADABLE = (ValueError, KeyError, TypeError)  # what a changed line leads to


@dataclass(frozen=True)
class Read:
    """One read that matters; ``time`` is ISO 8601 in UTC.

    ``user``, ``origin`` and ``reason`` are its personal part.
    """

    time: str
    action: str
    object: str
    user: str
    origin: str
    reason: str = ""


class ReadLog:
    """The log of one municipality's reads, for all its processes and threads."""

    def __init__(self, municipality_id: str) -> None:
        self.municipality_id = municipality_id

    def append(self, read: Read) -> None:
        """Write a read and sync it to the disk.

        :raises ReadLogUnwritable: it could not be written, or the log is damaged.
        """
        with self._locked() as folder:
            self._append(folder, read)

    def erase(self, before: str, eraser: Read) -> int:
        """Erase the personal parts of all reads up to the last one before a time.

        The erasure is an entry itself; without anything to erase nothing is written.

        :param before: ISO 8601 in UTC.
        :param eraser: when, by whom, from where and why it is done; its action and
            object are set here.
        :returns: how many were erased.
        :raises ReadLogUnwritable: it could not be written, or the log is damaged.
        """
        with self._locked() as folder:
            entries = list(_entries(folder))
            old = [entry["number"] for entry in entries if entry["time"] < before]
            if not old:
                return 0
            last = max(old)
            fields = asdict(eraser) | {"action": ERASE, "object": str(last)}
            self._append(folder, Read(**fields))
            for file in _personal_files(folder):
                _rewrite(file, lambda entry: entry["number"] > last)
            return sum(entry["number"] <= last for entry in entries)

    def remembered(self, actions: Collection[str]) -> set[str]:
        """Return the objects whose reads of some kinds still have a personal part.

        :raises ReadLogUnwritable: the log could not be read.
        """
        with self._locked() as folder:
            self._complete(folder)
            return {
                entry["object"]
                for entry in _entries(folder)
                if entry["action"] in actions
            }

    def forget(self, objects: Collection[str], eraser: Read) -> int:
        """Erase the personal parts of all reads of some objects.

        Entries of their own name the objects; without anything to erase nothing is
        written.

        :param objects: ids without spaces.
        :param eraser: when, by whom, from where and why it is done; its action and
            object are set here.
        :returns: how many were erased.
        :raises ReadLogUnwritable: it could not be written, or the log is damaged.
        """
        with self._locked() as folder:
            self._complete(folder)
            over = [
                entry
                for entry in _entries(folder)
                if entry["object"] in objects and entry["action"] != FORGET
            ]
            if not over:
                return 0
            for names in _joined(sorted({entry["object"] for entry in over})):
                fields = asdict(eraser) | {"action": FORGET, "object": names}
                self._append(folder, Read(**fields))
            numbers = {entry["number"] for entry in over}
            for file in _personal_files(folder):
                _rewrite(file, lambda entry: entry["number"] not in numbers)
            return len(over)

    def verify(self) -> list[str]:
        """Return what is wrong with the log, one line of English each; [] if nothing.

        :raises ReadLogUnwritable: the log could not be read.
        """
        with self._locked() as folder:
            try:
                self._complete(folder)
            except UNREADABLE:
                return ["The last entry can't be read.", *Verification(folder).problems]
            return Verification(folder).problems

    @contextmanager
    def _locked(self) -> Iterator[Path]:
        """Hold the log's file lock; every failure refuses the read."""
        try:
            folder = town_folder("audit", self.municipality_id)
            with open(folder / "lock", "ab", opener=private_opener) as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                yield folder
        except (OSError, ValueError, KeyError) as error:
            raise ReadLogUnwritable(municipality=self.municipality_id) from error

    def _append(self, folder: Path, read: Read) -> None:
        head = self._complete(folder)
        year = max(_last_year(folder), read.time[:4])
        texts = {key: value[:LONGEST] for key, value in asdict(read).items()}
        entry = {"number": head["number"] + 1, "salt": secrets.token_hex(16), **texts}
        append_private(folder / f"reads-{year}.personal", _line(entry))
        append_private(folder / f"reads-{year}.log", _line(_link(head, entry)))

    def _complete(self, folder: Path) -> dict[str, Any]:
        """Complete what a crash left unfinished; return the last entry."""
        year = _last_year(folder)
        personal, chain = (
            folder / f"reads-{year}.personal",
            folder / f"reads-{year}.log",
        )
        for path in (personal, chain):
            if path.exists():
                cut_unfinished_line(path)
        head = _head(folder)
        if personal.exists():
            newest = map(json.loads, lines_backward(personal))
            ahead = takewhile(lambda entry: entry["number"] > head["number"], newest)
            for entry in reversed(list(ahead)):
                head = _link(head, entry)
                append_private(chain, _line(head))
        return head


class Verification:
    """Goes through a log from its first entry to its last, collecting problems."""

    def __init__(self, folder: Path) -> None:
        self.problems: list[str] = []
        self.head = FIRST
        self.erased = 0
        self.forgotten: dict[str, int] = {}
        self.missing: list[tuple[int, str, str]] = []
        for path in sorted(folder.glob("reads-*.log")):
            self._check_file(path)
        self.problems += [
            f"{place}: its personal part is missing and was never erased."
            for number, name, place in self.missing
            if number > max(self.erased, self.forgotten.get(name, 0))
        ]

    def _check_file(self, path: Path) -> None:
        digests = self._digests(path.with_suffix(".personal"))
        for position, line in enumerate(_lines(path), start=1):
            self._check_line(f"{path.name} line {position}", line, digests)

    def _digests(self, path: Path) -> dict[int, str]:
        """Return the digests of the personal parts that can be read, by number."""
        digests = {}
        for position, line in enumerate(_lines(path), start=1):
            try:
                entry = json.loads(line)
                digests[entry["number"]] = _digest(entry)
            except UNREADABLE:
                place = f"{path.name} line {position}"
                self.problems.append(f"{place}: it can't be read.")
        return digests

    def _check_line(self, place: str, line: bytes, digests: dict[int, str]) -> None:
        try:
            entry = json.loads(line)
            number, stated = int(entry["number"]), entry["hash"]
            wanted = _hash({key: entry[key] for key in entry if key != "hash"})
            follows = entry["previous"] == self.head["hash"]
            personal, erased = entry["personal"], self._erased_by(entry)
            name, forgotten = entry["object"], self._forgotten_by(entry)
        except UNREADABLE:
            self.problems.append(f"{place}: it can't be read.")
            return
        if stated != wanted:
            self.problems.append(f"{place}: it was changed.")
        if not follows or number != self.head["number"] + 1:
            self.problems.append(f"{place}: entries before it are missing or changed.")
        if number not in digests:
            self.missing.append((number, name, place))
        elif digests[number] != personal:
            self.problems.append(f"{place}: its personal part was changed.")
        self.head = {"number": number, "hash": stated}
        self.erased = max(self.erased, erased)
        self.forgotten.update(dict.fromkeys(forgotten, number - 1))

    def _erased_by(self, entry: dict[str, Any]) -> int:
        """Return up to which number an entry says that personal parts were erased."""
        if entry["action"] != ERASE:
            return 0
        return min(int(entry["object"]), int(entry["number"]) - 1)

    def _forgotten_by(self, entry: dict[str, Any]) -> list[str]:
        """Return the objects whose earlier reads an entry says that were forgotten."""
        return entry["object"].split() if entry["action"] == FORGET else []


def _personal_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("reads-*.personal"))


def _entries(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the personal parts that are left, oldest first."""
    for file in _personal_files(folder):
        yield from map(json.loads, _lines(file))


def _joined(objects: list[str]) -> Iterator[str]:
    """Yield the objects with a space in between, as many as an entry can hold."""
    text = ""
    for name in objects:
        if text and len(text) + 1 + len(name) > LONGEST:
            yield text
            text = ""
        text = f"{text} {name}".strip()
    yield text


def _rewrite(file: Path, kept: Callable[[dict[str, Any]], bool]) -> None:
    """Write a file of personal parts anew with those that are kept."""
    texts = map(json.loads, _lines(file))
    write_private(file, b"".join(_line(entry) for entry in texts if kept(entry)))


def _last_year(folder: Path) -> str:
    return max((path.name[6:10] for path in folder.glob("reads-*.*")), default="0000")


def _head(folder: Path) -> dict[str, Any]:
    """Return the last entry of the newest file that has one."""
    for path in sorted(folder.glob("reads-*.log"), reverse=True):
        for line in lines_backward(path):
            entry = json.loads(line)
            return {"number": entry["number"], "hash": entry["hash"]}
    return FIRST


def _link(head: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    """Return the chain's entry for a personal one, after another entry."""
    link = {key: entry[key] for key in ("number", "time", "action", "object")}
    link |= {"personal": _digest(entry), "previous": head["hash"]}
    return {**link, "hash": _hash(link)}


def _lines(path: Path) -> Iterator[bytes]:
    if path.exists():
        with open(path, "rb") as file:
            yield from file


def _line(entry: dict[str, Any]) -> bytes:
    """Return the one way to write an entry; digests are made over it."""
    return json.dumps(entry, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _digest(entry: dict[str, Any]) -> str:
    return sha256(_line(entry)).hexdigest()


_hash = _digest
