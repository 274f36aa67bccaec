"""Print how many objects a search of the public loads from the database: 0 is right.

``awakepublic.py``, for the instance in ``$PLONEGOV_HOME``.
"""

from pathlib import Path

import sys


def awake() -> int:
    """Search as a citizen does: words, facets and their counts."""
    from helpers.woken import woken
    from plonegov.deliberations.api import public
    from plonegov.deliberations.content.item import Item
    from plonegov.deliberations.content.meeting import Meeting
    from plonegov.deliberations.content.publication import Publication
    from plonegov.deliberations.domain.publicsearch import Search
    from plonegov.municipalities.loader.sites import get_site
    from plonegov.municipalities.server.runtime import application
    from plonegov.municipalities.server.runtime import start_zope

    start_zope()
    with application() as root:
        site = get_site(root, "seneffe")
        with woken(site, (Publication, Item, Meeting)) as objects:
            found = public.search(Search(text="voirie"))
            assert found.total
            assert found.rows
        return len(objects)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    print(awake())
