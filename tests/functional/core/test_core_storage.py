"""Two processes behind one nginx, on SQLite and on PostgreSQL; copies between both."""

from helpers.load import order
from helpers.load import orders_at_once
from helpers.serving import until
from pathlib import Path
from plonegov.municipalities.storage.copying import open_storage
from plonegov.municipalities.storage.copying import records
from plonegov.municipalities.storage.places import Storage

import configparser
import pytest
import requests
import shutil
import subprocess
import ZODB


OPERATIONS = Path(__file__).parents[3] / "docs" / "operations"


# --- two processes --------------------------------------------------------------------


def test_no_order_is_lost_or_doubled_and_none_fails(pair):
    before = pair.references()
    told = orders_at_once(pair, number=60, citizens=12)
    assert [each for each in told if each[0] != 201] == []
    placed = {reference for _, reference in told}
    assert len(placed) == 60
    assert pair.references() == before | placed
    assert [process.get("/health")[0] for process in pair.servers] == [200, 200]


def test_an_order_sent_again_to_the_other_process_is_the_same_order(pair):
    key = "5b3f6c0e-4f2c-4c57-9d86-3f5c2b0f7a11"
    assert len({order(pair, key) for _ in range(4)}) == 1


def test_the_log_of_the_web_server_holds_no_query(pair):
    secret = "kept-out-of-the-log"
    pair.nginx.session.get(f"{pair.nginx.url}/?secret={secret}", timeout=60)
    log = pair.nginx.folder / "plonegov.log"
    until(lambda: '"GET / "' in log.read_text().replace('/"', '/ "'), 10)
    assert secret not in log.read_text()


def test_the_address_is_the_towns_whatever_host_is_asked(pair):
    page = pair.nginx.session.get(
        pair.nginx.url, headers={"Host": "evil.example"}, timeout=60
    )
    assert page.status_code == 200
    assert "https://www.exempleville.example" in page.text
    assert "evil.example" not in page.text


def test_a_body_larger_than_any_order_is_refused_by_the_web_server(pair):
    answer = pair.nginx.session.post(
        f"{pair.nginx.url}/@orders", headers={"Content-Length": str(10**9)}, timeout=60
    )
    assert answer.status_code == 413


def test_when_one_process_dies_the_other_serves_and_does_its_work(pair):
    first, second = pair.servers
    first.kill()
    try:
        pages = [pair.nginx.session.get(pair.nginx.url, timeout=60) for _ in range(6)]
        assert {page.status_code for page in pages} == {200}
        assert order(pair)[0] == 201
        with pair.site() as site:
            owed = site.__annotations__["plonegov.core.outbox"].items()
            keys = {key for key, mail in owed if not mail.refused}
        waiting = pair.home / "mail" / "seneffe" / "new"
        until(lambda: all((waiting / key).exists() for key in keys))
    finally:
        first.begin()
        until(first.answers)
    assert len(second.workers()) == len(first.workers()) == 1


# --- the database is away -------------------------------------------------------------


@pytest.mark.parametrize("pair", ["postgresql"], indirect=True)
def test_without_the_database_all_is_503_and_comes_back_without_a_restart(pair):
    [process, _] = pair.servers
    json = {"Accept": "application/json"}
    site = process.url
    pair.database.close()
    try:
        assert process.get("/health")[0] == 503
        page = requests.get(site, timeout=60)
        assert (page.status_code, page.headers["Retry-After"]) == (503, "3")
        catalogue = requests.get(
            f"{site}/@orderable-documents", headers=json, timeout=60
        )
        assert (catalogue.status_code, catalogue.json()["type"]) == (
            503,
            "storage_away",
        )
        assert order(pair)[0] == 503
    finally:
        pair.database.open()
    assert process.get("/health")[0] == 200
    assert requests.get(site, timeout=60).status_code == 200
    until(lambda: order(pair)[0] == 201, 30)  # nginx leaves both alone for 5 seconds


# --- copies ---------------------------------------------------------------------------


def written_to(storage):
    """Write an object into a storage; return it, and what was known before."""
    with ZODB.DB(storage).transaction() as connection:
        known = list(records(storage))
        root = connection.root()
        root["written"] = new = type(root)()
        connection.add(new)
    return new, {oid for oid, _, _ in known}, max(tid for _, tid, _ in known)


def test_a_copy_goes_both_ways_and_can_be_written_to(moved, tmp_path):
    there = moved.copied
    assert there["objects"] > 1000
    assert there["blobs"] > 0
    target = tmp_path / "back"
    source = moved.database.url
    back = moved.told("storage", "copy", source, f"sqlite:{target}", "--online")
    assert back["blobs"] >= there["blobs"]
    opened = open_storage(Storage(blobs=target / "blobs", folder=target))
    new, known, newest = written_to(opened)
    assert new._p_oid not in known
    assert new._p_serial > newest


COPIES = {
    "a target that holds data": (["sqlite", "{url}"], "holds data already"),
    "an empty source": (["sqlite:{empty}", "sqlite:{other}"], "holds no data"),
    "onto itself": (["sqlite", "sqlite"], "are the same"),
}


@pytest.mark.parametrize("case", COPIES)
def test_a_copy_that_would_spoil_something_is_refused(case, moved, tmp_path):
    places, words = COPIES[case]
    values = {
        "url": moved.database.url,
        "empty": tmp_path / "a",
        "other": tmp_path / "b",
    }
    filled = [place.format(**values) for place in places]
    code, _, errors = moved.run("storage", "copy", "--online", *filled)
    assert (code, words in errors) == (1, True), errors
    assert moved.database.password not in errors


@pytest.mark.parametrize("pair", ["postgresql"], indirect=True)
def test_while_the_site_serves_a_copy_must_be_asked_for_and_a_switch_is_refused(pair):
    code, _, errors = pair.run("storage", "copy", "sqlite", pair.database.url)
    assert (code, "--online" in errors) == (1, True), errors
    code, _, errors = pair.run("storage", "use", "sqlite")
    assert (code, "stop it first" in errors) == (1, True), errors
    shown = pair.told("storage", "show")
    assert shown["storage"] == "postgresql"


# --- what the machine starts ----------------------------------------------------------


def test_the_example_units_start_what_the_command_offers(tmp_path):
    program = "/opt/plonegov/.venv/bin/plonegov"
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str
    unit.read(OPERATIONS / "plonegov@.service")
    assert unit["Service"]["ExecStart"] == f"{program} serve --port %i"
    names = [path.name for path in OPERATIONS.glob("plonegov*.*")]
    for name in names:
        text = (OPERATIONS / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace(program, shutil.which("true")))
    # Where there is systemd, it says what it thinks of them.
    if verify := shutil.which("systemd-analyze"):
        files = sorted(tmp_path / name for name in names)
        done = subprocess.run(
            [verify, "verify", *files], capture_output=True, text=True
        )
        assert (done.returncode, done.stderr) == (0, "")
