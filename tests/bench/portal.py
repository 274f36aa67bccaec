"""Deliberations beside plonemeeting.portal.core, the portal that a town would use without
us, on the Plone that it was made for.

It runs in an environment of its own below ``var``, which is made when it is not there:
Python 3.12 with the packages of ``plonemeeting.txt``. Where that can't be had, the
report says so and nothing is compared.
"""

from datetime import date
from pathlib import Path
from tests.bench.councils import archives
from tests.bench.drafting import TEXTS
from tests.bench.growth import serve
from tests.bench.load import ask
from tests.bench.load import Call
from tests.bench.load import in_turn
from tests.bench.load import Load
from tests.bench.measures import Results
from tests.bench.servers import BIN
from tests.bench.servers import copy_of
from tests.bench.servers import FRESH
from tests.bench.servers import HERE
from tests.bench.servers import make_site
from tests.bench.servers import run
from tests.bench.servers import script
from tests.bench.servers import serving
from tests.bench.servers import write_zope

import json
import os
import re
import shutil
import subprocess


PORTAL = "plonemeeting.portal.core 2.6.0"
PINS = HERE / "plonemeeting.txt"
PLACE = HERE.parents[1] / "var" / "plonemeeting"
#: Both make so many items, in rounds that take turns; of a quick run a tenth.
MADE, QUICK_MADE, ROUNDS = 1000, 100, 4
#: What the public reads of ours, never less than of theirs.
SIZE, QUICK_SIZE = 10_000, 100
LISTING = "/Plone/town/decisions"
QUERY = f"{LISTING}/@@faceted_query?text=voirie"
SEARCH = "/seneffe/decisions/decisions-search"
FOUND = re.compile(rb'href="[^"]*(/seneffe/decisions/[0-9A-Z]+)"')

SITE_ZCML = """\
<configure xmlns="http://namespaces.zope.org/zope"
           xmlns:five="http://namespaces.zope.org/five">
  <include package="Zope2.App" />
  <five:loadProducts file="meta.zcml" />
  <five:loadProducts />
  <five:loadProductsOverrides />
  <!-- The portal and a package below it give this name; the portal's counts. -->
  <utility
      name="collective.documentgenerator.PortalTypes"
      provides="zope.schema.interfaces.IVocabularyFactory"
      component="plonemeeting.portal.core.vocabularies.TemplatesContentTypesVocabulary"
      />
</configure>
"""


#: It has RelStorage, and nothing of ours.
WITHOUT_OURS = {
    "  %import plonegov.municipalities.storage\n": "",
    "clean-sqlite3": "sqlite3",
}


class Missing(Exception):
    """What the portal needs can't be had on this machine; it says what."""


def measure_portal(results: Results, folder: Path, port: int, quick: bool) -> None:
    """Take all measures beside the portal; ours is not served.

    :param port: two free ports begin here.
    """
    try:
        programs = environment()
    except Missing as missing:
        results.left_out.append(f"Beside {PORTAL}: {missing}.")
        return
    portal = copy_of(made(folder, programs, port), folder / "portal")
    home = copy_of(folder / FRESH, folder / "items")
    number = QUICK_MADE if quick else MADE
    item = _measure_making(results, home, portal, programs, number)
    size = QUICK_SIZE if quick else SIZE
    archive = archives(home, (size,))[size]
    runwsgi = [programs / "runwsgi", portal / "etc" / "zope.ini"]
    with serve(archive, port + 1), serving(portal, port, runwsgi):
        sizes = f"{size} decisions of ours, {number} of theirs"
        _measure_pages(results, port, item, sizes, 10 if quick else 40)


def environment() -> Path:
    """Return the folder of the portal's programs, which are installed when missing.

    :raises Missing: they can't be.
    """
    note = PLACE / "pins.txt"
    pins = PINS.read_text(encoding="utf-8")
    if not note.exists() or note.read_text(encoding="utf-8") != pins:
        shutil.rmtree(PLACE, ignore_errors=True)
        try:
            _install(python312())
        except subprocess.CalledProcessError as error:
            why = (error.stderr or "").strip().splitlines() or ["no reason given"]
            raise Missing(f"its packages can't be installed ({why[-1]})") from error
        note.write_text(pins, encoding="utf-8")
    return PLACE / "bin"


