"""Orders beside the library that a town would use without us: collective.easyform."""

from pathlib import Path
from tests.bench.load import Call
from tests.bench.load import in_turn
from tests.bench.load import together
from tests.bench.measures import order
from tests.bench.measures import Results
from tests.bench.measures import Side
from tests.bench.servers import BIN
from tests.bench.servers import HERE
from tests.bench.servers import orders_stored
from tests.bench.servers import run


CLIENTS = 8
FORM = "/Forms/form"
FIELDS = {
    "form.widgets.first_name": "Camille",
    "form.widgets.last_name": "Exemple",
    "form.widgets.birth_date": "1985-07-30",
    "form.widgets.email": "citizen@demo.example",
    "form.widgets.street": "rue de l'Essai",
    "form.widgets.number": "12",
    "form.widgets.locality": "Seneffe",
    "form.widgets.purpose": "Inscription",
    "form.buttons.submit": "Submit",
}


def form_rows(home: Path, rows: int = 0) -> int:
    """Save rows in the EasyForm, made when missing; return how many it holds."""
    conf = home / "etc" / "zope.conf"
    told = run(
        [BIN / "zconsole", "run", conf, HERE / "plainform.py"],
        home,
        BENCH_ROWS=str(rows),
    )
    return int(told.split()[-1])


def make_form(home: Path) -> None:
    """Make the site ``Forms`` in plain Plone's instance, with its form."""
    conf = home / "etc" / "zope.conf"
    run(
        [BIN / "zconsole", "run", conf, HERE / "plainsite.py"], home, BENCH_SITE="Forms"
    )
    form_rows(home)


def measure_forms(
    results: Results, ours: Side, plain: Side, folder: Path, number: int
) -> None:
    """Compare orders with what is sent by an EasyForm, and the two forms' pages."""
    saved, stored = form_rows(folder / "plain"), orders_stored(folder / "ours")
    sent = results.count(
        f"EasyForm, POST of a form, {CLIENTS} clients",
        together(
            plain.port, CLIENTS, number, lambda n: Call("POST", FORM, form=FIELDS)
        ),
        must_hold=False,
    )
    orders = results.count(
        f"ours, POST of an order beside EasyForm, {CLIENTS} clients",
        together(ours.port, CLIENTS, 4 * number, order),
        must_hold=True,
    )
    saved = form_rows(folder / "plain") - saved
    stored = orders_stored(folder / "ours") - stored
    if stored != 4 * number:
        results.faults.append(f"orders: {4 * number} sent, {stored} stored")
    results.compare(
        f"orders a second against EasyForm's forms a second, {CLIENTS} clients",
        orders.rate,
        saved / sent.seconds,
        ">=",
        4.0,
    )
    results.note("part of EasyForm's forms that were not saved", 1 - saved / number)
    _compare_pages(results, ours, plain, number)


def _compare_pages(results: Results, ours: Side, plain: Side, number: int) -> None:
    pages = (
        (plain.port, Call("GET", FORM)),
        (ours.port, Call("GET", "/seneffe/counter/residence/order/who")),
    )
    theirs, own = in_turn(pages, number)
    results.count("EasyForm, its form", theirs, must_hold=True)
    results.count("ours, first page of the form", own, must_hold=True)
    results.note(
        "first page of our form against EasyForm's form",
        own.median / theirs.median,
        "<=",
        1.0,
    )
