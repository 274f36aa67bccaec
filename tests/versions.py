"""Write ``versions.cfg`` for buildout from ``constraints.txt``, the one list of pins.

``python tests/versions.py``, which ``make docs`` calls.
"""

from collections import defaultdict
from pathlib import Path

import re


ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "constraints.txt"
TARGET = ROOT / "versions.cfg"
#: name==version, with a marker (PEP 508) where the pin is not for every machine.
PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^ ;]+)(?: ; (?P<marker>.+))?$")
TITLE = "# Written from constraints.txt by `make docs`; change that file.\n"


def pins(text: str) -> dict[str, dict[str, str]]:
    """Return the pins of a constraints file: marker ("" for none), name, version.

    :raises ValueError: a line is neither a pin nor a comment.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        match = PIN.match(line)
        if match is None:
            raise ValueError(f"not a pin: {line}")
        found[match["marker"] or ""][match["name"]] = match["version"]
    return dict(found)


def versions(text: str) -> str:
    """Return ``versions.cfg`` for a constraints file: a section for each marker."""
    sections = [TITLE]
    for marker, named in sorted(pins(text).items()):
        lines = [f"[versions: {marker}]" if marker else "[versions]"]
        lines += [f"{name} = {version}" for name, version in sorted(named.items())]
        sections.append("\n".join(lines) + "\n")
    return "\n".join(sections)


if __name__ == "__main__":
    TARGET.write_text(versions(SOURCE.read_text()))
