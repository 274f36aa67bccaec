"""A file of past decisions is read strictly: what is wrong is told by line and column.

SCDL deliberations 2.1.4, https://schema.data.gouv.fr/scdl/deliberations/2.1.4.
"""

from datetime import date
from plonegov.deliberations.domain.categories import categories
from plonegov.deliberations.domain.categories import category_ids
from plonegov.deliberations.domain.publishing import SCDL
from plonegov.deliberations.domain.scdl import Decision
from plonegov.deliberations.domain.scdl import decisions
from plonegov.deliberations.domain.scdl import FileWrong
from plonegov.deliberations.domain.scdl import header_of
from plonegov.deliberations.domain.scdl import Refused
from plonegov.deliberations.domain.scdl import subject_of
from plonegov.deliberations.domain.scdl import unknown_columns

import csv
import io
import pytest


SIRET = "21860194600013"
TODAY = date(2026, 11, 26)
ROW = {
    "COLL_NOM": "Poitiers",
    "COLL_SIRET": SIRET,
    "DELIB_ID": "2019-0042",
    "DELIB_DATE": "2019-03-04",
    "DELIB_MATIERE_CODE": "7.1",
    "DELIB_MATIERE_NOM": "finances locales/décisions budgétaires",
    "DELIB_OBJET": "Budget primitif 2019",
    "BUDGET_ANNEE": "2019",
    "PREF_ID": "PREF086",
    "PREF_DATE": "2019-03-11",
    "VOTE_EFFECTIF": "53",
    "VOTE_REEL": "50",
    "VOTE_POUR": "40",
    "VOTE_CONTRE": "8",
    "VOTE_ABSTENTION": "2",
    "DELIB_URL": "https://example.org/2019-0042.pdf",
}


