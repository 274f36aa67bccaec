"""What an order, the queue and its files cost when there are many orders already."""

from contextlib import ExitStack
from pathlib import Path
from subprocess import Popen
from tests.bench.forms import form_rows
from tests.bench.load import ask
from tests.bench.load import Call
from tests.bench.load import in_turn
from tests.bench.measures import order
from tests.bench.measures import Results
from tests.bench.measures import Side
from tests.bench.servers import BIN
from tests.bench.servers import copy_of
from tests.bench.servers import forget_peak
from tests.bench.servers import FRESH
from tests.bench.servers import MEGABYTE
from tests.bench.servers import memory
from tests.bench.servers import orders_stored
from tests.bench.servers import run
from tests.bench.servers import script
from tests.bench.servers import serving

import json
import time


#: Orders that there are; of a quick run a tenth or less.
SIZES, QUICK_SIZES = (100, 10_000, 50_000), (100, 400, 1000)
#: Rows of EasyForm's file; its time grows with the rows, so that a row's time counts.
ROWS, QUICK_ROWS = 20_000, 500
#: How much more one more order may cost among many (a quarter).
MORE = 1.25
CSV = "/seneffe/counter/queue?scope=all&format=csv"
THEIR_CSV = "/Forms/form/actions/saver/@@data?form.buttons.download=1&csv_delimiter=%2C"


def measure_growth(
    results: Results,
    folder: Path,
    plain: Side,
    clerk: dict[str, str],
    port: int,
    quick: bool,
) -> None:
    """Take all measures of many orders; ours and plain are not served.

    :param plain: plain Plone, for its administrator.
    :param clerk: header of the demonstration's clerk.
    :param port: four free ports begin here.
    """
    sizes = QUICK_SIZES if quick else SIZES
    homes, references = [], []
    for size in sizes:
        source = homes[-1] if homes else folder / FRESH
        homes.append(copy_of(source, folder / f"orders-{size}"))
        references.append(script("fill.py", homes[-1], str(size)).split()[-1])
    woken = int(script("awake.py", homes[-1], references[-1]).split()[-1])
    results.note("orders woken by a page of the queue and a search", woken, "<=", 0)
    form_rows(folder / "plain", QUICK_ROWS if quick else ROWS)
    with ExitStack() as stack:
        servers = [
            stack.enter_context(serve(home, port + number))
            for number, home in enumerate(homes)
        ]
        ports = [port + number for number in range(len(sizes))]
        _compare(results, sizes, ports, references, clerk, 20 if quick else 60)
        runwsgi = [BIN / "runwsgi", folder / "plain" / "etc" / "zope.ini"]
        stack.enter_context(serving(folder / "plain", plain.port, runwsgi))
        _compare_files(results, plain, clerk, ports[-1], servers[-1], sizes[-1])


def serve(home: Path, port: int):
    """Serve one of our instances."""
    return serving(home, port, [BIN / "plonegov", "serve", "--port", str(port)])


def _compare(results, sizes, ports, references, clerk, number) -> None:
    """Compare the same requests at each size, one after another."""
    pages = {
        "one more order": lambda reference: order(1),
        "a page of the queue": lambda reference: Call(
            "GET", "/seneffe/counter/queue", clerk
        ),
        "a search by reference": lambda reference: Call(
            "GET", f"/seneffe/counter/queue?reference={reference}", clerk
        ),
    }
    for name, call in pages.items():
        calls = [
            (port, call(reference))
            for port, reference in zip(ports, references, strict=True)
        ]
        loads = in_turn(calls, number)
        for size, load in zip(sizes, loads, strict=True):
            results.count(f"ours, {name}, {size} orders", load, must_hold=True)
        for size, load in zip(sizes[1:], loads[1:], strict=True):
            title = f"{name} at {size} orders against {sizes[0]}"
            results.note(title, load.median / loads[0].median, "<=", MORE)


def _compare_files(
    results: Results,
    plain: Side,
    clerk: dict[str, str],
    port: int,
    server: Popen,
    size: int,
) -> None:
    """Compare the rows of a file a second, and see what memory ours takes."""
    ask(port, Call("GET", "/seneffe/counter/queue", clerk))
    before = memory(server.pid, "VmRSS")
    forget_peak(server.pid)
    own = ask(port, Call("GET", CSV, clerk))
    peak = (memory(server.pid, "VmHWM") - before) / MEGABYTE
    theirs = ask(plain.port, Call("GET", THEIR_CSV, plain.admin))
    rows = own.body.count(b"\n") - 1, theirs.body.count(b"\n")
    if rows[0] < size or not rows[1]:
        results.faults.append(f"files: {rows[0]} rows of ours, {rows[1]} of theirs")
        return
    ratio = (rows[0] / own.seconds) / (rows[1] / theirs.seconds)
    results.note("rows of a CSV file a second against EasyForm's", ratio, ">=", 20.0)
    results.note("MB of memory that a CSV file takes at most", peak, "<=", 30.0)


def measure_retention(results: Results, folder: Path, number: int) -> None:
    """See how fast people are taken out of orders whose time is over."""
    home = copy_of(folder / FRESH, folder / "retention")
    script("fill.py", home, str(orders_stored(home) + number), "4000")
    start = time.perf_counter()
    rows = json.loads(run([BIN / "plonegov", "retention", "--json"], home))
    seconds = time.perf_counter() - start
    done = sum(row["total"] for row in rows)
    if done < number:
        results.faults.append(f"retention: {number} orders, {done} erased")
    results.note("orders a second from which people are taken out", done / seconds)
