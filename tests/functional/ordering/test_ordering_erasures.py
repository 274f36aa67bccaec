"""What retention erases is listed outside the database, and erased again after a restore."""

from datetime import date
from datetime import timedelta
from helpers.orders import request
from plone import api
from plone.uuid.interfaces import IUUID
from plonegov.core.ops.erasures import FOLDER
from plonegov.core.ops.erasures import read_erasures
from plonegov.core.ops.home import home
from plonegov.core.ops.interfaces import IJob
from plonegov.municipalities.storage.restore import erase_again
from plonegov.municipalities.storage.restore import hold_mails
from plonegov.ordering.adapters.roles import APPLICANT
from plonegov.ordering.api import handling
from plonegov.ordering.api import orders
from plonegov.ordering.api.counters import counter
from zope.component import getUtility

import transaction


LONG_AGO = timedelta(days=4000)


def listed():
    return {erasure.uid for erasure in read_erasures(home() / FOLDER)}


def test_retention_lists_what_it_erases_and_nothing_else(portal):
    old, young = (orders.place(request()) for _ in range(2))
    with api.env.adopt_roles(["Service Clerk", APPLICANT]):
        handling.withdraw(old)
    old.placed -= LONG_AGO
    old.due -= LONG_AGO
    old.closed -= LONG_AGO
    old.reindexObject()
    before, uid = listed(), IUUID(old)
    transaction.commit()
    getUtility(IJob, name="plonegov.ordering.retention").run(portal)
    transaction.begin()
    assert (old.anonymised is None, young.anonymised is None) == (False, True)
    assert listed() - before == {uid}


def test_what_is_listed_is_erased_again_where_it_came_back(portal):
    """Also an order that was running still when the backup was made."""
    back, other = (orders.place(request()) for _ in range(2))
    day = date(2026, 3, 1)
    transaction.commit()
    assert erase_again(portal, {IUUID(back): day, "0" * 32: day}) == 1
    assert (back.anonymised, other.anonymised) == (day, None)
    assert counter().records.count(counter(), {}) == 2
    assert erase_again(portal, {IUUID(back): day}) == 0


def test_mails_that_a_backup_owed_are_held_back_once(portal):
    orders.place(request())
    assert hold_mails(portal) > 0
    assert hold_mails(portal) == 0