def lines(*rows, columns=SCDL, delimiter=","):
    """Return the lines of a file of rows."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().splitlines(keepends=True)


def read(*rows, siret=SIRET, **options):
    return list(decisions(lines(*rows, **options), siret, TODAY))


@pytest.mark.parametrize("delimiter", [";", ","])
def test_a_row_says_all_that_the_file_says(delimiter):
    (found,) = read(ROW, delimiter=delimiter)
    assert found == Decision(
        line=2,
        id="2019-0042",
        day=date(2019, 3, 4),
        code="7.1",
        title="Budget primitif 2019",
        number=42,
        members=53,
        counts={"in_favour": 40, "against": 8, "abstained": 2},
        kept={
            "BUDGET_ANNEE": "2019",
            "PREF_ID": "PREF086",
            "PREF_DATE": "2019-03-11",
            "DELIB_URL": "https://example.org/2019-0042.pdf",
        },
    )


def test_who_took_part_without_a_vote_that_is_told_is_counted():
    (found,) = read(ROW | {"VOTE_POUR": "30"})
    assert found.counts["unsaid"] == 10


def test_columns_that_nobody_knows_are_passed_over():
    columns = ("TYPE_SEANCE", *SCDL)
    assert isinstance(read(ROW | {"TYPE_SEANCE": "x"}, columns=columns)[0], Decision)
    assert unknown_columns(columns) == ["TYPE_SEANCE"]


def test_the_optional_columns_may_be_missing():
    columns = ("DELIB_ID", "DELIB_DATE", "DELIB_MATIERE_CODE", "DELIB_OBJET")
    (found,) = read({name: ROW[name] for name in columns}, columns=columns)
    assert (found.members, found.counts, found.kept) == (0, {}, {})


@pytest.mark.parametrize(
    "first", ["", "\n", "a;b;c\n", "DELIB_ID;DELIB_DATE\n", '"DELIB_ID\n']
)
def test_what_is_no_such_file_is_refused_whole(first):
    with pytest.raises(FileWrong, match="DELIB_OBJET"):
        list(decisions([first, "1;2;3\n"]))


def test_a_column_stands_there_once():
    with pytest.raises(FileWrong, match="COLL_NOM"):
        header_of(";".join((*SCDL, "COLL_NOM")))


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"DELIB_ID": ""}, "DELIB_ID"),
        ({"DELIB_ID": "x" * 101}, "DELIB_ID"),
        ({"DELIB_ID": "a\u202eb"}, "DELIB_ID"),
        ({"DELIB_OBJET": " "}, "DELIB_OBJET"),
        ({"DELIB_OBJET": "x" * 501}, "DELIB_OBJET"),
        ({"DELIB_DATE": "04/03/2019"}, "DELIB_DATE"),
        ({"DELIB_DATE": "20190304"}, "DELIB_DATE"),
        ({"DELIB_DATE": "2019-02-30"}, "DELIB_DATE"),
        ({"DELIB_DATE": "2026-11-27"}, "DELIB_DATE"),
        ({"DELIB_DATE": "1589-01-01"}, "DELIB_DATE"),
        ({"PREF_DATE": "hier"}, "PREF_DATE"),
        ({"DELIB_MATIERE_CODE": "7"}, "DELIB_MATIERE_CODE"),
        ({"DELIB_MATIERE_CODE": "7.1.2"}, "DELIB_MATIERE_CODE"),
        ({"DELIB_MATIERE_CODE": "٧.١"}, "DELIB_MATIERE_CODE"),
        ({"BUDGET_ANNEE": "19"}, "BUDGET_ANNEE"),
        ({"BUDGET_NOM": "x" * 1001}, "BUDGET_NOM"),
        ({"COLL_SIRET": "123"}, "COLL_SIRET"),
        ({"COLL_SIRET": "21870085000012"}, "COLL_SIRET"),
        ({"VOTE_POUR": "beaucoup"}, "VOTE_POUR"),
        ({"VOTE_POUR": "-1"}, "VOTE_POUR"),
        ({"VOTE_POUR": "1001"}, "VOTE_POUR"),
        ({"VOTE_POUR": "99999"}, "VOTE_POUR"),
        ({"VOTE_EFFECTIF": "49"}, "VOTE_EFFECTIF"),
        ({"VOTE_REEL": "49"}, "VOTE_REEL"),
        ({"DELIB_URL": "javascript:alert(1)"}, "DELIB_URL"),
        ({"DELIB_URL": "https://"}, "DELIB_URL"),
    ],
)
def test_a_wrong_value_refuses_its_row(changes, column):
    first, wrong, last = read(
        ROW | {"DELIB_ID": "a"}, ROW | changes, ROW | {"DELIB_ID": "b"}
    )
    assert isinstance(first, Decision)
    assert isinstance(last, Decision)
    assert isinstance(wrong, Refused)
    assert (wrong.line, wrong.column) == (3, column)
    assert wrong.reason


def test_the_same_decision_twice_is_refused_once():
    first, again = read(ROW, ROW)
    assert isinstance(first, Decision)
    assert (again.line, again.column) == (3, "DELIB_ID")


@pytest.mark.parametrize("siret", ["", SIRET])
def test_a_town_without_a_number_takes_any_and_an_empty_one_is_nobody_s(siret):
    changes = {"COLL_SIRET": "" if siret else "21870085000012"}
    assert isinstance(read(ROW | changes, siret=siret)[0], Decision)


def test_rows_of_another_length_and_empty_lines():
    found = list(
        decisions([*lines(ROW), "\r\n", "a,b\r\n", *lines(ROW | {"DELIB_ID": "z"})[1:]])
    )
    assert [type(row).__name__ for row in found] == ["Decision", "Refused", "Decision"]
    assert (found[1].line, found[1].reason) == (4, "17 cells, not 2")


def test_a_text_of_several_lines_counts_by_its_first():
    rows = (ROW | {"COLL_NOM": "Ville de\nPoitiers"}, ROW | {"DELIB_ID": "b"})
    assert [row.line for row in read(*rows)] == [2, 4]


def test_a_row_that_is_no_csv_is_refused_and_the_next_is_read():
    broken = 'a,"b"c\r\n'
    found = list(decisions([*lines(), broken, *lines(ROW)[1:]], today=TODAY))
    assert [type(row).__name__ for row in found] == ["Refused", "Decision"]


@pytest.mark.parametrize(
    ("decision_id", "number"),
    [
        ("2019-0042", 42),
        ("DEL2019_7", 7),
        ("42", 42),
        ("2019-A", 0),
        ("20190304123", 0),
    ],
)
def test_the_number_is_what_an_id_ends_with(decision_id, number):
    assert read(ROW | {"DELIB_ID": decision_id})[0].number == number


@pytest.mark.parametrize(
    ("code", "subject"),
    [("7.1", "finance"), ("7.5", "grants"), ("7.10", "finance"), ("0.1", "various")],
)
def test_a_code_of_the_nomenclature_is_a_subject(code, subject):
    assert subject_of(code) == subject


def test_each_category_is_found_by_its_own_code():
    assert {subject_of(each.code) for each in categories().values()} == set(
        category_ids()
    )
