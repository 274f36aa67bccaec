"""Give Seneffe's council 41 members and large agendas; print what a move and the minutes cost.

``agendas.py``, for the instance in ``$PLONEGOV_HOME``; it prints JSON: the keys of the
meetings by their items, the key of the one that was held, the most objects that a move
wrote, the median seconds of a move by items, and the seconds in which the minutes of the
held one were generated.
"""

from datetime import date
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from statistics import median

import json
import sys
import time


MEMBERS = 41
SIZES = (30, 300)
#: Items of the sitting whose minutes are made.
HELD = 300
WARM, MOVES = 5, 60
TOWN = "seneffe"


def scene():
    """Return where the council sits, with as many members as it shall have."""
    from plone.dexterity.utils import addContentToContainer
    from plone.dexterity.utils import createContent
    from plonegov.deliberations.adapters.demosittings import Scene
    from plonegov.deliberations.api import bodies
    from plonegov.deliberations.domain.demo import people
    from plonegov.deliberations.domain.demo import pool

    council, cast = bodies.get("council"), people("BE")
    council["proces-verbal"].recurring = False  # the items are those that are measured
    since = date.today() - timedelta(days=3000)
    for number in range(len(council.objectValues("Dexterity Item")), MEMBERS + 1):
        made = createContent(
            "plonegov.Mandate",
            title=f"Membre {number}",
            role="",
            group=cast.groups[number % len(cast.groups)],
            rank=number + 1,
            first_day=since,
            last_day=None,
        )
        made.id = f"member-{number}"
        addContentToContainer(council, made, checkConstraints=False)
    return Scene(council, pool("BE"), cast, "Salle du Conseil")


def prepared(place, starts: datetime, size: int) -> str:
    """Return the key of a new meeting with so many items on its agenda."""
    from plonegov.deliberations.adapters import demoitems
    from plonegov.deliberations.adapters.demosittings import plan
    from plonegov.deliberations.domain.agenda import Row

    meeting = plan(place, starts)
    rows = []
    for turn, topic in place.topics(50, size)[:-2]:
        item = demoitems.listed(meeting, topic, place.pool, turn)
        demoitems.secure(item)
        item.reindexObject()
        rows.append(Row(item.getId()))
    meeting.agenda.keep(rows)
    return meeting.getId()


def moves(root, keys: dict[int, str]) -> tuple[int, dict[int, float]]:
    """Return the most objects that a move wrote, and the median time by items; the
    meetings take turns."""
    written, seconds = set(), {size: [] for size in keys}
    for turn in range(WARM + MOVES):
        for size, key in keys.items():
            start = time.perf_counter()
            written.add(move(root, key, turn))
            if turn >= WARM:
                seconds[size].append(time.perf_counter() - start)
    return max(written), {size: median(each) for size, each in seconds.items()}


def move(root, key: str, turn: int) -> int:
    """Move a row as a request does; return how many objects are written."""
    from plone import api
    from plonegov.deliberations.api import agenda
    from plonegov.deliberations.api import store
    from plonegov.municipalities.loader.sites import get_site
    from plonegov.municipalities.server.runtime import writing

    with writing(TOWN):
        get_site(root, TOWN)
        with api.env.adopt_user(username="secretary"):
            meeting = store.meeting(key)
            row = meeting.agenda.rows[turn % 9]
            agenda.move(meeting, row.key, turn % 25 + 2, meeting.agenda.serial)
        return len(root._p_jar._registered_objects)


def main() -> None:
    from plone import api
    from plonegov.core.api import now
    from plonegov.deliberations.adapters.democlock import demo_clock
    from plonegov.deliberations.adapters.demopast import hold
    from plonegov.deliberations.api import minuting
    from plonegov.municipalities.loader.sites import get_site
    from plonegov.municipalities.server.runtime import application
    from plonegov.municipalities.server.runtime import start_zope
    from plonegov.municipalities.server.runtime import writing

    start_zope()
    found: dict = {"meetings": {}}
    with application() as root:
        with writing(TOWN):
            get_site(root, TOWN)
            with demo_clock(), api.env.adopt_user(username="secretary"):
                place, today = scene(), now()
                for size in SIZES:
                    key = prepared(place, today + timedelta(days=40), size + 2)
                    found["meetings"][size] = key
                before = today - timedelta(days=3)
                held = hold(place, before, 1, HELD, today.date())
                start = time.perf_counter()
                minuting.renew(held)
                found["minutes"] = time.perf_counter() - start
                found["held"] = held.getId()
        found["written"], found["seconds"] = moves(root, found["meetings"])
    print(json.dumps(found))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
