"""In which line of a TOML file a key stands (``tomllib`` does not say)."""

import re


_TABLE = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(
    r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
    r"""(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*="""
)
_FENCES = ('"""', "'''")


def lines_of(text: str) -> dict[str, int]:
    """Return the line (from 1) of each table and key, by path (``services[0].id``)."""
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    prefix, fence = "", ""
    for number, line in enumerate(text.splitlines(), 1):
        if fence:
            fence = "" if fence in line else fence
            continue
        if table := _TABLE.match(line):
            prefix = _enter(table.group(1), _plain(table.group(2)), counts)
            lines.setdefault(prefix, number)
        elif key := _KEY.match(line):
            path = _join(prefix, _plain(key.group(1)))
            lines.setdefault(path, number)
            value = line[key.end() :]
            fence = next((mark for mark in _FENCES if value.count(mark) == 1), "")
    return lines


def line_of(text: str, path: str) -> int:
    """Return the line of a path, else of the nearest thing around it, else 1."""
    lines = lines_of(text)
    while path:
        if path in lines:
            return lines[path]
        path = re.sub(r"(\[\d+\]|(^|\.)[^.\[\]]+)$", "", path)
    return 1


def _enter(brackets: str, name: str, counts: dict[str, int]) -> str:
    """Return the path of a table's heading; ``counts`` knows the lists of tables."""
    path = ""
    parts = name.split(".")
    for position, part in enumerate(parts):
        path = _join(path, part)
        last = position == len(parts) - 1
        if last and brackets == "[[":
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = f"{path}[{counts[path]}]"
    return path


def _join(prefix: str, name: str) -> str:
    return f"{prefix}.{name}" if prefix else name


def _plain(name: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in name.split("."))
