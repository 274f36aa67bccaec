"""The distribution's lists agree with each other."""

from pathlib import Path

import re
import tomllib


ROOT = Path(__file__).parents[2]
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;]+)( ; .+)?$")


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def pins():
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def required():
    """Return the names that setup.py requires, with all extras."""
    text = (ROOT / "setup.py").read_text()
    lists = text[text.index("install_requires") : text.index("entry_points")]
    found = re.findall(r'^\s+"([A-Za-z0-9._-]+)(?:[<>=].*)?",$', lists, re.MULTILINE)
    return {canonical(name) for name in found}


def test_the_list_of_pins_is_dated():
    assert re.match(r"# Pins .*\d{4}-\d\d-\d\d", (ROOT / "constraints.txt").read_text())


def test_a_pin_is_exact():
    assert [line for line in pins() if not PIN.match(line)] == []


def test_what_is_required_is_pinned():
    pinned = {canonical(PIN.match(line)["name"]) for line in pins()}
    assert "plone" in required()
    assert required() - pinned == set()


def test_news_fragments_have_a_known_type():
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["towncrier"]
    types = {each["directory"] for each in tool["type"]}
    fragments = [path.name for path in (ROOT / tool["directory"]).iterdir()]
    assert fragments
    odd = [name for name in fragments if name.split(".")[1] not in types]
    assert odd == []
