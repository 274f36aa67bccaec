"""What is wrong with the facts of a municipality, by the table of ``schema``."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from plonegov.core.municipality import schema
from plonegov.core.municipality.rows import Facts
from plonegov.core.municipality.rows import Key
from plonegov.core.theme import contrast
from typing import Any
from typing import NamedTuple


class Problem(NamedTuple):
    """One wrong key: its path, what was found there, what is allowed."""

    key: str
    found: str
    allowed: str


def problems(facts: Facts) -> list[Problem]:
    """Return what is wrong with facts, whatever file they come from."""
    found = [*_unknown(facts, "", "")]
    for key in schema.SCHEMA:
        for path, holder, name in _places(facts, key.path):
            found.extend(_wrong(key, path, holder, name, facts))
    return found or [*_repeated(facts), *_unreadable(facts)]


def folder_problems(facts: Facts, folder: Path) -> list[Problem]:
    """Return what does not fit between correct facts and the profile's folder."""
    found = []
    if facts["id"] != folder.name:
        found.append(
            Problem("id", repr(facts["id"]), f"the folder's name, {folder.name}")
        )
    emblem = facts["theme"].get("emblem", "")
    if emblem and not (folder / emblem).is_file():
        found.append(
            Problem("theme.emblem", repr(emblem), "the name of a file in the folder")
        )
    return found


def _unknown(table: Facts, path: str, pattern: str) -> Iterator[Problem]:
    """Yield the keys of a table, and of the tables in it, that have no row."""
    known = {
        key.path.removeprefix(pattern): key
        for key in schema.SCHEMA
        if key.path.startswith(pattern)
    }
    names = sorted(name for name in known if "." not in name and "[" not in name)
    for name, value in table.items():
        if name not in names:
            allowed = f"one of {', '.join(names)}"
            yield Problem(f"{path}{name}", "an unknown key", allowed)
        elif any(row.startswith(f"{name}.") for row in known):
            if isinstance(value, dict):
                yield from _unknown(value, f"{path}{name}.", f"{pattern}{name}.")
        elif known[name].kind == "tables" and known[name].holds(value):
            for index, item in enumerate(value):
                below = f"{path}{name}[{index}]."
                yield from _unknown(item, below, f"{pattern}{name}[].")


def _places(facts: Facts, pattern: str) -> Iterator[tuple[str, Facts, str]]:
    """Yield where a row's key stands or should: path, table that holds it, name."""
    found: list[tuple[str, Any]] = [("", facts)]
    *steps, name = pattern.split(".")
    for step in steps:
        below = []
        for path, table in found:
            value = table.get(step.removesuffix("[]"))
            if step.endswith("[]") and isinstance(value, list):
                key = f"{path}{step.removesuffix('[]')}"
                below += [(f"{key}[{n}].", item) for n, item in enumerate(value)]
            else:
                below.append((f"{path}{step}.", value))
        found = [(path, table) for path, table in below if isinstance(table, dict)]
    for path, table in found:
        yield f"{path}{name}", table, name


def _wrong(
    key: Key, path: str, holder: Facts, name: str, facts: Facts
) -> Iterator[Problem]:
    if name not in holder:
        if key.required:
            yield Problem(path, "nothing", key.allowed)
        return
    value = holder[name]
    if not key.holds(value):
        yield Problem(path, repr(value), f"{key.kind_name}: {key.allowed}")
    elif not key.test(value, facts):
        yield Problem(path, repr(value), key.allowed)


def _repeated(facts: Facts) -> Iterator[Problem]:
    for name in ("services", "documents", "bodies"):
        seen: Counter[str] = Counter()
        for index, item in enumerate(facts.get(name, ())):
            seen[item["id"]] += 1
            if seen[item["id"]] > 1:
                path = f"{name}[{index}].id"
                yield Problem(path, f"{item['id']!r} again", "each id once")


def _unreadable(facts: Facts) -> Iterator[Problem]:
    """Yield the pairs of the town's colours that not everybody can read."""
    brand, accent = facts["theme"]["brand"], facts["theme"]["accent"]
    for pair, ratio, needed in contrast.problems(brand, accent):
        key = "accent" if "accent" in pair else "brand"
        yield Problem(
            f"theme.{key}",
            f"{facts['theme'][key]!r} (contrast {ratio}, {pair})",
            f"a colour with contrast {needed} or more there",
        )
