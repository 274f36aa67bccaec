"""What the rules of all add-ons share: dated rows, laws, files read strictly."""

from dataclasses import dataclass
from datetime import date
from plonegov.core.languages import LANGUAGES
from plonegov.core.law.dated import in_force
from plonegov.core.law.laws import law_of
from plonegov.core.law.laws import law_told
from plonegov.core.law.tomlfile import LawFileError
from plonegov.core.law.tomlfile import Table

import pytest


TEXTS = {language: f"article 1 ({language})" for language in LANGUAGES}
LAW = {"titles": TEXTS, "url": "https://law.example/1", "verified": True}


@dataclass(frozen=True)
class Row:
    valid_from: date
    valid_until: date | None = None


def table(tmp_path, **values):
    return Table(tmp_path / "laws.toml", values)


@pytest.mark.parametrize(
    ("day", "held"),
    [
        ("2024-12-31", []),
        ("2025-01-01", [0]),
        ("2025-06-30", [0, 1]),
        ("2025-07-01", [1]),
        ("2099-01-01", [1]),
    ],
)
def test_a_row_holds_from_its_first_to_its_last_day(day, held):
    rows = [
        Row(date(2025, 1, 1), date(2025, 6, 30)),
        Row(date(2025, 6, 30)),
    ]
    found = in_force(rows, date.fromisoformat(day))
    assert [rows.index(row) for row in found] == held


def test_a_law_is_told_with_its_texts(tmp_path):
    law = law_of(table(tmp_path, one=LAW), "one")
    assert law_told("one", law) == {
        "id": "one",
        "title": TEXTS,
        "url": "https://law.example/1",
        "verified": True,
    }


def test_a_doubt_is_told_where_there_is_one(tmp_path):
    doubt = {language: f"doubt ({language})" for language in LANGUAGES}
    law = law_of(table(tmp_path, one=LAW | {"doubt": doubt}), "one")
    assert law.doubt == doubt
    assert law_told("one", law)["doubt"] == doubt


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"verified": "yes"}, r"one\.verified"),
        ({"doubt": "who knows"}, r"one\.doubt"),
        ({"doubt": TEXTS | {"nl": " "}}, r"one\.doubt\.nl"),
        ({"titles": {"fr": "article 1er"}}, r"one\.titles\.nl"),
        ({"title": TEXTS}, r"one\.title: one of doubt, titles, url, verified"),
    ],
)
def test_a_law_is_read_strictly(tmp_path, changes, key):
    with pytest.raises(LawFileError, match=key):
        law_of(table(tmp_path, one=LAW | changes), "one")


def test_a_day_is_no_text(tmp_path):
    read = table(tmp_path, since=date(2025, 1, 1), until="2025-01-01")
    assert read.day("since") == date(2025, 1, 1)
    assert read.day_or_none("never") is None
    for key in ("until", "never"):
        with pytest.raises(LawFileError, match=f"{key}: a day such as"):
            read.day(key)
