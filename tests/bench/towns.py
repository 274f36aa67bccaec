"""Many towns in one Zope: what a further one costs to make, in time and in memory.

Beside the instance of one town stands its copy with more towns in it. Making a town
is compared with making a plain Plone site, each by a command of its own.
"""

from pathlib import Path
from tests.bench.load import ask
from tests.bench.load import Call
from tests.bench.load import in_turn
from tests.bench.measures import Results
from tests.bench.servers import BIN
from tests.bench.servers import command
from tests.bench.servers import copy_of
from tests.bench.servers import HERE
from tests.bench.servers import MEGABYTE
from tests.bench.servers import memory
from tests.bench.servers import serving

import os
import shutil
import subprocess
import time


TEMPLATE = "seneffe"
PROFILES = Path(__file__).parents[2] / "profiles"
#: Seconds that a town may take beyond one and a half plain sites: its add-ons.
EXTRA = 5.0
#: Every page that is compared, below the site.
PAGES = ("", "/counter", "/counter/residence", "/counter/residence/order/who")
#: How often a town's pages are opened: more often than there are places.
TOUCHES = 8


def town_ids(number: int) -> list[str]:
    """Return the ids of the further towns."""
    return [f"town-{index:02}" for index in range(1, number + 1)]


def write_profiles(home: Path, ids: list[str]) -> None:
    """Write profiles that differ from the template by their id."""
    for municipality in ids:
        folder = home / "profiles" / municipality
        shutil.copytree(PROFILES / TEMPLATE, folder)
        file = folder / "municipality.toml"
        text = file.read_text(encoding="utf-8")
        changed = text.replace(f'id = "{TEMPLATE}"', f'id = "{municipality}"', 1)
        file.write_text(changed, encoding="utf-8")


def measure_towns(results: Results, folder: Path, port: int, number: int) -> None:
    """Take all measures of many towns; the two instances of the run are not served.

    :param folder: holds the instances ``ours`` and ``plain``.
    :param port: two free ports begin here.
    :param number: towns in one Zope.
    """
    one = folder / "ours"
    many = copy_of(one, folder / "many")
    ids = town_ids(number - 1)
    write_profiles(many, ids)
    own = [_seconds_of_town(many, municipality) for municipality in ids]
    for seconds in own[:3]:
        plain = _seconds_of_plain(folder / "plain")
        results.note(
            f"making a town, less {EXTRA:g} s, against making a plain Plone site",
            (seconds - EXTRA) / plain,
            "<=",
            1.5,
        )
    results.note("making the last town against the first", own[-1] / own[0])
    _measure_pages(results, one, many, ids, port)


def _seconds_of_town(home: Path, municipality: str) -> float:
    start = time.perf_counter()
    command(home, "municipality", "apply", municipality, "--json")
    return time.perf_counter() - start


def _seconds_of_plain(home: Path) -> float:
    """Return how long a further plain site takes, made by ``zconsole``."""
    start = time.perf_counter()
    subprocess.run(
        [BIN / "zconsole", "run", home / "etc" / "zope.conf", HERE / "plainsite.py"],
        env=os.environ | {"BENCH_SITE": f"Plone{time.time_ns()}"},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - start


def _measure_pages(
    results: Results, one: Path, many: Path, ids: list[str], port: int
) -> None:
    """Compare the pages of a town that is alone with one that has neighbours."""
    serve = [BIN / "plonegov", "serve", "--port"]
    with (
        serving(one, port, [*serve, str(port)]),
        serving(many, port + 1, [*serve, str(port + 1)]) as server,
    ):
        _touch(port, [TEMPLATE])
        _touch(port + 1, [TEMPLATE])
        before = memory(server.pid, "VmRSS")
        _touch(port + 1, ids)
        grown = (memory(server.pid, "VmRSS") - before) / len(ids) / MEGABYTE
        results.note("MB of memory for a further town that is visited", grown, "<", 2.0)
        for page in PAGES:
            call = Call("GET", f"/{TEMPLATE}{page}")
            alone, beside = in_turn([(port, call), (port + 1, call)], 60)
            name = page or "/"
            results.count(f"one town, {name}", alone, must_hold=True)
            results.count(f"{len(ids) + 1} towns, {name}", beside, must_hold=True)
            results.note(
                f"page {name} with {len(ids) + 1} towns against one town",
                beside.median / alone.median,
                "<=",
                1.1,
            )


def _touch(port: int, ids: list[str]) -> None:
    """Open every page of some towns; a second round tells no new memory."""
    for _ in range(TOUCHES):
        for municipality in ids:
            for page in PAGES:
                ask(port, Call("GET", f"/{municipality}{page}"))