def python312() -> Path:
    """Return a Python that the portal runs on.

    :raises Missing: there is none.
    """
    own = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    named = shutil.which("python3.12")
    for each in ([named] if named else []) + sorted(
        own.glob("versions/3.12.*/bin/python")
    ):
        if subprocess.run([each, "-c", ""], capture_output=True).returncode == 0:
            return Path(each)
    raise Missing("no Python 3.12 was found")


def _install(python: Path) -> None:
    """Install the portal, by uv where it is, which takes a tenth of pip's time."""
    own = PLACE / "bin" / "python"
    uv = shutil.which("uv", path=f"{BIN}{os.pathsep}{os.environ['PATH']}")
    pip = (
        [uv, "pip", "install", "--python", own] if uv else [own, "-m", "pip", "install"]
    )
    for arguments in (
        [python, "-m", "venv", PLACE],
        [*pip, "--quiet", "--requirement", PINS],
    ):
        subprocess.run(arguments, check=True, stderr=subprocess.PIPE, text=True)


def made(folder: Path, programs: Path, port: int) -> Path:
    """Return the portal's instance as it was made, without items."""
    home = folder / "portal-fresh"
    if not home.exists():
        half = folder / "portal-half"
        shutil.rmtree(half, ignore_errors=True)
        write_zope(half, port, folder / FRESH, SITE_ZCML, WITHOUT_OURS)
        conf = half / "etc" / "zope.conf"
        text = conf.read_text(encoding="utf-8")
        # As Zope's own skeleton: Plone 6.1 asks this cache at each request.
        cache = "<environment>\n  CHAMELEON_CACHE $HOME/var/cache"
        conf.write_text(text.replace("<environment>", cache, 1), encoding="utf-8")
        make_site(half, programs)
        _zconsole(half, programs, "portalsite.py")
        copy_of(half, home)
        shutil.rmtree(half)
    return home


def _zconsole(home: Path, programs: Path, name: str, **variables: str) -> str:
    conf = home / "etc" / "zope.conf"
    arguments = [programs / "zconsole", "run", conf, HERE / name]
    return run(arguments, home, **variables)


def _measure_making(
    results: Results, home: Path, portal: Path, programs: Path, number: int
) -> str:
    """Compare the items that a service drafts with the portal's, of the same texts;
    return the path of an item of the portal's."""
    path = ""
    title = f"making {number} items against {PORTAL}, items a second"
    for turn in range(ROUNDS):
        each = str(number // ROUNDS)
        texts = json.dumps(TEXTS)
        calls = {
            "theirs": lambda each=each, texts=texts: _zconsole(
                portal,
                programs,
                "portalitems.py",
                BENCH_NUMBER=each,
                BENCH_TEXTS=texts,
            ),
            "ours": lambda each=each: script("drafting.py", home, each),
        }
        order = sorted(calls, reverse=turn % 2 == 0)
        told = {name: calls[name]().split() for name in order}
        seconds, path = told["theirs"][-2:]
        results.note(title, float(seconds) / float(told["ours"][-1]), ">=", 2.0)
    return path


def _measure_pages(
    results: Results, port: int, item: str, sizes: str, number: int
) -> None:
    """Compare the search and the page of an item; the requests take turns.

    To search, a browser asks the portal for its listing and then for what is in it.
    """
    year = date.today().year - 1
    first = FOUND.search(ask(port + 1, Call("GET", f"{SEARCH}?year={year}")).body)
    calls = {
        "theirs, listing": (port, LISTING),
        "theirs, faceted query": (port, QUERY),
        "ours, search": (port + 1, f"{SEARCH}?text=voirie"),
        "theirs, item": (port, item),
        "ours, decision": (port + 1, first.group(1).decode() if first else SEARCH),
    }
    loads = in_turn(
        [(where, Call("GET", path)) for where, path in calls.values()], number
    )
    found: dict[str, Load] = dict(zip(calls, loads, strict=True))
    for name, load in found.items():
        results.count(f"{name} beside {PORTAL}", load, must_hold=True)
    for name in ("theirs, faceted query", "ours, search"):
        if b"Voirie" not in found[name].answers[-1].body:
            results.faults.append(f"{name}: nothing was found")
    both = found["theirs, listing"].median + found["theirs, faceted query"].median
    title = f"search against {PORTAL}, times faster, {sizes}"
    results.note(title, both / found["ours, search"].median, ">=", 3.0)
    title = f"page of an item against {PORTAL}, times faster, {sizes}"
    ratio = found["theirs, item"].median / found["ours, decision"].median
    results.note(title, ratio, ">=", 2.0)
