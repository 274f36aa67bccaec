"""Draft items of a service in Seneffe until so many are made; print the seconds.

``drafting.py NUMBER``, for the instance in ``$PLONEGOV_HOME``. They are made in portions,
as ``plaindocuments.py`` makes documents.
"""

import sys
import time


#: As many as ``plaindocuments.py`` makes in a transaction.
PORTION = 50
TEXTS = {
    "title": "Réfection de la rue de l’Essai",
    "category": "roads",
    "motivation": f"<p>{'La chaussée est dégradée. ' * 18}</p>",
    "decision": "<p>Article 1er. – La réfection est approuvée.</p>",
}


def draft(number: int) -> float:
    """Draft the items as somebody of the service does; return the seconds."""
    from plone import api
    from plonegov.deliberations.api import items
    from plonegov.municipalities.loader.sites import get_site
    from plonegov.municipalities.server.runtime import application
    from plonegov.municipalities.server.runtime import start_zope
    from plonegov.municipalities.server.runtime import writing

    start_zope()
    with application() as root:
        start = time.perf_counter()
        for first in range(0, number, PORTION):
            with writing("seneffe"):
                get_site(root, "seneffe")
                with api.env.adopt_user(username="service"):
                    for _ in range(min(PORTION, number - first)):
                        items.draft("council", "works", TEXTS)
        return time.perf_counter() - start


if __name__ == "__main__":
    print(draft(int(sys.argv[1])))
