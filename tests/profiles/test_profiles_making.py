"""``municipality new`` asks little, checks each answer and writes a complete profile."""

from plonegov.core.municipality.profile import errors
from plonegov.core.municipality.profile import read
from plonegov.core.theme.svg import checked
from plonegov.municipalities.cli import app
from plonegov.municipalities.loader.making import countries
from plonegov.municipalities.loader.making import wrong
from plonegov.ordering.domain.catalogue import document_ids
from typer.testing import CliRunner

import pytest


HOTTON = (
    "--country",
    "be",
    "--name",
    "Hotton",
    "--postal-code",
    "6990",
    "--official-code",
    "83028",
)
CIVRAY = (
    "--country",
    "fr",
    "--name",
    "Civray",
    "--postal-code",
    "86400",
    "--official-code",
    "86078",
)


@pytest.fixture
def home(tmp_path, monkeypatch):
    path = tmp_path / "instance"
    monkeypatch.setenv("PLONEGOV_HOME", str(path))
    monkeypatch.setenv("COLUMNS", "1000")
    return path


def new(*arguments, **options):
    return CliRunner().invoke(app, ["municipality", "new", *arguments], **options)


def made(home, name):
    return read(home / "profiles" / name)


@pytest.mark.parametrize(
    ("name", "options", "region", "language"),
    [
        ("hotton", HOTTON, "wallonia", "fr"),
        ("civray", CIVRAY, "nouvelle-aquitaine", "fr"),
        (
            "deinze",
            (
                *HOTTON[:3],
                "Deinze",
                "--postal-code",
                "9800",
                "--official-code",
                "44083",
            ),
            "flanders",
            "nl",
        ),
    ],
)
def test_a_new_profile_is_complete_and_right(home, name, options, region, language):
    done = new(name, *options, "--yes")
    assert done.exit_code == 0, done.output
    folder = home / "profiles" / name
    facts = read(folder)
    assert errors(folder) == wrong(facts) == []
    assert (facts["region"], facts["content_languages"]) == (region, [language])
    ids = [document["id"] for document in facts["documents"]]
    assert ids == list(document_ids(facts["country"]))
    assert len((folder / "municipality.toml").read_text().splitlines()) <= 60
    assert {file.name for file in folder.iterdir()} == {
        "municipality.toml",
        "metadata.xml",
        "emblem.svg",
    }
    assert f"plonegov municipality apply {name}" in done.output


def test_the_emblem_has_the_towns_colours(home):
    options = ("--brand", "#7a1f3d", "--accent", "#6d4a00", "--yes")
    assert new("civray", *CIVRAY, *options).exit_code == 0
    drawing = (home / "profiles" / "civray" / "emblem.svg").read_bytes()
    text = checked(drawing)
    assert f"{text}\n".encode() == drawing
    assert all(word in text for word in ("#7a1f3d", "#6d4a00", "Civray"))


def test_a_name_cannot_break_the_drawing(home):
    options = [*CIVRAY[:3], "Saint-Lô <&> d'Or", *CIVRAY[4:]]
    assert new("lo", *options, "--yes").exit_code == 0
    assert checked((home / "profiles" / "lo" / "emblem.svg").read_bytes())
    assert made(home, "lo")["name"]["nl"] == "Saint-Lô <&> d'Or"


@pytest.mark.parametrize(
    ("country", "code", "region", "timezone"),
    [
        ("be", "21004", "brussels", "Europe/Brussels"),
        ("be", "25014", "wallonia", "Europe/Brussels"),
        ("fr", "2A004", "corse", "Europe/Paris"),
        ("fr", "97105", "guadeloupe", "America/Guadeloupe"),
        ("fr", "97411", "la-reunion", "Indian/Reunion"),
    ],
)
def test_region_and_time_zone_follow_from_the_official_code(
    home, country, code, region, timezone
):
    postal = {"be": "1000", "fr": "20000"}[country]
    options = ("--country", country, "--name", "X", "--postal-code", postal)
    done = new("x", *options, "--official-code", code, "--language", "fr", "--yes")
    assert done.exit_code == 0, done.output
    facts = made(home, "x")
    assert (facts["region"], facts["timezone"]) == (region, timezone)


def test_every_department_of_france_has_one_region():
    regions = countries()["FR"]["regions"]
    codes = [code for each in regions.values() for code in each]
    wanted = {f"{number:02}" for number in range(1, 96)} - {"20"} | {"2A", "2B"}
    assert set(codes) == wanted | {"971", "972", "973", "974", "976"}
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (["--country", "be", "--yes"], 2, "--name, --official-code, --postal-code"),
        ([*HOTTON[:4], "--json"], 2, "--official-code, --postal-code, --language"),
        ([*HOTTON, "--official-code", "1", "--yes"], 2, "BE and ES 5 digits"),
        (
            [*HOTTON, "--postal-code", "75001", "--yes"],
            2,
            "postal codes of the country",
        ),
        ([*HOTTON, "--language", "de", "--yes"], 2, "one or more of interface"),
        ([*HOTTON, "--brand", "green", "--yes"], 2, "#rrggbb"),
        ([*HOTTON, "--brand", "#ffff00", "--yes"], 2, "contrast"),
        (["--country", "nl", "--yes"], 1, "Known are: be, fr."),
        (["--country", "es", "--yes"], 1, "Known are: be, fr."),
    ],
)
def test_what_is_wrong_or_missing_is_told_and_nothing_is_written(
    home, options, code, told
):
    done = new("hotton", *options)
    assert done.exit_code == code
    assert told in done.output
    assert not (home / "profiles" / "hotton").exists()


@pytest.mark.parametrize("name", ["Hotton", "_x", "", "a b", "../x"])
def test_the_id_is_one_that_a_municipality_can_have(home, name):
    assert new(name, *HOTTON, "--yes").exit_code == 2


def test_a_profile_is_never_overwritten(home):
    assert new("hotton", *HOTTON, "--yes").exit_code == 0
    again = new("hotton", *HOTTON, "--yes")
    assert (again.exit_code, "already" in again.output) == (1, True)
    assert new("seneffe", *HOTTON, "--yes").exit_code == 1


@pytest.fixture
def terminal(monkeypatch):
    """Somebody sits at the terminal."""
    monkeypatch.setattr(
        "plonegov.municipalities.commands.making.is_terminal", lambda: True
    )


def test_at_a_terminal_it_asks_again_until_the_answer_is_right(home, terminal):
    answers = "Hotton\nabc\n83028\n6990\n\n\n\ny\n"
    done = new("hotton", "--country", "be", input=answers)
    assert done.exit_code == 0, done.output
    assert "Not 'abc': allowed is the municipality's official code" in done.output
    assert "documents = [" in done.output
    assert made(home, "hotton")["official_code"] == "83028"


def test_who_says_no_to_the_preview_gets_no_profile(home, terminal):
    done = new("hotton", *HOTTON, input="\n\n\nn\n")
    assert done.exit_code == 1
    assert not (home / "profiles" / "hotton").exists()
