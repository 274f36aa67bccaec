"""A process killed while a meeting is decided: all numbers, or none."""

from pathlib import Path

import json
import os
import signal
import subprocess
import sys


#: When the process is killed; at the last one the database has it already.
MOMENTS = ("commit", "vote", "finish")
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
#: Brings a meeting for each moment to its end but for the last step; prints their keys.
PREPARE = """
with runtime.application() as app, runtime.writing("seneffe"):
    portal = get_site(app, "seneffe")
    setSite(portal)
    councils.add_staff(portal)
    members, keys = councils.seat(mailed=False), []
    texts = {"title": "Point", "decision": "<p>Article 1.</p>"}
    for _moment in sys.argv[1:]:
        meeting = councils.plan(portal)
        found = [items.of_councillor(bodies.get("council"), texts, {}) for _ in range(5)]
        councils.sit(portal, meeting, members, *found)
        with councils.acting(portal, "secretary"):
            votes.hold_all(found, {"mode": "show_of_hands"}, "accept")
        keys.append(meeting.getId())
    print(json.dumps(keys))
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


moment, *keys = sys.argv[1:]
with runtime.application() as app, runtime.writing("seneffe"):
    portal = get_site(app, "seneffe")
    setSite(portal)
    transaction.get().join(Killer(moment))
    with councils.acting(portal, "secretary"):
        for key in keys:
            meetings.change(store.meeting(key), "decide")
"""
#: Prints what stands in the meetings, and the numbers of the register.
READ = """
with runtime.application() as app:
    setSite(get_site(app, "seneffe"))
    found = {}
    for key in sys.argv[1:]:
        meeting = store.meeting(key)
        entries = list(Register("council").entries(meeting.starts.year))
        held = agenda.items_of(meeting)
        about = {item.UID() for item in held}
        found[key] = {
            "state": meeting.state,
            "numbers": [item.number for item in held],
            "registered": [item.registered[1] for item in held if item.registered],
            "own": [entry.number for entry in entries if entry.about in about],
            "all": [entry.number for entry in entries],
        }
    print(json.dumps(found))
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


def read(instance, keys):
    """Return what stands in some meetings, by their keys."""
    code, told = run(instance, READ, *keys)
    assert code == 0, told
    return json.loads(told)


def test_after_a_restart_a_meeting_has_all_its_numbers_or_none(served):
    code, told = run(served, PREPARE, *MOMENTS)
    assert code == 0, told
    keys = dict(zip(MOMENTS, json.loads(told), strict=True))
    for moment, key in keys.items():
        code, told = run(served, DECIDE, moment, key)
        assert code == -signal.SIGKILL, told
    killed = read(served, keys.values())
    done = keys.pop("finish")
    assert killed[done]["state"] == "decided"
    for key in keys.values():
        assert (killed[key]["state"], killed[key]["own"]) == ("sitting", [])
        assert killed[key]["numbers"] == [0] * 5
    code, told = run(served, DECIDE, "never", *keys.values())
    assert code == 0, told
    for found in read(served, [done, *keys.values()]).values():
        first = found["own"][0]
        assert found["own"] == list(range(first, first + 5))
        assert found["registered"] == found["own"]
        assert found["numbers"] == [1, 2, 3, 4, 5]
        # The register of the body has no hole, whoever was killed before.
        assert found["all"] == list(range(1, 5 * len(MOMENTS) + 1))
