"""A listing as a workbook: what people typed is never run, dates are dates."""

from datetime import date
from datetime import datetime
from decimal import Decimal
from openpyxl import load_workbook
from plonegov.core.listing.workbook import NARROWEST
from plonegov.core.listing.workbook import WIDEST
from plonegov.core.listing.workbook import write

import io
import pytest
import zipfile


TITLES = ("Name", "Day", "Number")


def made(*pages):
    file, size = write(TITLES, pages, lambda: None)
    data = b"".join(file)
    assert len(data) == size
    return data


def sheet(*pages):
    return load_workbook(io.BytesIO(made(*pages))).active


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("x")',
        "+32 470",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "#N/A",
        "=",
        "＝1",
    ],
)
def test_a_text_stays_a_text(text):
    cell = sheet([[text, None, None]])["A2"]
    assert (cell.data_type, cell.value) == ("s", text)


def test_a_text_that_looks_like_a_formula_stays_one_when_edited():
    found = sheet([["=1", None, None], ["Ada", None, None]])
    assert found["A2"].quotePrefix
    assert not found["A3"].quotePrefix


def test_no_formula_is_in_the_file():
    with zipfile.ZipFile(io.BytesIO(made([["=1", "=2", "=3"]]))) as archive:
        assert b"<f" not in archive.read("xl/worksheets/sheet1.xml")


def test_dates_and_numbers_are_what_they_are():
    when = datetime(2026, 11, 26, 14, 5)
    row = sheet([[when, date(2026, 11, 26), Decimal("5.50")]])[2]
    assert [cell.value for cell in row] == [when, datetime(2026, 11, 26), 5.5]
    assert row[1].is_date


def test_invisible_characters_do_not_break_the_file():
    assert sheet([["a\x00b\x0bc", None, None]])["A2"].value == "abc"


def test_the_titles_stay_in_sight_and_the_columns_are_wide_enough():
    found = sheet([["Ada", date(2026, 11, 26), 1], ["x" * 200, None, None]])
    assert found.freeze_panes == "A2"
    assert [cell.value for cell in found[1]] == list(TITLES)
    widths = [found.column_dimensions[letter].width for letter in "AB"]
    assert widths == [WIDEST, NARROWEST + 2]


def test_rows_come_in_pages_and_each_is_followed_up():
    pages = [[["a", None, 1]], [["b", None, 2], ["c", None, 3]]]
    followed = []
    file, _size = write(TITLES, pages, lambda: followed.append(1))
    found = load_workbook(io.BytesIO(b"".join(file))).active
    assert [row[0].value for row in found.iter_rows(min_row=2)] == ["a", "b", "c"]
    assert len(followed) == 2


@pytest.mark.parametrize("pages", [(), ([],)])
def test_a_list_without_rows_has_its_titles(pages):
    assert [cell.value for cell in sheet(*pages)[1]] == list(TITLES)


def test_nothing_stays_on_the_disk(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    file, _size = write(TITLES, [[["a", None, 1]]], lambda: None)
    assert list(tmp_path.iterdir()) == []
    file.close()

    def rows():
        yield ["a", None, 1]
        raise ConnectionError

    with pytest.raises(ConnectionError):
        write(TITLES, [[["a", None, 1]], rows()], lambda: None)
    assert list(tmp_path.iterdir()) == []
