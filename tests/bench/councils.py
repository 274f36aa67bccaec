"""What deliberations cost: large agendas, minutes, and a public archive that grows."""

from contextlib import ExitStack
from pathlib import Path
from tests.bench.growth import MORE
from tests.bench.growth import serve
from tests.bench.load import ask
from tests.bench.load import Call
from tests.bench.load import in_turn
from tests.bench.measures import document
from tests.bench.measures import new_folder
from tests.bench.measures import publish_page
from tests.bench.measures import Results
from tests.bench.measures import Side
from tests.bench.servers import BIN
from tests.bench.servers import command
from tests.bench.servers import copy_of
from tests.bench.servers import forget_peak
from tests.bench.servers import FRESH
from tests.bench.servers import HERE
from tests.bench.servers import MEGABYTE
from tests.bench.servers import memory
from tests.bench.servers import run
from tests.bench.servers import script
from tests.bench.servers import serving
from urllib.parse import quote

import json


#: Documents of plain Plone's listing: as many as items stand on the agenda.
LISTED = 300
#: Decisions that the public reads; of a quick run a tenth.
SIZES, QUICK_SIZES = (1000, 10_000), (100, 1000)
#: Items and documents that are made.
MADE, QUICK_MADE = 1000, 100
MINUTES_LIMIT = 10.0
SEARCH = f"/seneffe/decisions/decisions-search?text={quote('voirie')}"
CSV = "/seneffe/deliberations.csv"
HEADER = "DELIB_ID;DELIB_DATE;DELIB_MATIERE_CODE;DELIB_OBJET;VOTE_EFFECTIF;VOTE_POUR\n"
CODES = ("1.1", "2.1", "3.1", "4.1", "5.3", "6.1", "7.1", "7.5", "8.3", "8.8")


def measure_councils(
    results: Results,
    folder: Path,
    plain: Side,
    secretary: dict[str, str],
    port: int,
    quick: bool,
) -> None:
    """Take all measures of deliberations; ours and plain are not served.

    :param plain: plain Plone, for its administrator.
    :param secretary: header of the demonstration's secretary.
    :param port: three free ports begin here.
    """
    home = copy_of(folder / FRESH, folder / "councils")
    found = json.loads(script("agendas.py", home).splitlines()[-1])
    results.note("objects that a move on an agenda writes", found["written"], "<=", 1)
    small, large = found["seconds"].values()
    title = "a move on an agenda of 300 items against 30, 41 members"
    results.note(title, large / small, "<=", MORE)
    _measure_making(results, home, folder, QUICK_MADE if quick else MADE)
    stored = archives(home, QUICK_SIZES if quick else SIZES)
    woken = int(script("awakepublic.py", list(stored.values())[-1]).split()[-1])
    results.note("objects woken by a search of the public", woken, "<=", 0)
    with ExitStack() as stack:
        servers = [
            stack.enter_context(serve(archive, port + place))
            for place, archive in enumerate(stored.values())
        ]
        runwsgi = [BIN / "runwsgi", folder / "plain" / "etc" / "zope.ini"]
        stack.enter_context(serving(folder / "plain", plain.port, runwsgi))
        new_folder(plain)
        number = 10 if quick else 40
        _measure_agenda(results, plain, secretary, port, found, number)
        ports = [port + place for place in range(len(stored))]
        _measure_search(results, plain, ports, list(stored), number)
        _measure_file(results, ports[-1], servers[-1].pid, list(stored)[-1])


def _measure_making(results: Results, home: Path, folder: Path, number: int) -> None:
    """Compare the items that a service drafts with documents of plain Plone."""
    own = float(script("drafting.py", home, str(number)))
    told = run(
        [
            BIN / "zconsole",
            "run",
            folder / "plain" / "etc" / "zope.conf",
            HERE / "plaindocuments.py",
        ],
        folder / "plain",
        BENCH_NUMBER=str(number),
    )
    theirs = float(told.split()[-1])
    title = f"making {number} items against plain Plone's documents, items a second"
    results.note(title, theirs / own, ">=", 2.0)


