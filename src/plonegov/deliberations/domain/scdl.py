"""Past decisions as a file of open data holds them, read strictly row by row.

SCDL deliberations 2.1.4: https://schema.data.gouv.fr/scdl/deliberations/2.1.4. What is
wrong with a file or a row is told in English, since commands read them.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from plonegov.core.identity.errors import InvalidValue
from plonegov.core.typed.text import clean_line
from plonegov.deliberations.domain.categories import categories
from plonegov.deliberations.domain.publishing import SCDL
from urllib.parse import urlsplit

import csv
import re


#: Columns without which a file tells nothing of a decision.
REQUIRED = ("DELIB_ID", "DELIB_DATE", "DELIB_MATIERE_CODE", "DELIB_OBJET")

#: What of a row the town's own records have no place for; it is kept as it stands.
KEPT = ("BUDGET_ANNEE", "BUDGET_NOM", "PREF_ID", "PREF_DATE", "DELIB_URL")

DELIMITERS = ";,"
ID_LIMIT, TITLE_LIMIT, OTHER_LIMIT = 100, 500, 1000
LIMITS = {
    "DELIB_ID": ID_LIMIT,
    "DELIB_OBJET": TITLE_LIMIT,
    **dict.fromkeys(KEPT, OTHER_LIMIT),
}
#: More members no body has.
MOST = 1000
EARLIEST = date(1790, 1, 1)

PATTERNS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "COLL_SIRET": (re.compile(r"\d{14}", re.ASCII), "14 digits"),
    "DELIB_MATIERE_CODE": (
        re.compile(r"\d\.\d{1,2}", re.ASCII),
        "a code of the nomenclature ACTES, such as 7.1",
    ),
    "BUDGET_ANNEE": (
        re.compile(r"\d{4}(/\d{4})?", re.ASCII),
        "a year, such as 2026, or 2026/2027",
    ),
}
#: The columns of the votes, and how the town's own results name them.
VOTES = {
    "VOTE_POUR": "in_favour",
    "VOTE_CONTRE": "against",
    "VOTE_ABSTENTION": "abstained",
}
NUMBERS = ("VOTE_EFFECTIF", "VOTE_REEL", *VOTES)
#: Who took part, but of whom the file says no vote.
UNSAID = "unsaid"
#: The subject of a code of the nomenclature that no category has, by its first digit.
FALLBACK = "various"

_NUMBER = re.compile(r"(?<!\d)\d{1,6}$", re.ASCII)


class FileWrong(ValueError):
    """A file that can't be read at all; it says what would be right."""


@dataclass(frozen=True)
class Refused:
    """A row that is not taken: its line in the file (from 1, the header's), its
    DELIB_ID as far as it is one, the column, and what would be right."""

    line: int
    id: str
    column: str
    reason: str


@dataclass(frozen=True)
class Decision:
    """A past decision.

    ``number`` is that of its DELIB_ID (0: it has none); ``members`` how many were
    entitled to vote (0: not said), ``counts`` the votes; ``kept`` the other columns.
    """

    line: int
    id: str
    day: date
    code: str
    title: str
    number: int = 0
    members: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)


def header_of(line: str) -> tuple[list[str], str]:
    """Return the columns of a file and its delimiter, from its first line.

    :raises FileWrong: it is no header of such a file.
    """
    found = []
    for delimiter in DELIMITERS:
        names = next(csv.reader([line], delimiter=delimiter), [])
        columns = [name.strip().upper() for name in names]
        if set(REQUIRED) <= set(columns):
            found.append((columns, delimiter))
    if not found:
        wanted = ", ".join(REQUIRED)
        raise FileWrong(
            f"its first line must name the columns, {wanted} among them, parted by "
            "semicolons or commas"
        )
    columns, delimiter = found[0]
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        raise FileWrong(f"each column may be there once, but {twice[0]} is there twice")
    return columns, delimiter


def unknown_columns(columns: Iterable[str]) -> list[str]:
    """Return the columns that SCDL does not know; they are passed over."""
    return [name for name in columns if name not in SCDL]


def decisions(
    lines: Iterable[str], siret: str = "", today: date = date.max
) -> Iterator[Decision | Refused]:
    """Yield the decisions of a file and the rows that are refused, in its order.

    :param lines: of the file, as text with their ends.
    :param siret: the town's; rows of others are refused where both are known.
    :param today: no decision is later.
    :raises FileWrong: it is no such file.
    """
    rest = iter(lines)
    columns, delimiter = header_of(next(rest, ""))
    reader = csv.reader(rest, delimiter=delimiter, strict=True)
    seen: set[str] = set()
    while True:
        line = reader.line_num + 2
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield Refused(line, "", "", f"a row of a CSV file ({error})")
            continue
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            found = _row(line, columns, cells, siret, today)
            if isinstance(found, Decision) and found.id in seen:
                found = Refused(line, found.id, "DELIB_ID", "each DELIB_ID once")
            seen.add(found.id)
            yield found


