"""A broken municipality.toml is refused with file, line, key and what is allowed."""

from copy import deepcopy
from pathlib import Path
from plonegov.core.municipality.checks import problems
from plonegov.core.municipality.example import FACTS
from plonegov.core.municipality.locate import line_of
from plonegov.core.municipality.profile import build
from plonegov.core.municipality.profile import check
from plonegov.core.municipality.profile import errors
from plonegov.core.municipality.profile import ProfileError
from plonegov.core.municipality.profile import read
from plonegov.core.municipality.schema import SCHEMA

import pytest
import tomlkit


PROFILES = Path(__file__).parents[3] / "profiles"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


def changed(path, value):
    """The facts of Exempleville with one value replaced (None: removed)."""
    facts = deepcopy(FACTS)
    *steps, name = path
    table = facts
    for step in steps:
        table = table[step]
    if value is None:
        del table[name]
    else:
        table[name] = value
    return facts


@pytest.fixture
def folder(tmp_path):
    """A profile folder with the facts of Exempleville."""
    path = tmp_path / FACTS["id"]
    path.mkdir()
    (path / "emblem.svg").write_text(SVG)
    (path / "municipality.toml").write_text(tomlkit.dumps(FACTS))
    return path


def test_correct_facts_have_no_problems():
    assert problems(FACTS) == []


def test_what_a_file_says_is_what_is_built(folder):
    assert read(folder) == FACTS
    assert check(folder) == build(FACTS)


def test_every_profile_of_the_suite_is_in_order():
    found = sorted(PROFILES.glob("[!_]*/municipality.toml"))
    assert [file.parent.name for file in found if errors(file.parent)] == []
    assert "seneffe" in [file.parent.name for file in found]


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        (("colour",), "red", "colour"),
        (("contact", "fax"), "1", "contact.fax"),
        (("services", 0, "chief"), "X", "services[0].chief"),
        (("services", 0, "contact", "fax"), "1", "services[0].contact.fax"),
        (("id",), None, "id"),
        (("id",), "Ville d'Exemple", "id"),
        (("name",), {"fr": "Exempleville"}, "name"),
        (("name", "de"), "Musterstadt", "name"),
        (("name", "fr"), " ", "name"),
        (("name",), "Exempleville", "name"),
        (("country",), "Belgique", "country"),
        (("country",), "XX", "country"),
        (("official_code",), "999", "official_code"),
        (("official_code",), 99999, "official_code"),
        (("postal_codes",), ["99999"], "postal_codes"),
        (("postal_codes",), [], "postal_codes"),
        (("postal_codes",), "9999", "postal_codes"),
        (("localities",), [], "localities"),
        (("timezone",), "Europe/Seneffe", "timezone"),
        (("currency",), "euro", "currency"),
        (("interface_languages",), ["fr", "nl", "en", "de"], "interface_languages"),
        (("content_languages",), ["fr", "fr"], "content_languages"),
        (("content_languages",), [], "content_languages"),
        (("legal_language",), "de", "legal_language"),
        (("data_protection_contact",), "nobody", "data_protection_contact"),
        (("address", "postal_code"), "75001", "address.postal_code"),
        (("contact", "email"), "commune@", "contact.email"),
        (("contact", "phone"), "12", "contact.phone"),
        (("contact", "website"), "exempleville.example", "contact.website"),
        (("contact", "opening_hours"), "from nine to five", "contact.opening_hours"),
        (("holiday_region",), "57", "holiday_region"),
        (("holiday_region",), "", "holiday_region"),
        (("closing_days",), "12-24", "closing_days"),
        (("closing_days",), ["24/12"], "closing_days"),
        (("services", 1, "closing_days"), ["02-30"], "services[1].closing_days"),
        (("theme",), None, "theme"),
        (("theme", "brand"), None, "theme.brand"),
        (("theme", "brand"), "green", "theme.brand"),
        (("theme", "brand"), "#ffe08a", "theme.brand"),
        (("theme", "emblem"), "../emblem.svg", "theme.emblem"),
        (("services", 0), "population", "services"),
        (("services", 0, "id"), None, "services[0].id"),
        (("services", 1, "id"), "population", "services[1].id"),
        (("services", 0, "title", "nl"), None, "services[0].title"),
        (
            ("services", 0, "contact", "opening_hours"),
            "Mo-Fr 25:99",
            "services[0].contact.opening_hours",
        ),
        (("documents", 0, "service"), "archives", "documents[0].service"),
        (("documents", 1, "id"), "residence", "documents[1].id"),
        (("documents", 0, "price"), 5.0, "documents[0].price"),
        (("documents", 0, "price"), "5,00", "documents[0].price"),
        (("documents", 0, "price"), "-5.00", "documents[0].price"),
        (
            ("documents", 0, "delivery_prices"),
            {"pigeon": "1.00"},
            "documents[0].delivery_prices",
        ),
        (("documents", 0, "delay_days"), 400, "documents[0].delay_days"),
        (("documents", 0, "delay_days"), True, "documents[0].delay_days"),
    ],
)
def test_a_wrong_value_is_named(path, value, key):
    found = problems(changed(path, value))
    assert key in [problem.key for problem in found]
    assert all(problem.found and problem.allowed for problem in found)


