"""``plonegov retention`` in processes of its own, while the site serves.

Killing it loses nothing and going on finishes (GDPR art. 5.1.e and 5.1.f).
"""

from contextlib import closing
from contextlib import contextmanager
from datetime import date
from datetime import timedelta
from helpers.serving import PROGRAM
from helpers.serving import until
from pathlib import Path
from plonegov.municipalities.storage.copying import open_storage
from plonegov.municipalities.storage.places import Storage
from ZODB import DB

import json
import pytest
import signal
import subprocess


HELPERS = Path(__file__).parents[1]
NUMBER = 450
YEARS_AGO = 4000
WRITE = "import sys; sys.path.insert(0, sys.argv.pop(1)); from helpers import manyorders; manyorders.main(*sys.argv[1:])"


class Old:
    """The served instance, full of orders that ended years ago."""

    def __init__(self, served):
        self.served = served
        folder = served.home / "storage"
        self.storage = Storage(blobs=folder / "blobs", folder=folder)
        self.others = (0, 0)
        self.erased_before = self.erased()

    @contextmanager
    def records(self):
        with (
            closing(DB(open_storage(self.storage))) as database,
            database.transaction() as connection,
        ):
            site = connection.root()["Application"]._getOb("seneffe")
            yield site._tree["counter"].records

    def named(self):
        """Return how many rows of the catalog name somebody, and how many there are,
        without those of other tests."""
        with self.records() as records:
            rows = [records.row(key) for key in records]
        named = sum(bool(row["name"]) for row in rows)
        return named - self.others[0], len(rows) - self.others[1]

    def erased(self):
        """Return the records whose erasure is listed for a restore."""
        listed = self.served.home / "erasures" / "seneffe.log"
        lines = listed.read_text().splitlines() if listed.exists() else ()
        return {json.loads(line)["uid"] for line in lines}

    def last(self):
        with closing(open_storage(self.storage)) as storage:
            return storage.lastTransaction()

    def told(self, *arguments):
        code, out, err = self.served.run("retention", *arguments, "--json")
        assert code == 0, err
        return json.loads(out)


@pytest.fixture(scope="module")
def old(served):
    """The orders come after the worker's own run of the day, which is its first one."""
    until((served.home / "var/jobs/seneffe/plonegov.ordering.retention").exists)
    found = Old(served)
    found.others = found.named()
    served.script(WRITE, str(HELPERS), "seneffe", str(NUMBER), str(YEARS_AGO))
    return found


def test_a_dry_run_tells_what_is_lost_and_writes_nothing(old):
    before, day = old.last(), date.today() + timedelta(days=1)
    (row,) = old.told("--dry-run", "--municipality", "seneffe")
    assert (row["municipality"], row["total"]) == ("seneffe", NUMBER)
    assert [(item["id"], item["orders"]) for item in row["documents"]] == [
        ("residence", NUMBER)
    ]
    assert {"applicant", "answers", "sealed_numbers", "issued"} <= set(row["fields"])
    (row,) = old.told("--on", day.isoformat())
    assert (row["day"], row["total"]) == (day.isoformat(), NUMBER)
    assert old.told("--on", "2000-01-01") == []
    assert old.last() == before
    assert old.named() == (NUMBER, NUMBER)


def test_the_words_name_the_day_the_orders_and_the_fields(old):
    code, out, err = old.served.run("retention", "--on", "2099-03-01")
    assert code == 0, err
    assert f"on 1 March 2099 these {NUMBER} orders lose" in out
    assert "fields: applicant, subject" in out


def test_killed_in_the_middle_it_goes_on_and_nothing_is_lost(old):
    process = subprocess.Popen([PROGRAM, "retention"], env=old.served.environment)
    until(lambda: process.poll() is not None or old.named()[0] < NUMBER)
    process.send_signal(signal.SIGKILL)
    process.wait(60)
    left, number = old.named()
    assert 0 < left < NUMBER
    assert number == NUMBER
    assert old.served.get("/seneffe")[0] == 200
    (row,) = old.told()
    assert row["total"] == left
    assert old.named() == (0, NUMBER)


def test_nothing_of_people_is_left_in_a_file_of_theirs(old):
    blobs = list(old.storage.blobs.rglob("*.blob"))
    assert not [path for path in blobs if b"canary" in path.read_bytes()]


def test_all_that_was_erased_is_listed_for_a_restore(old):
    assert len(old.erased() - old.erased_before) == NUMBER


def test_once_more_there_is_nothing_to_do(old):
    before = old.last()
    assert old.told() == []
    assert old.last() == before


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--municipality", "atlantis"), 1),
        (("--on", "yesterday"), 2),
        (("fly",), 2),
    ],
)
def test_what_is_wrong_is_told_by_the_exit_code(old, arguments, code):
    assert old.served.run("retention", *arguments)[0] == code