def archives(home: Path, sizes: tuple[int, ...]) -> dict[int, Path]:
    """Return copies of an instance whose public reads so many past decisions more."""
    found: dict[int, Path] = {}
    for size in sizes:
        archive = copy_of(home, home.with_name(f"decisions-{size}"))
        file = archive / "past.csv"
        file.write_text(HEADER + "".join(map(_row, range(size))), encoding="utf-8")
        town = ("--municipality", "seneffe", "--json")
        told = json.loads(command(archive, "import", "deliberations", str(file), *town))
        if told["created"] != size:
            raise RuntimeError(f"{told['created']} of {size} decisions imported")
        found[size] = archive
    return found


def _row(number: int) -> str:
    """Return a fictitious decision; one in twenty is about the roads, so that at each
    size a page is full."""
    subject = "Voirie communale" if number % 20 == 0 else "Dossier communal"
    year, code = 2010 + number % 10, CODES[number % len(CODES)]
    day = f"{year}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    title = f"{subject} – Décision {number}"
    return f"{year}-{number};{day};{code};{title};25;{17 + number % 9}\n"


def _measure_agenda(
    results: Results,
    plain: Side,
    secretary: dict[str, str],
    port: int,
    found: dict,
    number: int,
) -> None:
    """Compare the page of an agenda with a listing, and see how long minutes take."""
    for place in range(LISTED):
        ask(plain.port, document(plain, f"Page {place}"))
    key = found["meetings"][str(LISTED)]
    listing = Call("GET", f"{plain.folder}/listing_view?b_size={LISTED}", plain.admin)
    page = Call("GET", f"/seneffe/deliberations/{key}/meeting-page", secretary)
    theirs, own = in_turn([(plain.port, listing), (port, page)], number, warm=3)
    shown = theirs.answers[-1].body.count(b"/page-") // 1
    if shown < LISTED:
        results.faults.append(f"plain Plone's listing shows {shown} of {LISTED} pages")
    results.count(f"plain Plone, listing of {LISTED} documents", theirs, True)
    results.count(f"ours, page of an agenda of {LISTED} items", own, True)
    title = f"page of an agenda of {LISTED} items against plain Plone's listing"
    results.note(title, own.median / theirs.median, "<=", 1.5)
    minutes = f"/seneffe/deliberations/{found['held']}/minutes.pdf"
    answer = ask(port, Call("GET", minutes, secretary))
    if not answer.body.startswith(b"%PDF"):
        results.faults.append(f"minutes: {answer.status}, no PDF")
    seconds = found["minutes"] + answer.seconds
    title = "seconds in which the minutes of 300 items are generated and printed"
    results.note(title, seconds, "<=", MINUTES_LIMIT)


def _measure_search(
    results: Results, plain: Side, ports: list[int], sizes: list[int], number: int
) -> None:
    """Compare the search page at both sizes, and with a document's view."""
    view = Call("GET", publish_page(plain))
    calls = [(port, Call("GET", SEARCH)) for port in ports]
    theirs, *own = in_turn([(plain.port, view), *calls], number)
    results.count("plain Plone, Document's view beside the search", theirs, True)
    for size, load in zip(sizes, own, strict=True):
        results.count(f"ours, search of the public, {size} decisions", load, True)
    title = f"search at {sizes[-1]} decisions against plain Plone's view of a Document"
    results.note(title, own[-1].median / theirs.median, "<=", 1.5)
    title = f"search at {sizes[-1]} decisions against {sizes[0]}"
    results.note(title, own[-1].median / own[0].median, "<=", 1.2)


def _measure_file(results: Results, port: int, pid: int, size: int) -> None:
    """See what memory the open data file takes."""
    ask(port, Call("GET", SEARCH))
    before = memory(pid, "VmRSS")
    forget_peak(pid)
    answer = ask(port, Call("GET", CSV))
    peak = (memory(pid, "VmHWM") - before) / MEGABYTE
    rows = answer.body.count(b"\r\n") - 1
    if rows < size:
        results.faults.append(f"deliberations.csv: {rows} rows of {size}")
    results.note(
        f"rows of deliberations.csv a second, {rows} rows", rows / answer.seconds
    )
    title = f"MB of memory that deliberations.csv takes at most, {size} decisions"
    results.note(title, peak, "<=", 30.0)