def test_the_error_says_file_line_key_found_and_allowed(folder):
    file = folder / "municipality.toml"
    text = file.read_text().replace("Europe/Brussels", "Europe/Nowhere")
    file.write_text(text)
    with pytest.raises(ProfileError) as caught:
        check(folder)
    error = caught.value
    assert error.file == str(file)
    assert text.splitlines()[error.line - 1] == 'timezone = "Europe/Nowhere"'
    assert (error.key, error.found) == ("timezone", "'Europe/Nowhere'")
    assert error.allowed == "a name of the IANA time zones"
    for part in (error.file, f"line {error.line}", error.key, error.allowed):
        assert part in str(error)


def test_errors_come_in_the_order_of_the_file(folder):
    file = folder / "municipality.toml"
    text = file.read_text().replace("#1f5f3f", "green").replace("99999", "1")
    file.write_text(text)
    lines = [error.line for error in errors(folder)]
    assert len(lines) == 2
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("text", "line"),
    [("id = 'x'\nname = [\n", 2), ("id = 'x'\nid = 'y'\n", 2), ("= 1", 1)],
)
def test_a_file_that_is_no_toml_is_refused_with_its_line(folder, text, line):
    (folder / "municipality.toml").write_text(text)
    (error,) = errors(folder)
    assert error.line == line
    assert "TOML" in error.allowed


def test_a_file_that_is_not_utf_8_is_refused(folder):
    (folder / "municipality.toml").write_bytes(b'id = "\xe9"\n')
    (error,) = errors(folder)
    assert "UTF-8" in error.allowed


def test_a_folder_without_the_file_is_refused(tmp_path):
    (error,) = errors(tmp_path)
    assert error.file.endswith("municipality.toml")


def test_the_id_is_the_name_of_the_folder(folder):
    moved = folder.rename(folder.with_name("elsewhere"))
    assert [error.key for error in errors(moved)] == ["id"]


def test_the_emblem_is_a_file_of_the_folder(folder):
    (folder / "emblem.svg").unlink()
    assert [error.key for error in errors(folder)] == ["theme.emblem"]


def test_every_row_of_the_schema_says_what_is_allowed():
    assert all(key.allowed for key in SCHEMA)
    assert len({key.path for key in SCHEMA}) == len(SCHEMA)


TOML = '''\
id = "x"
[name]
fr = "X"
text = """
en = "not a key"
"""
[[services]]
id = "one"
[services.title]
fr = "Un"
[[services]]
id = "two"
title = { fr = "Deux" }
contact.email = "a@b.example"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("id", 1),
        ("name.fr", 3),
        ("name.en", 2),
        ("services[0].id", 8),
        ("services[0].title.fr", 10),
        ("services[1].id", 12),
        ("services[1].title.fr", 13),
        ("services[1].contact.email", 14),
        ("services[0].contact.email", 7),
        ("services[2].id", 1),
        ("currency", 1),
    ],
)
def test_the_line_of_a_key_or_of_what_is_around_it(path, line):
    assert line_of(TOML, path) == line
