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
from tests.bench.servers import make_plain
from tests.bench.servers import orders_stored
from tests.bench.servers import serving

import secrets
import shutil
import sys


CLIENTS = 16


def measure_pair(
    results: Results,
    folder: Path,
    admin: dict[str, str],
    port: int,
    number: int,
    rounds: int,
) -> None:
    """See that nothing is lost, doubled or broken, and compare the rates of orders with
    those of plain Plone's documents; both have a database of their own on one server.

    :param admin: header of our administrator.
    :param port: four free ports begin here.
    """
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from helpers.postgresql import Server

    home, server = copy_of(folder / FRESH, folder / "pair"), Server()
    with (
        server.database() as database,
        server.database() as other,
        ExitStack() as stack,
    ):
        command(home, "storage", "copy", "sqlite", database.url, "--json")
        command(home, "storage", "use", database.url, "--json")
        ours = (port, port + 1)
        for each in ours:
            program = [BIN / "plonegov", "serve", "--port", str(each)]
            stack.enter_context(serving(home, each, program))
        plain = _plain(stack, folder / "plainpair", home, port + 2, database, other)
        own = Side("pair", port, "/seneffe", _folder("/seneffe/fr"), admin)
        new_folder(own)
        for _turn in range(rounds):
            _measure(results, home, own, plain, number)


def _plain(stack: ExitStack, folder: Path, ours: Path, port: int, taken, own) -> Side:
    """Serve plain Plone by two processes on a database of its own."""
    shutil.rmtree(folder, ignore_errors=True)
    swap = {each: getattr(own, each) for each in ("name", "user", "password")}
    words = {getattr(taken, name): value for name, value in swap.items()}
    admin = make_plain(folder, port, ours, words)
    first = folder / "etc" / "zope.ini"
    second = first.with_name("second.ini")
    text = first.read_text(encoding="utf-8")
    second.write_text(text.replace(f":{port}\n", f":{port + 1}\n"), encoding="utf-8")
    for each, ini in ((port, first), (port + 1, second)):
        stack.enter_context(serving(folder, each, [BIN / "runwsgi", ini]))
    side = Side("plain", port, "/Plone", _folder("/Plone"), admin)
    new_folder(side)
    return side


def _folder(parent: str) -> str:
    return f"{parent}/bench-{secrets.token_hex(4)}"


def _measure(results: Results, home: Path, own: Side, plain: Side, number: int) -> None:
    kind = f"{CLIENTS} clients, two processes on PostgreSQL"
    pages = together(_ports(plain), CLIENTS, number, lambda n: document(plain))
    results.count(f"plain Plone, POST of a Document, {kind}", pages, must_hold=False)
    what: dict[str, tuple[Callable[[int], Call], Callable[[], int], int]] = {
        "an order": (order, lambda: orders_stored(home), 4 * number),
        "a Document": (
            lambda n: document(own),
            lambda: documents_stored(own),
            number,
        ),
    }
    for name, (make, stored, sent) in what.items():
        title = f"ours, POST of {name}, {kind}"
        before = stored()
        load = together(_ports(own), CLIENTS, sent, make)
        results.count(title, load, must_hold=True)
        kept = stored() - before
        if kept != sent:
            results.faults.append(f"{title}: {sent} sent, {kept} stored")
        if make is order:
            ratio = f"orders a second against plain Plone's documents a second, {kind}"
            results.compare(ratio, load.rate, pages.rate, ">=", 4.0)


def _ports(side: Side) -> tuple[int, int]:
    return side.port, side.port + 1
