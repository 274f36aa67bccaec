"""Print how many orders the queue and its search load from the database: 0 is right.

``awake.py REFERENCE``, for the instance in ``$PLONEGOV_HOME``.
"""

from pathlib import Path

import sys


def awake(reference: str) -> int:
    """Ask as the clerk does for a page of the queue and for one order."""
    from helpers.woken import woken
    from plone import api
    from plonegov.municipalities.loader.sites import get_site
    from plonegov.municipalities.server.runtime import application
    from plonegov.municipalities.server.runtime import start_zope
    from plonegov.ordering.api import queue
    from plonegov.ordering.content.order import Order

    start_zope()
    with application() as root:
        site = get_site(root, "seneffe")
        with api.env.adopt_user("clerk"), woken(site, (Order,)) as orders:
            assert queue.orders({"state": list(queue.RUNNING)}).total
            assert queue.find(reference).total == 1
        return len(orders)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    print(awake(sys.argv[1]))
