"""Run by ``zconsole`` of the portal: make ``$BENCH_NUMBER`` items that the public reads.

They are made in portions, each a meeting with its decisions and a transaction, as
``drafting.py`` makes items; one in twenty is about the roads. ``$BENCH_TEXTS`` holds
title, motivation and decision of an item as JSON. It prints the seconds and the path of
the last item.
"""

from datetime import datetime
from datetime import timedelta

import json
import os
import time


PORTION = 50
FIRST_DAY = datetime(2010, 1, 4, 19)


def meeting_of(folder, number: int):
    """Return a new meeting, whose decisions the public reads."""
    from plone import api

    day = FIRST_DAY + timedelta(days=7 * number)
    made = api.content.create(
        folder,
        "Meeting",
        f"meeting-{number}",
        title=f"Séance du conseil {number}",
        date_time=day,
        plonemeeting_last_modified=day,
    )
    for step in ("send_to_project", "publish"):
        api.content.transition(made, step)
    return made


def item_of(meeting, number: int, texts: dict[str, str]):
    """Return a new item of a meeting, made as the portal makes what it is sent."""
    from imio.helpers.content import richtextval
    from plone import api

    title = texts["title"] if number % 20 else f"Voirie communale {number}"
    return api.content.create(
        meeting,
        "Item",
        formatted_title=richtextval(f"<p>{title}</p>"),
        title=title,
        number=str(number),
        sortable_number=100 * number,
        category=f"category-{number % 10}",
        representatives_in_charge=[f"{number % 5:032x}"],
        decision=richtextval(texts["motivation"] + texts["decision"]),
        plonemeeting_last_modified=meeting.date_time,
    )


def main(app) -> None:
    from AccessControl.SecurityManagement import newSecurityManager
    from Testing.makerequest import makerequest
    from zope.component.hooks import setSite
    from zope.globalrequest import setRequest

    import transaction

    root = makerequest(app)
    setRequest(root.REQUEST)
    newSecurityManager(None, root.acl_users.getUser("admin").__of__(root.acl_users))
    setSite(root.Plone)
    texts = json.loads(os.environ["BENCH_TEXTS"])
    total = int(os.environ["BENCH_NUMBER"])
    folder = root.Plone["town"]["decisions"]
    there = len(folder.objectIds())
    start = time.perf_counter()
    for first in range(0, total, PORTION):
        meeting = meeting_of(folder, there + first // PORTION)
        for number in range(min(PORTION, total - first)):
            made = item_of(meeting, number, texts)
        transaction.commit()
    print(time.perf_counter() - start, made.absolute_url_path())


if "app" in globals():
    main(globals()["app"])  # given by zconsole
