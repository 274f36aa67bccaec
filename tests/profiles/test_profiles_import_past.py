"""``plonegov import deliberations`` beside a site that serves."""

import json
import pytest


HEADER = "DELIB_ID;DELIB_DATE;DELIB_MATIERE_CODE;DELIB_OBJET;ANCIEN\r\n"
ROWS = "".join(
    f"2018-{number};2018-05-{number % 28 + 1:02};7.1;Décision {number};x\r\n"
    for number in range(1, 1203)
)
COMMAND = ("import", "deliberations")
TOWN = ("--municipality", "seneffe")


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("past") / "past.csv"
    path.write_bytes((HEADER + ROWS).encode("utf-8-sig"))
    return path


@pytest.fixture(scope="module")
def runs(served, file):
    """A dry run, the run, and the same again."""
    found = []
    for options in (("--dry-run",), (), ()):
        code, out, err = served.run(*COMMAND, str(file), *TOWN, *options, "--json")
        assert code == 0, err
        found.append(json.loads(out))
    return found


def counts(run):
    return run["read"], run["created"], run["unchanged"], run["refused"]


def test_a_dry_run_says_what_the_run_does(runs):
    assert [run["dry_run"] for run in runs] == [True, False, False]
    assert counts(runs[0]) == counts(runs[1]) == (1202, 1202, 0, [])
    assert runs[1]["ignored_columns"] == ["ANCIEN"]
    assert runs[1]["body"] == "council"


def test_a_second_run_changes_nothing(runs):
    assert counts(runs[2]) == (1202, 0, 1202, [])


def test_refused_rows_are_told_with_line_and_reason(runs, served, tmp_path):
    path = tmp_path / "wrong.csv"
    wrong = "2018-9999;hier;7.1;Décision;x\r\n"
    path.write_text(HEADER + wrong + ROWS.splitlines(keepends=True)[0])
    code, out, _ = served.run(*COMMAND, str(path), *TOWN)
    assert code == 1
    assert "Rows read: 2. Created: 0, unchanged: 1, refused: 1." in out
    assert "line 2, DELIB_DATE (2018-9999): right would be a date" in out


@pytest.mark.parametrize(
    ("content", "options", "code", "told"),
    [
        ((HEADER + ROWS).encode("cp1252"), TOWN, 1, "UTF-8"),
        (b"a;b\r\n", TOWN, 1, "DELIB_OBJET"),
        (HEADER.encode(), (*TOWN, "--body", "nobody"), 1, "council, college"),
        (HEADER.encode(), (), 2, "--municipality"),
        (None, TOWN, 2, "does not exist"),
    ],
)
def test_what_can_t_be_imported_is_refused_whole(
    served, tmp_path, content, options, code, told
):
    path = tmp_path / "past.csv"
    if content is not None:
        path.write_bytes(content)
    found, _, errors = served.run(*COMMAND, str(path), *options)
    assert found == code, errors
    assert told in errors
