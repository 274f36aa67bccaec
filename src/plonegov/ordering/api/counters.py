"""The site's online counter."""

from plone import api
from plonegov.core.errors import RecordNotFound
from plonegov.ordering.content.counter import Counter
from plonegov.ordering.interfaces import ICounterContainer


COUNTER_ID = "counter"


def counter() -> Counter:
    """Return the site's online counter.

    :raises RecordNotFound: the site has none.
    """
    found = api.portal.get().get(COUNTER_ID)
    if not ICounterContainer.providedBy(found):
        raise RecordNotFound()
    return found
