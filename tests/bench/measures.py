"""What is measured, and which ratios must hold.

Every figure of ours is taken in the same run as plain Plone's, in rounds that follow
each other; the ratio of a round counts, and of all rounds the median.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field
from math import nan
from statistics import median
from tests.bench.load import Answer
from tests.bench.load import ask
from tests.bench.load import Call
from tests.bench.load import in_turn
from tests.bench.load import Load
from tests.bench.load import Reader
from tests.bench.load import together
from urllib.parse import urlsplit

import operator
import time


SENTENCE = "Le service de la population reçoit les demandes des citoyens. "
PUBLISHED = "published-page"
#: How long a reader reads alone, as often as beside writers.
IDLE_SECONDS = 3


@dataclass(frozen=True)
class Side:
    """One of the two servers: port, folder for documents, header of its admin."""

    name: str
    port: int
    site: str
    folder: str
    admin: dict[str, str]


@dataclass
class Measure:
    """One line of the report; ``values`` holds the ratio of each round.

    ``sense`` is ">=" or "<="; without ``bound`` the line only informs.
    """

    title: str
    sense: str = ""
    bound: float | None = None
    values: list[float] = field(default_factory=list)

    @property
    def value(self) -> float:
        return median(self.values) if self.values else nan

    @property
    def holds(self) -> bool:
        compare = {">=": operator.ge, "<=": operator.le, "<": operator.lt}
        return self.bound is None or compare[self.sense](self.value, self.bound)


@dataclass
class Results:
    """All measures of a run, what went wrong in it, how many requests were sent, and
    what could not be measured on this machine, with the reason."""

    measures: dict[str, Measure] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    seen: dict[str, Counter] = field(default_factory=dict)
    medians: dict[str, list[float]] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def note(self, title: str, value: float, sense: str = "", bound=None) -> None:
        """Add a round's ratio to a measure."""
        self.compare(title, value, 1.0, sense, bound)

    def compare(self, title: str, own: float, theirs: float, *bound) -> None:
        """Add a round's ratio to theirs, unless they did nothing at all in it.

        A bound of which no round gave a ratio does not hold.
        """
        measure = self.measures.setdefault(title, Measure(title, *bound))
        if theirs:
            measure.values.append(own / theirs)

    def count(self, name: str, load: Load, must_hold: bool) -> Load:
        """Count a load's answers; ``must_hold``: none of them may be broken."""
        self.seen.setdefault(name, Counter()).update(load.statuses)
        self.medians.setdefault(name, []).append(1000 * load.median)
        if must_hold and load.done != len(load.answers):
            self.faults.append(f"{name}: {dict(load.statuses)}")
        return load

    @property
    def hold(self) -> bool:
        return not self.faults and all(m.holds for m in self.measures.values())


def document(side: Side, title: str = "Page") -> Call:
    """Return the call that makes a Document of about 90 words."""
    text = {"data": f"<p>{SENTENCE * 9}</p>", "content-type": "text/html"}
    body = {"@type": "Document", "title": title, "description": SENTENCE, "text": text}
    return Call("POST", side.folder, side.admin, body)


def order(number: int) -> Call:
    """Return the call that orders a residence certificate of a fictitious person."""
    person = {
        "first_name": "Camille",
        "last_name": "Exemple",
        "birth_date": "1985-07-30",
        "national_number": "85073003328",
        "email": f"citizen{number}@demo.example",
        "address": {
            "street": "rue de l'Essai",
            "number": str(number % 90 + 1),
            "postal_code": "7180",
            "locality": "Seneffe",
            "country": "BE",
        },
    }
    body = {
        "document": "residence",
        "language": "fr",
        "applicant": person,
        "relation": "self",
        "copies": 1,
        "delivery": "post",
        "answers": {"purpose": "Inscription"},
    }
    return Call("POST", "/seneffe/@orders", body=body)


def new_folder(side: Side) -> Answer:
    """Make the folder that documents go to."""
    parent, _, name = side.folder.rpartition("/")
    body = {"@type": "Folder", "id": name, "title": name}
    return ask(side.port, Call("POST", parent, side.admin, body))


