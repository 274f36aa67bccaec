"""In which line of a TOML file a key stands (``tomllib`` does not say).

The text is one that ``tomllib`` could read, so that nothing is checked here.
"""

import re


_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_PART = re.compile(r"""\s*([A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|'[^']*')\s*""")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'",
    re.DOTALL,
)
_BARE = re.compile(r"[^,\]}#\n]+")
_LAST = re.compile(r"(\[\d+\]|(^|\.)[^.\[\]]+)$")


def lines_of(text: str) -> dict[str, int]:
    """Return the line (from 1) of each table and key, by path (``services[0].id``)."""
    return _Scanner(text).scan()


def line_of(text: str, path: str) -> int:
    """Return the line of a path, else of the nearest thing around it, else 1."""
    lines = lines_of(text)
    while path:
        if path in lines:
            return lines[path]
        path = _LAST.sub("", path)
    return 1


class _Scanner:
    """Goes once through the text and notes where each path begins."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.lines: dict[str, int] = {}
        self.counts: dict[str, int] = {}

    def scan(self) -> dict[str, int]:
        prefix = ""
        self.skip()
        while self.position < len(self.text):
            if self.text[self.position] == "[":
                prefix = self.heading()
            else:
                self.assignment(prefix)
            self.skip()
        return self.lines

    def note(self, path: str) -> None:
        self.lines.setdefault(path, self.text.count("\n", 0, self.position) + 1)

    def skip(self) -> None:
        self.position = _SPACE.match(self.text, self.position).end()

    def take(self, mark: str) -> bool:
        """Go past a mark and what is empty around it, if it stands here."""
        self.skip()
        found = self.text.startswith(mark, self.position)
        if found:
            self.position += len(mark)
            self.skip()
        return found

    def key(self) -> list[str]:
        """Go past a dotted key and return its parts."""
        parts = []
        while part := _PART.match(self.text, self.position):
            self.position = part.end()
            parts.append(part.group(1).strip("\"'"))
            if self.text[self.position : self.position + 1] != ".":
                break
            self.position += 1
        return parts

    def heading(self) -> str:
        """Go past ``[table]`` or ``[[list]]`` and return its path."""
        start = self.position
        is_list = self.text.startswith("[[", start)
        self.position += 2 if is_list else 1
        parts = self.key()
        path = ""
        for number, part in enumerate(parts, 1):
            path = _join(path, part)
            if is_list and number == len(parts):
                self.counts[path] = self.counts.get(path, -1) + 1
            if path in self.counts:
                path = f"{path}[{self.counts[path]}]"
        self.position, end = start, self.position
        self.note(path)
        self.position = end + (2 if is_list else 1)
        return path

    def assignment(self, prefix: str) -> None:
        """Go past ``key = value``."""
        start = self.position
        path = ".".join(filter(None, [prefix, *self.key()]))
        end, self.position = self.position, start
        self.note(path)
        self.position = end
        if not self.take("="):
            self.position = len(self.text)
        self.value(path)

    def value(self, path: str) -> None:
        """Go past a value; of arrays and inline tables, note what is in them."""
        if self.take("["):
            number = 0
            while self.position < len(self.text) and not self.take("]"):
                self.note(f"{path}[{number}]")
                self.value(f"{path}[{number}]")
                self.take(",")
                number += 1
        elif self.take("{"):
            while self.position < len(self.text) and not self.take("}"):
                self.assignment(path)
                self.take(",")
        else:
            found = _STRING.match(self.text, self.position) or _BARE.match(
                self.text, self.position
            )
            self.position = found.end() if found else len(self.text)


def _join(prefix: str, name: str) -> str:
    return f"{prefix}.{name}" if prefix else name
