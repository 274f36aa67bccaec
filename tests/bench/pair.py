"""Two processes over PostgreSQL, with more clients than one process has places."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tests.bench.load import Call
from tests.bench.load import together
from tests.bench.measures import document
from tests.bench.measures import documents_stored
from tests.bench.measures import new_folder
from tests.bench.measures import order
from tests.bench.measures import Results
from tests.bench.measures import Side
from tests.bench.servers import BIN
from tests.bench.servers import command
from tests.bench.servers import copy_of
from tests.bench.servers import FRESH
from tests.bench.servers import orders_stored
from tests.bench.servers import serving

import secrets
import sys


CLIENTS = 16


def measure_pair(
    results: Results, folder: Path, admin: dict[str, str], port: int, number: int
) -> None:
    """See that nothing is lost, doubled or broken; ours is not served.

    :param admin: header of our administrator.
    :param port: two free ports begin here.
    """
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from helpers.postgresql import Server

    home = copy_of(folder / FRESH, folder / "pair")
    with Server().database() as database, ExitStack() as stack:
        command(home, "storage", "copy", "sqlite", database.url, "--json")
        command(home, "storage", "use", database.url, "--json")
        ports = (port, port + 1)
        for each in ports:
            program = [BIN / "plonegov", "serve", "--port", str(each)]
            stack.enter_context(serving(home, each, program))
        _measure(results, home, admin, ports, number)


def _measure(results, home, admin, ports, number) -> None:
    made = f"/seneffe/fr/bench-{secrets.token_hex(4)}"
    side = Side("pair", ports[0], "/seneffe", made, admin)
    new_folder(side)
    what: dict[str, tuple[Callable[[int], Call], Callable[[], int], int]] = {
        "an order": (order, lambda: orders_stored(home), 4 * number),
        "a Document": (
            lambda n: document(side),
            lambda: documents_stored(side),
            number,
        ),
    }
    for name, (make, stored, sent) in what.items():
        title = f"ours, POST of {name}, {CLIENTS} clients, two processes on PostgreSQL"
        before = stored()
        load = together(ports, CLIENTS, sent, make)
        results.count(title, load, must_hold=True)
        kept = stored() - before
        if kept != sent:
            results.faults.append(f"{title}: {sent} sent, {kept} stored")
