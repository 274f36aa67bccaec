"""A full disk: refused with 503, nothing half written, and it goes on by itself."""

from base64 import b64encode
from contextlib import ExitStack
from helpers.faults import address
from helpers.faults import can_mount
from helpers.faults import copied
from helpers.faults import laid_out
from helpers.faults import Ledger
from helpers.faults import Quota
from helpers.faults import small_disk
from helpers.serving import until
from helpers.storages import Process
from uuid import uuid4

import os
import pytest


#: A disk of its own where this machine lets us mount one; a quota everywhere.
WAYS = {"quota": Quota} | ({"disk": small_disk} if can_mount() else {})
#: Shown before, too.
PAGES = ("/seneffe", "/seneffe/counter")
#: Shown for the first time when there is no room left.
COLD = ("/seneffe/offices", "/seneffe/counter/residence/order/who")
CHILD = {
    "relation": "mandatary",
    "subject": {
        "first_name": "Bea",
        "last_name": "Exemple",
        "birth_date": "1962-11-04",
        "national_number": "62.11.04-001.94",
    },
    "applicant__national_number": "",
    "applicant__birth_date": "1970-02-03",
}


@pytest.fixture(scope="module", params=WAYS)
def narrow(lite, request, tmp_path_factory):
    """A town, its server, and the room that it has."""
    folder = tmp_path_factory.mktemp("narrow")
    with ExitStack() as stack:
        room = WAYS[request.param](folder)
        if request.param == "disk":
            room = stack.enter_context(room)
        town = copied(lite, folder / "instance")
        process = Process(town)
        process.begin()
        stack.callback(process.stop)
        until(process.answers)
        yield town, process, room


def with_file():
    """Return what makes an order one with a file of 2 MB."""
    data = b64encode(b"%PDF-1.7 " + os.urandom(2_000_000)).decode()
    file = {"question": "mandate", "filename": "mandate.pdf", "data": data}
    return {**CHILD, "attachments": [file]}


def blobs(town):
    """Return the files of orders that are stored."""
    return {path.name for path in town.storage.blobs.rglob("*.blob")}


def test_a_full_disk_refuses_and_keeps_what_there_is(narrow):
    town, process, room = narrow
    ledger = Ledger(process.url)
    early, late, large = (str(uuid4()) for _ in range(3))
    child = with_file()
    assert ledger.send(early)
    until(lambda: laid_out(town)[address(early)] == 1, 60)
    pages = [process.get(path)[0] for path in PAGES]
    before = town.references()
    files = blobs(town)
    room.fill(process)
    try:
        for _ in range(3):
            assert not ledger.send(late)
        assert not ledger.send(large, **child)
        pages += [process.get(path)[0] for path in PAGES]
        cold = {process.get(path)[0] for path in COLD}
    finally:
        room.clear(process)
    # Where not even the body finds room, the server hangs up on the large one.
    assert len(ledger.refused) >= 3
    assert {answer.status_code for answer in ledger.refused} == {503}
    assert {answer.json()["type"] for answer in ledger.refused} <= {
        "disk_full",
        "storage_away",
        "tally_unwritable",
    }
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in ledger.refused)
    assert all("secret" not in answer.text for answer in ledger.refused)
    assert process.is_running()
    assert town.references() == before
    assert blobs(town) == files
    assert set(pages) == {200}
    assert cold == {200}
    assert ledger.send(early)
    assert ledger.send(late)
    assert ledger.send(large, **child)
    assert len(blobs(town)) == len(files) + 1
    assert set(ledger.answered.values()) - before == town.references() - before
