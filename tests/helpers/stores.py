"""What the counter holds now, whoever changed it."""

from plonegov.ordering.api.counters import counter

import transaction


def stored(portal):
    """Return how many orders and drafts there are."""
    transaction.begin()
    return len(counter().records), len(counter().drafts)


def only_draft():
    """Return the one draft."""
    transaction.begin()
    [draft] = counter().drafts._drafts.values()
    return draft


def only_order():
    """Return the one order."""
    transaction.begin()
    [reference] = counter().records
    return counter().records.get(reference).__of__(counter())
