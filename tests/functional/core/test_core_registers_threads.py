"""Twenty threads take numbers of one register on PostgreSQL: no hole, none twice."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from datetime import UTC
from plonegov.core.ops.writelock import town_lock
from plonegov.core.registers.register import Year
from plonegov.municipalities.server.instance import create_instance
from plonegov.municipalities.storage.copying import open_storage
from plonegov.municipalities.storage.places import instance_storage
from ZODB import DB

import pytest
import transaction


THREADS, NUMBERS = 20, 2_000


@pytest.fixture
def database(server, tmp_path, monkeypatch):
    """The database of an instance on PostgreSQL with an empty register."""
    monkeypatch.setenv("PLONEGOV_HOME", str(tmp_path / "instance"))
    with server.database() as made:
        create_instance(made.url)
        with closing(DB(open_storage(instance_storage()), pool_size=THREADS)) as opened:
            with opened.transaction() as connection:
                connection.root()["council"] = Year()
            yield opened


def take(database, worker):
    """Take a share of the numbers, each in a transaction of its own."""
    manager, given = transaction.TransactionManager(), []
    connection = database.open(manager)
    for turn in range(NUMBERS // THREADS):
        with town_lock("seneffe", timeout=120):
            manager.begin()
            about = f"{worker}-{turn}"
            entry = connection.root()["council"].add(about, "d", datetime.now(UTC))
            manager.commit()
        given.append((entry.number, about))
    connection.close()
    return given


def test_twenty_threads_take_two_thousand_numbers(database):
    with ThreadPoolExecutor(THREADS) as pool:
        taken = list(pool.map(lambda worker: take(database, worker), range(THREADS)))
    given = sorted(pair for share in taken for pair in share)
    assert [number for number, _about in given] == list(range(1, NUMBERS + 1))
    with database.transaction() as connection:
        year = connection.root()["council"]
        held = [(number, rows[-1].about) for number, rows in year.versions.items()]
        assert (year.last, held) == (NUMBERS, given)
