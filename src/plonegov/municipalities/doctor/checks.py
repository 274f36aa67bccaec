"""Is the instance in order? Each check is green or red and says what it saw.

A town's checks are in ``towncheck``; here stands what all towns share.
"""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from plonegov.core.errors import TownBusy
from plonegov.core.ops.home import home
from plonegov.core.ops.writelock import town_lock
from plonegov.municipalities.doctor.addons import answered
from plonegov.municipalities.doctor.check import Check
from plonegov.municipalities.doctor.towns import examine_town
from plonegov.municipalities.doctor.towns import facts_of
from plonegov.municipalities.loader.folders import PACKAGE_FOLDER
from plonegov.municipalities.loader.sites import municipality_sites
from plonegov.municipalities.server.runtime import application
from plonegov.municipalities.server.runtime import start_zope
from plonegov.municipalities.server.serve import used_port

import http.client
import shutil


#: Bytes that must be free on the disk; seconds that a lock may take.
MIN_FREE = 1_000_000_000
LOCK_TIMEOUT = 30.0


def examine() -> list[Check]:
    """Run all checks; they change nothing and work while the site serves.

    :raises InstanceMissing: there is no instance yet.
    """
    start_zope()
    with application() as app:
        towns = municipality_sites(app)
        checks = [_storage(towns.values())]
        known = []
        for town in towns:
            checks += examine_town(app, town)
            known.append(facts_of(app, town))
    for facts in known:
        checks += answered(facts)
    checks += [_lock(site_id) for site_id in towns.values()]
    for check in MACHINE_CHECKS:
        checks += check()
    return checks


def _storage(sites: Iterable[str]) -> Check:
    return Check("storage", True, f"opens; sites: {', '.join(sites) or 'none'}")


def _lock(site_id: str) -> Check:
    name = f"write lock of {site_id}"
    try:
        with town_lock(site_id, timeout=LOCK_TIMEOUT):
            return Check(name, True, "free")
    except TownBusy:
        return Check(name, False, f"not free within {LOCK_TIMEOUT:.0f} seconds")


def _disk() -> Iterator[Check]:
    free = shutil.disk_usage(home()).free
    yield Check("disk", free >= MIN_FREE, f"{free / 1e9:.1f} GB free")


def _pango() -> Iterator[Check]:
    try:
        import weasyprint
    except OSError as error:
        yield Check("pango", False, str(error).splitlines()[0])
    else:
        yield Check("pango", True, f"found by WeasyPrint {weasyprint.__version__}")


def _locales() -> Iterator[Check]:
    sources = sorted(PACKAGE_FOLDER.parent.glob("*/locales/*/LC_MESSAGES/*.po"))
    missing = [
        f"{po.parts[-5]} {po.parts[-3]}"
        for po in sources
        if not po.with_suffix(".mo").exists()
    ]
    if missing:
        yield Check("locales", False, f"not compiled: {', '.join(missing)}")
    else:
        yield Check("locales", True, f"{len(sources)} files compiled")


def _port() -> Iterator[Check]:
    number = used_port()
    name = f"port {number}"
    connection = http.client.HTTPConnection("127.0.0.1", number, timeout=10)
    try:
        connection.request("GET", "/health")
        answer = connection.getresponse()
    except ConnectionRefusedError:
        yield Check(name, True, "free, nothing is served")
    except (OSError, http.client.HTTPException) as error:
        yield Check(name, False, f"does not answer: {error}")
    else:
        yield Check(
            name, answer.status == 200, f"served, health answers {answer.status}"
        )
    finally:
        connection.close()


#: What is checked once for the machine, in the order of the list.
MACHINE_CHECKS: tuple[Callable[[], Iterator[Check]], ...] = (
    _disk,
    _pango,
    _locales,
    _port,
)
