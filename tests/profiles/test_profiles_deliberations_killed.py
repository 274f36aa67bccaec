"""A process killed while a meeting is decided: all numbers, or none."""

from pathlib import Path

import json
import os
import pytest
import signal
import subprocess
import sys


TESTS = str(Path(__file__).parents[1])
HEAD = """
from helpers import councils
from plonegov.core.registers.register import Register
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import items
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import store
from plonegov.deliberations.api import votes
from plonegov.municipalities.loader.sites import get_site
from plonegov.municipalities.server import runtime
from zope.component.hooks import setSite

import json
import os
import signal
import sys
import transaction

runtime.start_zope()
"""
#: Plans a meeting, and brings it to its end but for the last step; prints its key.
PREPARE = """
with runtime.application() as app, runtime.writing("seneffe"):
    portal = get_site(app, "seneffe")
    setSite(portal)
    if "aubry" not in bodies.get("council"):
        councils.add_staff(portal)
        councils.seat()
    members = [mandate.UID() for mandate in bodies.get("council").objectValues()]
    meeting = councils.plan(portal)
    texts = {"title": "Point", "decision": "<p>Article 1.</p>"}
    found = [items.of_councillor(bodies.get("council"), texts, {}) for _ in range(5)]
    councils.sit(portal, meeting, members, *found)
    with councils.acting(portal, "secretary"):
        votes.hold_all(found, {"mode": "show_of_hands"}, "accept")
    print(meeting.getId())
"""
#: Ends the sitting, and is killed: before the commit, after all voted for it, or when it
#: is done already.
DECIDE = """
class Killer:
    transaction_manager = transaction.manager

    def __init__(self, moment):
        self.moment = moment

    def sortKey(self):
        return "~~~"  # the last one: the database did its part of each step before

    def reached(self, moment):
        if moment == self.moment:
            os.kill(os.getpid(), signal.SIGKILL)

    def tpc_begin(self, transaction):
        self.reached("begin")

    def commit(self, transaction):
        self.reached("commit")

    def tpc_vote(self, transaction):
        self.reached("vote")

    def tpc_finish(self, transaction):
        self.reached("finish")

    def tpc_abort(self, transaction):
        pass

    abort = tpc_abort


key, moment = sys.argv[1:]
with runtime.application() as app, runtime.writing("seneffe"):
    portal = get_site(app, "seneffe")
    setSite(portal)
    transaction.get().join(Killer(moment))
    with councils.acting(portal, "secretary"):
        meetings.change(store.meeting(key), "decide")
"""
#: Prints what stands in the meeting and in the register.
READ = """
with runtime.application() as app:
    setSite(get_site(app, "seneffe"))
    meeting = store.meeting(sys.argv[1])
    entries = Register("council").entries(meeting.starts.year)
    about = {item.UID() for item in agenda.items_of(meeting)}
    print(json.dumps({
        "state": meeting.state,
        "numbers": [item.number for item in agenda.items_of(meeting)],
        "registered": [list(item.registered[1:]) for item in agenda.items_of(meeting)],
        "own": [entry.number for entry in entries if entry.about in about],
        "all": [entry.number for entry in entries],
    }))
"""


def run(instance, text, *arguments):
    """Run a script on the instance; return its exit code and what it printed last."""
    paths = os.pathsep.join((TESTS, os.environ.get("PYTHONPATH", "")))
    done = subprocess.run(
        [sys.executable, "-c", HEAD + text, *arguments],
        env={**instance.environment, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=300,
    )
    lines = done.stdout.strip().splitlines()
    return done.returncode, lines[-1] if lines else done.stderr


@pytest.mark.parametrize("moment", ["begin", "commit", "vote", "finish"])
def test_after_a_restart_a_meeting_has_all_its_numbers_or_none(served, moment):
    code, key = run(served, PREPARE)
    assert code == 0, key
    code, told = run(served, DECIDE, key, moment)
    assert code == -signal.SIGKILL, told
    found = json.loads(run(served, READ, key)[1])
    if moment == "finish":
        assert found["state"] == "decided"
    else:
        assert (found["state"], found["own"]) == ("sitting", [])
        assert found["numbers"] == [0] * 5
        code, told = run(served, DECIDE, key, "never")
        assert code == 0, told
        found = json.loads(run(served, READ, key)[1])
    first = found["own"][0]
    assert found["own"] == list(range(first, first + 5))
    assert found["registered"] == [[number] for number in found["own"]]
    assert found["numbers"] == [1, 2, 3, 4, 5]
    # The register of the body has no hole, whoever was killed before.
    assert found["all"] == list(range(1, len(found["all"]) + 1))
