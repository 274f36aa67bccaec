"""What a citizen sent leaves the disk of a served instance when its time is over.

GDPR art. 5.1.e. All files of the instance are read: what nothing refers to counts.
"""

from contextlib import closing
from helpers.citizen import ABOUT
from helpers.citizen import Citizen
from helpers.citizen import DELIVERY
from helpers.citizen import WHO
from helpers.ondisk import holding

import pytest
import sqlite3


PDF = b"%PDF-1.4 "
DO = """
from datetime import date
from plone import api
from plonegov.municipalities.server.runtime import application
from plonegov.municipalities.server.runtime import start_zope
from plonegov.municipalities.server.runtime import writing
from plonegov.ordering.api import handling
from plonegov.ordering.api.counters import counter
from zope.component.hooks import setSite

import sys

start_zope()
with application() as app, writing("seneffe"):
    setSite(app.seneffe)
    rows = {counter().records.get(key) for key in counter().records}
    [order] = [one for one in rows if one.applicant["last_name"] == sys.argv[2]]
    order = order.__of__(counter())
    with api.env.adopt_roles(["Service Clerk", "Manager"]):
        if sys.argv[1] == "reject":
            handling.take(order)
            handling.reject(order, "No such person", "Art. 3")
        else:
            order.closed = date(2000, 1, 1)
            order.reindexObject()
"""


class Seneffe:
    """In place of the site: only its id is asked."""

    def getId(self):
        return "seneffe"


@pytest.fixture
def giver(served):
    """Return a function that brings a citizen with two files to the next page."""

    def give(name, mandate, scan):
        citizen = Citizen(Seneffe(), f"http://localhost:{served.port}")
        citizen.open("counter/residence/order/who")
        who = {**WHO, "applicant.last_name": name, "relation": "mandatary"}
        who["applicant.email"] = ""  # no mail waits for the tests that follow
        citizen.send(who)
        fields = {**ABOUT, "subject.birth_date-year": "1960"}
        empty = dict.fromkeys(("mandate", "identity", "proof"))
        files = [
            ("mandate", ("mandate.pdf", PDF + mandate)),
            ("identity", ("card.pdf", PDF + scan)),
        ]
        citizen.send({**fields, **empty}, files=files)
        assert citizen.path == "counter/residence/order/delivery", citizen.problems()
        return citizen

    return give


def finish(citizen):
    citizen.send(DELIVERY)
    citizen.send({"form.widgets.purpose": "Inscription"})
    citizen.send()
    assert citizen.path == "counter/thanks", citizen.problems()


def test_what_is_sent_is_there_once_and_goes_when_it_must(served, giver):
    mandate, scan = b"first mandate's bytes", b"first card's bytes"
    finish(giver("Eersteling", mandate, scan))
    assert [len(holding(served.home, word)) for word in (mandate, scan)] == [1, 1]
    served.script(DO, "reject", "Eersteling")
    assert [len(holding(served.home, word)) for word in (mandate, scan)] == [1, 0]
    served.script(DO, "end", "Eersteling")
    code, _, err = served.run("retention")
    assert code == 0, err
    assert holding(served.home, mandate) == []
    database = served.home / "storage" / "main.sqlite3"
    with closing(sqlite3.connect(database)) as opened:
        opened.execute("PRAGMA wal_checkpoint(PASSIVE)")
    assert b"Eersteling" not in database.read_bytes()


def test_what_is_thrown_away_is_nowhere(served, giver):
    mandate, scan = b"second mandate's bytes", b"second card's bytes"
    citizen = giver("Tweedeling", mandate, scan)
    citizen.open("counter/residence/order/delete")
    citizen.send()
    assert citizen.answer.status_code == 200
    assert holding(served.home, mandate) == holding(served.home, scan) == []
