"""Print what chaining the registers of ``$PLONEGOV_HOME`` takes, and how long it locks.

JSON with ``seconds`` in all and ``locked`` under the town's write lock, for a day on which
a hundred documents came to all that is chained already.
"""

from contextlib import contextmanager

import json
import time


NEW = 100


def chained() -> dict[str, float]:
    """Chain what is there, register a day's documents, chain these and time it."""
    from plonegov.core.registers import chain
    from plonegov.core.registers import sealed
    from plonegov.core.registers.sealed import SealedKind
    from plonegov.municipalities.loader.sites import get_site
    from plonegov.municipalities.server.runtime import application
    from plonegov.municipalities.server.runtime import start_zope
    from plonegov.municipalities.server.runtime import writing

    times: list[float] = []
    lock = chain.town_lock

    @contextmanager
    def timed(site_id):
        with lock(site_id):
            begin = time.perf_counter()
            yield
            times.append(time.perf_counter() - begin)

    kind = SealedKind("residence", {"fr": "Certificat de résidence"}, "population")
    start_zope()
    with application() as root:
        chain.seal_town(get_site(root, "seneffe"))
        with writing("seneffe"):
            get_site(root, "seneffe")
            for number in range(NEW):
                code, digest = sealed.new_document_code(), f"f{number:063d}"
                sealed.enter(code, digest, kind, who="clerk", initials="C.E.")
    chain.town_lock = timed
    with application() as root:
        root._p_jar.cacheMinimize()
        begin = time.perf_counter()
        link = chain.seal_town(get_site(root, "seneffe"))
        seconds = time.perf_counter() - begin
    assert len(link.entries) == NEW
    return {"seconds": seconds, "locked": times[-1]}


if __name__ == "__main__":
    print(json.dumps(chained()))
