"""A broken profile says file, line, key, what was found and what is allowed."""

from copy import deepcopy
from pathlib import Path
from plonegov.core.municipality.profile import ProfileError
from plonegov.core.testing import FACTS
from plonegov.municipalities.loader.checking import profile_errors
from plonegov.municipalities.loader.folders import find_profiles
from plonegov.municipalities.loader.folders import Profile
from plonegov.municipalities.loader.folders import shadowed_profiles
from plonegov.municipalities.loader.metadata import metadata_errors
from plonegov.municipalities.loader.metadata import unreadable
from plonegov.municipalities.loader.metadata import write_metadata
from plonegov.municipalities.loader.sites import municipality_sites
from plonegov.municipalities.loader.writer import write
from tests.profiles.conftest import application
from tests.profiles.conftest import apply
from tests.profiles.conftest import last_transaction
from tests.profiles.conftest import SVG
from tests.profiles.conftest import write_profile

import json
import os
import pytest
import signal
import subprocess
import sys


BROKENVILLE = deepcopy(FACTS) | {"id": "brokenville"}
DOCUMENT = '{ id = "household", service = "population" }'


@pytest.fixture
def folder(tmp_path, zope):
    """A profile's folder in canonical form, which is in order."""
    path = tmp_path / "brokenville"
    path.mkdir()
    (path / "municipality.toml").write_text(write(BROKENVILLE), encoding="utf-8")
    (path / "metadata.xml").write_text(
        write_metadata(["plonegov.core:default", "plonegov.ordering:default"])
    )
    (path / "emblem.svg").write_text(SVG)
    assert profile_errors(Profile("brokenville", path)) == []
    return path


def replaced(old, new, name="municipality.toml"):
    """Return what breaks a file by replacing a text in it."""

    def break_it(folder):
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return break_it


def removed(name):
    """Return what removes a file."""
    return lambda folder: (folder / name).unlink()


def made_folder(name):
    """Return what puts a folder in a file's place, which nobody can read as a file."""

    def break_it(folder):
        (folder / name).unlink()
        (folder / name).mkdir()

    return break_it


def priced(price):
    line = DOCUMENT.replace(" }", f', price = "{price}" }}')
    return replaced(DOCUMENT, line)


@pytest.mark.parametrize(
    ("break_it", "file", "marked", "key", "found", "allowed"),
    [
        (
            replaced(', nl = "Voorbeeldstad"', ""),
            "municipality.toml",
            "name = ",
            "name",
            "Exempleville",
            "one text for each of interface_languages",
        ),
        (
            replaced(', nl = "Dienst werken"', ""),
            "municipality.toml",
            "Service travaux",
            "services[1].title",
            "Service travaux",
            "one text for each of interface_languages",
        ),
        (
            priced("7.123"),
            "municipality.toml",
            "7.123",
            "documents[1].price",
            "'7.123'",
            "at most two decimals",
        ),
        (
            replaced('id = "household"', 'id = "family-booklet"'),
            "municipality.toml",
            "family-booklet",
            "documents[1].id",
            "family-booklet",
            "one of birth-act, ",
        ),
        (
            replaced("#1f5f3f", "#ffe08a"),
            "municipality.toml",
            "#ffe08a",
            "theme.brand",
            "contrast 1.",
            "a colour with contrast 4.5 or more",
        ),
        (
            replaced("plonegov.ordering:", "plonegov.parking:", "metadata.xml"),
            "metadata.xml",
            "plonegov.parking",
            "dependency",
            "profile-plonegov.parking:default",
            "plonegov.core:default, plonegov.certification:default, "
            "plonegov.deliberations:default, "
            "plonegov.ordering:default",
        ),
        (
            replaced("</dependencies>", "", "metadata.xml"),
            "metadata.xml",
            "</metadata>",
            "",
            "metadata",
            "the add-ons as dependencies",
        ),
        (
            removed("metadata.xml"),
            "metadata.xml",
            None,
            "",
            "metadata.xml",
            "the add-ons as dependencies",
        ),
        (
            removed("emblem.svg"),
            "municipality.toml",
            "emblem = ",
            "theme.emblem",
            "'emblem.svg'",
            "a file in the folder",
        ),
        (
            replaced("<rect", "<script/><rect", "emblem.svg"),
            "municipality.toml",
            "emblem = ",
            "theme.emblem",
            "script",
            "a plain SVG drawing",
        ),
        (
            made_folder("municipality.toml"),
            "municipality.toml",
            None,
            "",
            "Is a directory",
            "may read",
        ),
        (
            replaced('country = "BE"', 'country = BE"'),
            "municipality.toml",
            "country = ",
            "",
            "Invalid value",
            "TOML",
        ),
    ],
)
def test_each_fault_is_told_where_it_stands(
    folder, break_it, file, marked, key, found, allowed
):
    break_it(folder)
    error = profile_errors(Profile("brokenville", folder))[0]
    assert isinstance(error, ProfileError)
    assert (error.file, error.key) == (str(folder / file), key)
    assert found in error.found
    assert allowed in error.allowed
    if marked is not None:
        lines = (folder / file).read_text(encoding="utf-8").splitlines()
        assert marked in lines[error.line - 1]
    for part in (error.file, f"line {error.line}", error.found, error.allowed):
        assert part in str(error)