def publish_page(side: Side) -> str:
    """Publish a Document and return its path."""
    made = ask(side.port, document(side, PUBLISHED))
    path = urlsplit(made.json()["@id"]).path
    for target in (side.folder, path):
        ask(side.port, Call("POST", f"{target}/@workflow/publish", side.admin, {}))
    return path


def documents_stored(side: Side) -> int:
    """Return how many documents the folder holds."""
    call = Call(
        "GET", side.folder + "?b_size=1", side.admin | {"Accept": "application/json"}
    )
    return ask(side.port, call).json()["items_total"]


def measure_orders(
    results: Results, ours: Side, plain: Side, number: int, stored: Callable[[], int]
) -> str:
    """Compare orders with plain Plone's documents; return an order's tracking address."""
    for clients, bound in ((1, None), (8, 4.0)):
        name = f"{clients} client{'s' if clients > 1 else ''}"
        pages = results.count(
            f"plain Plone, POST of a Document, {name}",
            together(plain.port, clients, number, lambda n: document(plain)),
            must_hold=False,
        )
        before = stored()
        orders = results.count(
            f"ours, POST of an order, {name}",
            together(ours.port, clients, 4 * number, order),
            must_hold=True,
        )
        kept = stored() - before
        references = {
            answer.json()["reference"]
            for answer in orders.answers
            if answer.status == 201
        }
        if not len(references) == kept == 4 * number:
            results.faults.append(
                f"orders, {name}: {4 * number} sent, {len(references)} references, "
                f"{kept} stored"
            )
        results.compare(
            f"orders a second against plain Plone's documents a second, {name}",
            orders.rate,
            pages.rate,
            ">=",
            bound,
        )
    return next(
        answer.json()["tracking_url"]
        for answer in orders.answers
        if answer.status == 201
    )


def measure_staff(
    results: Results, ours: Side, plain: Side, clients: int, number: int
) -> None:
    """Compare documents of many writers, and what a reader meets beside them."""
    front = Call("GET", ours.site)
    with Reader(ours.port, front) as alone:
        time.sleep(IDLE_SECONDS)
    idle = alone.load
    theirs = results.count(
        f"plain Plone, POST of a Document, {clients} writers",
        together(plain.port, clients, number, lambda n: document(plain)),
        must_hold=False,
    )
    before = documents_stored(ours)
    with Reader(ours.port, front) as reader:
        own = together(ours.port, clients, number, lambda n: document(ours))
    results.count(f"ours, POST of a Document, {clients} writers", own, must_hold=True)
    results.count(
        f"ours, front page beside {clients} writers", reader.load, must_hold=True
    )
    results.count("ours, front page, idle", idle, must_hold=True)
    kept = documents_stored(ours) - before
    if kept != number:
        results.faults.append(f"{clients} writers: {number} sent, {kept} stored")
    results.compare(
        f"documents a second against plain Plone's, {clients} writers",
        own.rate,
        theirs.rate,
        ">=",
        1.0,
    )
    results.note(
        f"front page beside {clients} writers against the idle one",
        reader.load.median / idle.median,
        "<",
        3.0,
    )


def measure_pages(
    results: Results, ours: Side, plain: Side, page: str, tracking: str, number: int
) -> None:
    """Compare our front page and an order's tracking page with a Document's view."""
    calls = [
        (plain.port, Call("GET", page)),
        (ours.port, Call("GET", ours.site)),
        (ours.port, followed(ours, tracking)),
    ]
    names = ("front page", "tracking page")
    theirs, *own = in_turn(calls, number)
    results.count("plain Plone, Document's view", theirs, must_hold=True)
    for name, load in zip(names, own, strict=True):
        results.count(f"ours, {name}", load, must_hold=True)
        results.note(
            f"{name} against plain Plone's view of a Document",
            load.median / theirs.median,
            "<=",
            1.15,
        )


def followed(ours: Side, address: str) -> Call:
    """Open a tracking link as a browser does; return the call of the page behind it.

    :raises RuntimeError: the page does not show the order.
    """
    parts = urlsplit(address)
    opened = ask(ours.port, Call("GET", f"{parts.path}?{parts.query}"))
    call = Call("GET", parts.path, {"Cookie": opened.cookie})
    if b"pg-timeline" not in ask(ours.port, call).body:
        raise RuntimeError("the tracking link shows no order")
    return call
