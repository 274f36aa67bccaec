"""Writes many orders that ended long ago into an instance, from a process of its own.

Called with the municipality, how many orders, and how many days ago they ended.
"""

from helpers.ageing import age
from helpers.ageing import end
from helpers.orders import request
from plonegov.core.ops.writelock import town_lock
from plonegov.municipalities.loader.sites import get_site
from plonegov.municipalities.server.runtime import application
from plonegov.municipalities.server.runtime import start_zope
from plonegov.ordering.api import orders

import base64
import sys
import transaction


PORTION = 100
FILE = base64.b64encode(b"%PDF-1.7 canary " * 600).decode()


def write(portal, count, days):
    """Write orders in portions."""
    for start in range(0, count, PORTION):
        with town_lock(portal.getId()):
            transaction.begin()
            for number in range(start, min(count, start + PORTION)):
                order = orders.place(
                    request(
                        applicant__last_name="Canary",
                        applicant__email=f"canary{number}@exempleville.example",
                        attachments=[
                            {"question": "proof", "filename": "a.pdf", "data": FILE}
                        ],
                    )
                )
                end(order)
                age(order, days)
            transaction.commit()


def main(municipality, count, days):
    """Start Zope and write."""
    start_zope()
    with application() as root:
        write(get_site(root, municipality), int(count), int(days))


if __name__ == "__main__":
    main(*sys.argv[1:])
