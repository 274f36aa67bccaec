"""What a seal costs, and what telling its worth does when the register grows."""

from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tests.bench.growth import MORE
from tests.bench.growth import serve
from tests.bench.load import Call
from tests.bench.load import in_turn
from tests.bench.measures import Results
from tests.bench.servers import copy_of
from tests.bench.servers import FRESH
from tests.bench.servers import script

import json


#: Entries of the register; of a quick run a hundredth.
SIZES, QUICK_SIZES = (1000, 100_000), (100, 1000)
#: How much more our seal may cost than pyHanko's own call.
BESIDE_PYHANKO = 1.3
#: Two ways to ask what a code is worth.
ASKED = (
    ("GET @verify", "@verify", {"Accept": "application/json"}),
    ("the page verify", "verify", {}),
)
#: What ``sealing.py`` times.
TITLES = {
    "bare": "pyHanko's own call",
    "ours": "ours, a seal",
    "made": "ours, a certificate made",
    "sealed": "ours, a certificate made and sealed",
}
#: Seconds for which the registers may lock a town while they are chained.
LOCKED = 2.0


def measure_seals(results: Results, folder: Path, port: int, quick: bool) -> None:
    """Take all measures of seals; ours is not served.

    :param port: two free ports begin here.
    """
    number = 10 if quick else 40
    home = copy_of(folder / FRESH, folder / "seals")
    found = json.loads(script("sealing.py", home, str(number)).splitlines()[-1])
    taken = {name: median(values) for name, values in found.items()}
    ratio = taken["ours"] / taken["bare"]
    results.note("a seal against pyHanko's own call", ratio, "<=", BESIDE_PYHANKO)
    title = "a certificate made and sealed in one action against one only made"
    results.note(title, taken["sealed"] / taken["made"])
    for name, title in TITLES.items():
        results.medians[title] = [1000 * taken[name]]
    _measure_verifying(results, folder, port, number, quick)


def _measure_verifying(results, folder: Path, port: int, number, quick) -> None:
    """Compare codes that are checked in a small register and in a large one."""
    sizes = QUICK_SIZES if quick else SIZES
    homes, codes = [], []
    for size in sizes:
        source = homes[-1] if homes else folder / FRESH
        homes.append(copy_of(source, folder / f"sealed-{size}"))
        codes.append(script("sealedfill.py", homes[-1], str(size)).split()[-1])
    found = json.loads(script("chaining.py", homes[-1]).splitlines()[-1])
    title = f"seconds of the lock to chain 100 more entries, {sizes[-1]} chained"
    results.note(title, found["locked"], "<=", LOCKED)
    results.note(f"seconds in all for it, {sizes[-1]} chained", found["seconds"])
    with ExitStack() as stack:
        for place, home in enumerate(homes):
            stack.enter_context(serve(home, port + place))
        for name, path, headers in ASKED:
            calls = [
                (port + place, Call("GET", f"/seneffe/{path}/{code}", headers))
                for place, code in enumerate(codes)
            ]
            loads = in_turn(calls, number)
            for size, load in zip(sizes, loads, strict=True):
                results.count(f"ours, {name}, {size} entries", load, must_hold=True)
            title = f"{name} at {sizes[-1]} entries against {sizes[0]}"
            results.note(title, loads[1].median / loads[0].median, "<=", MORE)
