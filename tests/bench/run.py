"""Measure ours beside plain Plone in one run and write the reference page.

``python -m tests.bench [--quick] [--part NAME] [--rounds N] [--port N] [--keep FOLDER]
[--write FILE]``

Exit code 1 when a bound is broken. ``--keep`` leaves both instances in a folder and
uses them again the next time. For a look while one works, ``--quick`` sends few
requests in one round, and ``--part``, which may be repeated, takes some of the measures
only; then the page goes to ``var``, where it also stands after each part.
"""

from argparse import ArgumentParser
from argparse import Namespace
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from tests.bench.councils import measure_councils
from tests.bench.forms import make_form
from tests.bench.forms import measure_forms
from tests.bench.growth import measure_growth
from tests.bench.growth import measure_retention
from tests.bench.load import ask
from tests.bench.load import Call
from tests.bench.measures import measure_orders
from tests.bench.measures import measure_pages
from tests.bench.measures import measure_staff
from tests.bench.measures import new_folder
from tests.bench.measures import publish_page
from tests.bench.measures import Results
from tests.bench.measures import Side
from tests.bench.pair import measure_pair
from tests.bench.portal import measure_portal
from tests.bench.report import text
from tests.bench.seals import measure_seals
from tests.bench.servers import authorization
from tests.bench.servers import BIN
from tests.bench.servers import CLERK
from tests.bench.servers import copy_of
from tests.bench.servers import FRESH
from tests.bench.servers import make_ours
from tests.bench.servers import make_plain
from tests.bench.servers import orders_stored
from tests.bench.servers import PASSWORD
from tests.bench.servers import SECRETARY
from tests.bench.servers import serving
from tests.bench.towns import measure_towns

import json
import secrets
import sys


ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "benchmarks.md"
QUICK_PAGE = ROOT / "var" / "benchmarks.md"


def main() -> None:
    """Run all measures; exit with 1 when a bound is broken."""
    options = arguments()
    results = Results()
    with ExitStack() as stack:
        folder = Path(options.keep or stack.enter_context(TemporaryDirectory()))
        run = Run(results, folder, options, made(folder, options.port))
        for part in options.part or PARTS:
            say(part)
            PARTS[part](run)
            page = text(results, options.rounds, options.quick)
            QUICK_PAGE.parent.mkdir(parents=True, exist_ok=True)
            QUICK_PAGE.write_text(page, encoding="utf-8")
    options.write.parent.mkdir(parents=True, exist_ok=True)
    options.write.write_text(page, encoding="utf-8")
    print(page)
    sys.exit(0 if results.hold else 1)


@dataclass(frozen=True)
class Run:
    """Where a run keeps its instances, and the headers of their administrators."""

    results: Results
    folder: Path
    options: Namespace
    admins: dict[str, dict[str, str]]

    def side(self, name: str, port: int, site: str, parent: str) -> Side:
        """Return a server with a new folder for documents."""
        folder = f"{parent}/bench-{secrets.token_hex(4)}"
        return Side(name, port, site, folder, self.admins[name])

    @property
    def plain(self) -> Side:
        return self.side("plain", self.options.port + 1, "/Plone", "/Plone")


def beside(run: Run) -> None:
    """Take the measures of both servers side by side, round by round.

    Plain Plone is started anew for each: under many writers on SQLite it can come to a
    state in which it answers nothing more.
    """
    port, folder = run.options.port, run.folder
    ours = run.side("ours", port, "/seneffe", "/seneffe/fr")
    own = [BIN / "plonegov", "serve", "--port", str(port)]
    with serving(folder / "ours", port, own):
        add_folder(ours)
        for turn in range(run.options.rounds):
            say(f"round {turn + 1} of {run.options.rounds}")
            ini = folder / "plain" / "etc" / "zope.ini"
            with serving(folder / "plain", port + 1, [BIN / "runwsgi", ini]):
                plain = run.plain
                add_folder(plain)
                measure(run, ours, plain)


def pair(run: Run) -> None:
    """Take the measures of two processes on PostgreSQL."""
    options = run.options
    measure_pair(
        run.results,
        run.folder,
        run.admins["ours"],
        options.port,
        options.requests,
        options.rounds,
    )


def growth(run: Run) -> None:
    """Take the measures of many orders."""
    clerk, port = run.admins["clerk"], run.options.port + 2
    measure_growth(run.results, run.folder, run.plain, clerk, port, run.options.quick)


def retention(run: Run) -> None:
    """Take the measure of many orders whose time is over."""
    measure_retention(run.results, run.folder, 300 if run.options.quick else 10_000)


def towns(run: Run) -> None:
    """Take the measures of many towns."""
    number = 4 if run.options.quick else 20
    measure_towns(run.results, run.folder, run.options.port, number)


def councils(run: Run) -> None:
    """Take the measures of deliberations."""
    port, quick = run.options.port + 2, run.options.quick
    secretary = run.admins["secretary"]
    measure_councils(run.results, run.folder, run.plain, secretary, port, quick)


def seals(run: Run) -> None:
    """Take the measures of seals and of the register of sealed documents."""
    port, quick = run.options.port + 2, run.options.quick
    measure_seals(run.results, run.folder, port, quick)


def plonemeeting(run: Run) -> None:
    """Take the measures beside the portal that a town would use without us."""
    port = run.options.port + 2
    measure_portal(run.results, run.folder, port, run.options.quick)


#: The parts of a run; all but the first serve copies of the instances, each its own.
PARTS = {
    "beside": beside,
    "pair": pair,
    "growth": growth,
    "retention": retention,
    "towns": towns,
    "councils": councils,
    "seals": seals,
    "plonemeeting": plonemeeting,
}


def arguments() -> Namespace:
    parser = ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--part", action="append", choices=PARTS)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--requests", type=int)
    parser.add_argument("--port", type=int, default=8190)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    options.rounds = options.rounds or (1 if options.quick else 3)
    options.requests = options.requests or (32 if options.quick else 96)
    short = options.quick or options.part
    options.write = options.write or (QUICK_PAGE if short else PAGE)
    return options


def made(folder: Path, port: int) -> dict[str, dict[str, str]]:
    """Make both instances unless they are there; return their people's headers."""
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / "admins.json"
    if not note.exists():
        say("making both instances")
        admins = {"ours": make_ours(folder / "ours", port)}
        copy_of(folder / "ours", folder / FRESH)
        admins["plain"] = make_plain(folder / "plain", port + 1, folder / "ours")
        for name in (CLERK, SECRETARY):
            admins[name] = authorization(name, PASSWORD)
        make_form(folder / "plain")
        note.write_text(json.dumps(admins))
        note.chmod(0o600)
    return json.loads(note.read_text())


def add_folder(side: Side) -> None:
    """Make the folder of a side's documents.

    :raises RuntimeError: it can't be made.
    """
    answer = new_folder(side)
    if answer.status != 201:
        told = f"{answer.status} {answer.body[:300]}"
        raise RuntimeError(f"{side.name}: no folder, {told}")
    ask(side.port, Call("GET", side.site))


def measure(run: Run, ours: Side, plain: Side) -> None:
    """Take the measures of one round."""
    results, number = run.results, run.options.requests
    page = publish_page(plain)
    stored = partial(orders_stored, run.folder / "ours")
    tracking = measure_orders(results, ours, plain, number, stored)
    measure_forms(results, ours, plain, run.folder, number)
    for writers in (8, 16):
        measure_staff(results, ours, plain, writers, number)
    measure_pages(results, ours, plain, page, tracking, number // 2)


def say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
