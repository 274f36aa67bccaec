"""What will be erased and when: counts by day and document, and no name."""

from collections import Counter
from datetime import date
from datetime import timedelta
from plone import api
from plonegov.core.records.interfaces import IRetention
from plonegov.core.records.retention import Due
from plonegov.ordering import PACKAGE_NAME
from plonegov.ordering.api.orders import town_today
from zope.component import getUtility


#: How far one sees when no day is named.
YEAR = timedelta(days=365)

MonthOfDocuments = dict[date, Counter[str]]


def erased_until(day: date) -> list[Due]:
    """Return the orders that are erased up to a day, those that are over already, too.

    From metadata only; no order is woken.
    """
    return getUtility(IRetention, name=PACKAGE_NAME).due(api.portal.get(), day)


def coming_year() -> list[Due]:
    """Return the orders that are erased in the next twelve months, or are over."""
    return erased_until(town_today() + YEAR)


def by_month(due: list[Due]) -> MonthOfDocuments:
    """Return the numbers of orders by the first day of the month and by document.

    What is over already counts in the current month.
    """
    today, months = town_today(), {}
    for item in due:
        month = max(item.day, today).replace(day=1)
        months.setdefault(month, Counter())[item.kind] += 1
    return months