def subject_of(code: str) -> str:
    """Return the category that a code of the nomenclature ACTES stands for: the one with
    this code, else the first one of its chapter."""
    known = categories()
    same = [name for name, category in known.items() if category.code == code]
    chapter = [
        name
        for name, category in known.items()
        if category.code.partition(".")[0] == code.partition(".")[0]
    ]
    return next(iter([*same, *chapter, FALLBACK]))


def _row(
    line: int, columns: list[str], cells: list[str], siret: str, today: date
) -> Decision | Refused:
    values = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
    found = values.get("DELIB_ID", "")[:ID_LIMIT]
    if len(cells) != len(columns):
        return Refused(line, found, "", f"{len(columns)} cells, not {len(cells)}")
    for column, reason in _faults(values, siret, today):
        return Refused(line, found, column, reason)
    counts, members = _votes(values)
    return Decision(
        line=line,
        id=values["DELIB_ID"],
        day=date.fromisoformat(values["DELIB_DATE"]),
        code=values["DELIB_MATIERE_CODE"],
        title=clean_line(values["DELIB_OBJET"], TITLE_LIMIT),
        number=_number(values["DELIB_ID"]),
        members=members,
        counts=counts,
        kept={name: values[name] for name in KEPT if values.get(name)},
    )


def _faults(
    values: Mapping[str, str], siret: str, today: date
) -> Iterator[tuple[str, str]]:
    for column in REQUIRED:
        if not values[column]:
            yield column, "something: this column may not be empty"
    for column, limit in LIMITS.items():
        try:
            clean_line(values.get(column, ""), limit)
        except InvalidValue:
            yield column, f"one line of at most {limit} characters"
    for column, (pattern, allowed) in PATTERNS.items():
        if values.get(column) and not pattern.fullmatch(values[column]):
            yield column, allowed
    if siret and values.get("COLL_SIRET", siret) not in ("", siret):
        yield "COLL_SIRET", f"the town's own, {siret}"
    yield from _wrong_days(values, today)
    if values.get("DELIB_URL") and not _is_address(values["DELIB_URL"]):
        yield "DELIB_URL", "an address that begins with https:// or http://"
    yield from _wrong_votes(values)


def _wrong_days(values: Mapping[str, str], today: date) -> Iterator[tuple[str, str]]:
    for column in ("DELIB_DATE", "PREF_DATE"):
        if values.get(column):
            day = _day(values[column])
            if day is None:
                yield column, "a date written YYYY-MM-DD"
            elif not EARLIEST <= day <= today:
                yield column, f"a date from {EARLIEST} to {today}"


def _wrong_votes(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for column in NUMBERS:
        if _count(values.get(column, "")) is None:
            yield column, f"a whole number from 0 to {MOST}"
    counts, members = _votes(values)
    if members and sum(counts.values()) > members:
        yield "VOTE_EFFECTIF", f"no fewer than the votes, {sum(counts.values())}"
    took_part = _count(values.get("VOTE_REEL", ""))
    votes = sum(_count(values.get(name, "")) or 0 for name in VOTES)
    if took_part and votes > took_part:
        yield "VOTE_REEL", f"no fewer than the votes, {votes}"


def _votes(values: Mapping[str, str]) -> tuple[dict[str, int], int]:
    counts = {
        name: _count(values[column]) or 0
        for column, name in VOTES.items()
        if values.get(column)
    }
    more = (_count(values.get("VOTE_REEL", "")) or 0) - sum(counts.values())
    if more > 0:
        counts[UNSAID] = more
    return counts, _count(values.get("VOTE_EFFECTIF", "")) or 0


def _count(text: str) -> int | None:
    """Return a count, 0 for an empty cell, None for what is none."""
    if not text:
        return 0
    if not (text.isascii() and text.isdigit()) or len(text) > 4 or int(text) > MOST:
        return None
    return int(text)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _number(text: str) -> int:
    """Return the number at the end of an id, 0 where there is none (or a whole date)."""
    found = _NUMBER.search(text)
    return int(found.group()) if found else 0


def _is_address(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and bool(parts.netloc)
