"""The way through buildout has the same pins and leaves nothing to be committed."""

from collections import Counter
from importlib.metadata import version
from pathlib import Path
from versions import pins
from versions import versions
from zc.buildout import configparser

import pytest


ROOT = Path(__file__).parents[2]
CONSTRAINTS = (ROOT / "constraints.txt").read_text()
PARTS = ("instance", "plonegov", "test")


def sections(name):
    """Return a configuration as buildout reads it on this machine."""
    with (ROOT / name).open() as file:
        return configparser.parse(file, name)


def test_versions_are_those_of_the_one_list():
    written = (ROOT / "versions.cfg").read_text()
    assert written == versions(CONSTRAINTS), "run make docs"


def test_every_pin_reaches_buildout():
    held = Counter(line for named in pins(CONSTRAINTS).values() for line in named)
    lines = [line for line in CONSTRAINTS.splitlines() if "==" in line]
    assert held.total() == len(lines)


def test_what_is_for_this_machine_is_what_is_installed():
    found = sections("versions.cfg")["versions"]
    names = ("plone", "soupsieve", "zc-buildout", "zope")
    assert {name: found[name] for name in names} == {
        name: version(name) for name in names
    }


def test_a_line_that_is_no_pin_is_refused():
    with pytest.raises(ValueError, match="not a pin: plone>=6"):
        versions("# Pins\nplone>=6\n")


def test_the_three_parts_are_made_from_the_pins():
    config = sections("buildout.cfg")
    assert config["buildout"]["extends"] == "versions.cfg"
    assert config["buildout"]["allow-picked-versions"] == "false"
    assert config["buildout"]["parts"].split() == list(PARTS)
    assert [config[part]["scripts"] for part in PARTS] == list(PARTS)


def test_what_buildout_makes_is_not_committed():
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    made = {"/bin/", "/develop-eggs/", "/eggs/", "/parts/", "/.installed.cfg"}
    assert made <= set(ignored)
