"""Place orders until the instance in ``$PLONEGOV_HOME`` holds so many.

``fill.py NUMBER [DAYS]``; with ``DAYS`` the new ones ended so many days ago. Prints the
reference of the last one.
"""

from pathlib import Path

import sys


PORTION = 200


def fill(number: int, days: int) -> str:
    """Place orders in portions, as imports do."""
    from helpers import ageing
    from helpers.orders import request
    from plonegov.municipalities.loader.sites import get_site
    from plonegov.municipalities.server.runtime import application
    from plonegov.municipalities.server.runtime import start_zope
    from plonegov.municipalities.server.runtime import writing
    from plonegov.ordering.api import orders

    start_zope()
    reference = ""
    with application() as root:
        while missing := max(0, number - len(_records(get_site(root, "seneffe")))):
            with writing("seneffe"):
                for _ in range(min(PORTION, missing)):
                    order = orders.place(request(applicant__email=""))
                    reference = order.reference
                    if days:
                        ageing.end(order, days)
            root._p_jar.cacheMinimize()
    return reference


def _records(site):
    return site["counter"].records


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    print(fill(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
