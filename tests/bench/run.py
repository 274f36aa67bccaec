"""Measure ours beside plain Plone in one run and write the reference page.

``python -m tests.bench [--quick] [--rounds N] [--port N] [--keep FOLDER] [--write FILE]``

Exit code 1 when a bound is broken. ``--keep`` leaves both instances in a folder and
uses them again the next time; ``--quick`` is for a look while one works: few requests,
one round, and the page goes to ``var``.
"""

from argparse import ArgumentParser
from argparse import Namespace
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
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
from tests.bench.report import text
from tests.bench.servers import authorization
from tests.bench.servers import BIN
from tests.bench.servers import CLERK
from tests.bench.servers import copy_of
from tests.bench.servers import FRESH
from tests.bench.servers import make_ours
from tests.bench.servers import make_plain
from tests.bench.servers import orders_stored
from tests.bench.servers import PASSWORD
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
    with ExitStack() as stack:
        folder = options.keep or stack.enter_context(TemporaryDirectory())
        with ExitStack() as servers:
            sides = start(Path(folder), options.port, servers)
            results = measure(*sides, Path(folder) / "ours", options)
        apart(results, Path(folder), sides[1], options)
    page = text(results, options.rounds, options.quick)
    options.write.parent.mkdir(parents=True, exist_ok=True)
    options.write.write_text(page, encoding="utf-8")
    print(page)
    sys.exit(0 if results.hold else 1)


def apart(results: Results, folder: Path, plain: Side, options: Namespace) -> None:
    """Take the measures that need instances of their own; nothing is served now."""
    port, quick = options.port, options.quick
    admins = json.loads((folder / "admins.json").read_text())
    say("two processes on PostgreSQL")
    measure_pair(results, folder, admins["ours"], port, options.requests)
    say("many orders")
    measure_growth(results, folder, plain, admins["clerk"], port + 2, quick)
    say("retention")
    measure_retention(results, folder, 300 if quick else 10_000)
    say("many towns")
    measure_towns(results, folder, port, 4 if quick else 20)


def arguments() -> Namespace:
    parser = ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--requests", type=int)
    parser.add_argument("--port", type=int, default=8190)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    options.rounds = options.rounds or (1 if options.quick else 3)
    options.requests = options.requests or (32 if options.quick else 96)
    options.write = options.write or (QUICK_PAGE if options.quick else PAGE)
    return options


def start(folder: Path, port: int, stack: ExitStack) -> tuple[Side, Side]:
    """Make both instances unless they are there, and serve them side by side."""
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / "admins.json"
    if not note.exists():
        say("making both instances")
        admins = {"ours": make_ours(folder / "ours", port)}
        copy_of(folder / "ours", folder / FRESH)
        admins["plain"] = make_plain(folder / "plain", port + 1, folder / "ours")
        admins["clerk"] = authorization(CLERK, PASSWORD)
        make_form(folder / "plain")
        note.write_text(json.dumps(admins))
        note.chmod(0o600)
    admins = json.loads(note.read_text())
    own = [BIN / "plonegov", "serve", "--port", str(port)]
    plain_ini = folder / "plain" / "etc" / "zope.ini"
    stack.enter_context(serving(folder / "ours", port, own))
    stack.enter_context(
        serving(folder / "plain", port + 1, [BIN / "runwsgi", plain_ini])
    )
    name = f"bench-{secrets.token_hex(4)}"
    ours = Side("ours", port, "/seneffe", f"/seneffe/fr/{name}", admins["ours"])
    plain = Side("plain", port + 1, "/Plone", f"/Plone/{name}", admins["plain"])
    return ours, plain


def measure(ours: Side, plain: Side, home: Path, options: Namespace) -> Results:
    """Take all measures, round by round."""
    results = Results()
    number = options.requests
    for side in (ours, plain):
        made = new_folder(side)
        if made.status != 201:
            raise RuntimeError(
                f"{side.name}: no folder, {made.status} {made.body[:300]}"
            )
        ask(side.port, Call("GET", side.site))
    page = publish_page(plain)
    for turn in range(options.rounds):
        say(f"round {turn + 1} of {options.rounds}")
        tracking = measure_orders(
            results, ours, plain, number, lambda: orders_stored(home)
        )
        measure_forms(results, ours, plain, home.parent, number)
        for writers in (8, 16):
            measure_staff(results, ours, plain, writers, number)
        measure_pages(results, ours, plain, page, tracking, number // 2)
    return results


def say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
