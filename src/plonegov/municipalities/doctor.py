"""Is the instance in order? Each check is green or red and says what it saw."""

from collections.abc import Iterator
from plonegov.core.errors import KeyFileExposed
from plonegov.core.errors import KeyMissing
from plonegov.core.identity.keys import TownKeys
from plonegov.core.ops.home import home
from plonegov.core.ops.townlocks import TownBusy
from plonegov.core.ops.writelock import town_lock
from plonegov.municipalities.folders import PACKAGE_FOLDER
from plonegov.municipalities.runtime import application
from plonegov.municipalities.runtime import start_zope
from plonegov.municipalities.serve import used_port
from plonegov.municipalities.sites import municipality_sites
from typing import NamedTuple

import http.client
import shutil


#: Bytes that must be free on the disk; seconds that a lock may take.
MIN_FREE = 1_000_000_000
LOCK_TIMEOUT = 30.0


class Check(NamedTuple):
    """One line of the doctor's list."""

    name: str
    ok: bool
    note: str


def examine() -> list[Check]:
    """Run all checks; they change nothing and work while the site serves.

    :raises InstanceMissing: there is no instance yet.
    """
    start_zope()
    with application() as app:
        towns = municipality_sites(app)
    checks = [Check("storage", True, f"opens; sites: {_names(towns.values())}")]
    for town, site_id in towns.items():
        checks += [_keys(town), _mail(town), _lock(site_id)]
    return [*checks, _disk(), _pango(), *_locales(), _port()]


def _names(found) -> str:
    return ", ".join(found) or "none"


def _keys(town: str) -> Check:
    name = f"keys of {town}"
    keys = TownKeys(town)
    try:
        whole = keys.decrypt(keys.encrypt("x")) == "x"
    except KeyMissing:
        return Check(name, False, f"no current key in {keys.folder}")
    except KeyFileExposed:
        return Check(name, False, f"others may read {keys.folder}")
    return Check(name, whole, f"current key {keys.current_id}, private")


def _mail(town: str) -> Check:
    name = f"mail of {town}"
    folder = home() / "mail" / town
    if not folder.exists():
        return Check(name, True, "nothing was sent yet")
    if folder.stat().st_mode & 0o077:
        return Check(name, False, f"others may read {folder}")
    waiting = sum(1 for _ in folder.glob("new/*"))
    return Check(name, True, f"{waiting} waiting in {folder}")


def _lock(site_id: str) -> Check:
    name = f"write lock of {site_id}"
    try:
        with town_lock(site_id, timeout=LOCK_TIMEOUT):
            return Check(name, True, "free")
    except TownBusy:
        return Check(name, False, f"not free within {LOCK_TIMEOUT:.0f} seconds")


def _disk() -> Check:
    free = shutil.disk_usage(home()).free
    return Check("disk", free >= MIN_FREE, f"{free / 1e9:.1f} GB free")


def _pango() -> Check:
    try:
        import weasyprint
    except OSError as error:
        return Check("pango", False, str(error).splitlines()[0])
    return Check("pango", True, f"found by WeasyPrint {weasyprint.__version__}")


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


def _port() -> Check:
    number = used_port()
    name = f"port {number}"
    connection = http.client.HTTPConnection("127.0.0.1", number, timeout=10)
    try:
        connection.request("GET", "/health")
        answer = connection.getresponse()
    except ConnectionRefusedError:
        return Check(name, True, "free, nothing is served")
    except (OSError, http.client.HTTPException) as error:
        return Check(name, False, f"does not answer: {error}")
    finally:
        connection.close()
    return Check(name, answer.status == 200, f"served, health answers {answer.status}")