@pytest.mark.parametrize(
    "break_it",
    [
        replaced("</metadata>", "", "metadata.xml"),
        removed("metadata.xml"),
        made_folder("metadata.xml"),
    ],
)
def test_zope_starts_without_a_profile_that_it_could_not_register(folder, break_it):
    assert unreadable(Profile("brokenville", folder)) is None
    break_it(folder)
    assert unreadable(Profile("brokenville", folder))


def test_the_suites_own_profiles_name_known_add_ons(zope):
    for profile in find_profiles().values():
        assert metadata_errors(profile) == []


def test_the_first_of_two_profiles_wins_and_the_other_is_shown(served, tmp_path):
    first, second = (
        served.home / "profiles" / "sambreville",
        Path(__file__).parents[2] / "profiles" / "sambreville",
    )
    first.mkdir(parents=True)
    text = (second / "municipality.toml").read_text(encoding="utf-8")
    (first / "municipality.toml").write_text(text, encoding="utf-8")
    try:
        code, out, _ = served.run("municipality", "list", "--json")
    finally:
        (first / "municipality.toml").unlink()
        first.rmdir()
    assert code == 0
    row = next(row for row in json.loads(out) if row["id"] == "sambreville")
    assert (row["folder"], row["shadowed"]) == (str(first), [str(second)])


def test_a_profile_that_stands_alone_shadows_nothing(home):
    assert shadowed_profiles()["seneffe"] == []


KILLED = """
from plonegov.municipalities.server import runtime
from plonegov.municipalities.loader.sites import apply_profile

import os
import signal
import sys
import transaction


class Killer:
    \"\"\"Kills the process when a transaction with changes begins to commit.\"\"\"

    def newTransaction(self, transaction):
        pass

    def afterCompletion(self, transaction):
        pass

    def beforeCompletion(self, transaction):
        if app._p_jar._registered_objects:
            os.kill(os.getpid(), signal.SIGKILL)


runtime.start_zope()
with runtime.application() as app:
    killer = Killer()
    transaction.manager.registerSynch(killer)
    apply_profile(app, sys.argv[1])
"""


def test_an_apply_that_is_killed_leaves_nothing_and_the_next_one_all(zope, home):
    town = "killville"
    write_profile(home / "profiles", deepcopy(FACTS) | {"id": town})
    before = last_transaction()
    done = subprocess.run(
        [sys.executable, "-c", KILLED, town],
        env=os.environ,
        capture_output=True,
        timeout=180,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    with application() as app:
        assert town not in municipality_sites(app)
    assert last_transaction() == before
    assert apply(town).created
    again = apply(town)
    assert (again.created, again.changed, again.kept) == (False, (), ())


def test_of_two_applies_at_once_one_makes_the_site_and_the_other_finds_it(served):
    commands = [
        subprocess.Popen(
            [
                Path(sys.executable).with_name("plonegov"),
                *("municipality", "apply", "poitiers", "--json"),
                *("--site", site),
            ],
            env=served.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for site in ("poitiers", "autre")
    ]
    told = [command.communicate(timeout=300) for command in commands]
    assert [command.returncode for command in commands] == [0, 0], told
    outcomes = [json.loads(out) for out, _errors in told]
    assert sorted(outcome["created"] for outcome in outcomes) == [False, True]
    assert len({outcome["site"] for outcome in outcomes}) == 1
    [second] = [outcome for outcome in outcomes if not outcome["created"]]
    assert (second["changed"], second["kept"]) == ([], [])
