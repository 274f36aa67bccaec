"""A clerk of the population's service, and what he or she finds in the register."""

from collections.abc import Iterator
from contextlib import contextmanager
from helpers.people import add_person
from plone.app.testing import login
from plone.app.testing import TEST_USER_NAME
from plonegov.ordering.api import handling


REGISTER = {
    "full_name": "Exemple Ada",
    "birth_date": "1985-07-30",
    "birth_place": "Exempleville",
    "address": "Rue du Registre 7, 9999 Exempleville",
    "address_since": "2019-02-01",
}


@contextmanager
def clerk_at_work(portal) -> Iterator[str]:
    """Make a clerk, who is signed in meanwhile."""
    add_person(portal, "clerk", ["Member", "Clerk"], ["service-population"])
    login(portal, "clerk")
    yield "clerk"
    login(portal, TEST_USER_NAME)


def confirm(order, values=REGISTER, address=True) -> None:
    """Confirm what the register says of an order."""
    handling.confirm_findings(order, values, address_unprotected=address)
