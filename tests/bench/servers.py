"""The two servers of a run: plain Plone and ours, each with a database of its own.

Both keep their data in RelStorage on SQLite with the same settings. Plain Plone has
its stock four threads, no filter, Barceloneta through Diazo, and all add-ons that come
with the distribution ``Plone``, but not this one.
"""

from base64 import b64encode
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import contextmanager
from importlib.metadata import entry_points
from pathlib import Path
from tests.bench.load import ask
from tests.bench.load import Call

import importlib.util
import json
import os
import secrets
import shutil
import subprocess
import sys
import time


BIN = Path(sys.executable).parent
HERE = Path(__file__).parent
#: Seconds that a server may take to answer its first request.
START_LIMIT = 180
#: Seconds that a server may take to stop.
STOP_LIMIT = 30
MEGABYTE = 1e6
#: Our instance as it was made, for measures that must know how much is in it.
FRESH = "fresh"
#: Plug-ins of Plone that plain Plone goes without: this distribution and its own.
NOT_PLAIN = ("plonegov", "collective")
#: The library that a town would use without us; in a site of its own beside ``Plone``.
EASYFORM = "collective.easyform"
#: Orders of one network a day: the most that a profile may allow.
MOST_ORDERS = 10_000
#: Password of the accounts of a demonstration that is made in this run.
PASSWORD = secrets.token_urlsafe(18)
CLERK = "clerk"
SECRETARY = "secretary"

PLAIN_INI = """\
[app:main]
use = egg:Zope#main
zope_conf = {etc}/zope.conf

[server:main]
use = egg:waitress#main
listen = 127.0.0.1:{port}
threads = 4

[loggers]
keys = root

[handlers]
keys = file

[formatters]
keys = plain

[logger_root]
level = WARNING
handlers = file

[handler_file]
class = FileHandler
args = ('{home}/event.log', 'a')
formatter = plain

[formatter_plain]
format = %(asctime)s %(levelname)s [%(name)s] %(message)s
"""

SITE_ZCML = """\
<configure xmlns="http://namespaces.zope.org/zope"
           xmlns:five="http://namespaces.zope.org/five"
           xmlns:meta="http://namespaces.zope.org/meta">
  <include package="Zope2.App" />
  <meta:provides feature="disable-autoinclude" />
  <five:loadProducts file="meta.zcml" />
  {metas}
  <five:loadProducts />
  {packages}
  <five:loadProductsOverrides />
  {overrides}
</configure>
"""


def authorization(user: str, password: str) -> dict[str, str]:
    """Return the header of HTTP basic authentication."""
    return {
        "Authorization": f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"
    }


def make_ours(home: Path, port: int) -> dict[str, str]:
    """Make our instance with its demo municipality; return admin's header."""
    made = command(home, "instance", "create", "--port", str(port), "--json")
    created = json.loads(made)
    generous(home)
    command(home, "municipality", "apply", "seneffe", "--demo", "--json")
    return authorization(created["user"], created["password"])


def generous(home: Path) -> None:
    """Let one machine order all day long, which a town's own limits would stop."""
    folder = home / "profiles" / "seneffe"
    shutil.copytree(HERE.parents[1] / "profiles" / "seneffe", folder)
    with (folder / "municipality.toml").open("a", encoding="utf-8") as facts:
        facts.write(f"\n[limits]\norders_per_network = {MOST_ORDERS}\n")


def command(home: Path, *arguments: str) -> str:
    """Run ``plonegov`` and return what it prints.

    :raises subprocess.CalledProcessError: it failed.
    """
    return run([BIN / "plonegov", *arguments], home)


def run(arguments: Sequence[str | Path], home: Path, **variables: str) -> str:
    """Run a program on an instance and return what it prints.

    :param variables: of its environment.
    :raises subprocess.CalledProcessError: it failed.
    """
    own = {"PLONEGOV_HOME": str(home), "PLONEGOV_DEMO_PASSWORD": PASSWORD}
    done = subprocess.run(
        arguments,
        env=os.environ | own | variables,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def script(name: str, home: Path, *arguments: str, **variables: str) -> str:
    """Run one of the scripts of this folder on our instance, beside its server."""
    return run([sys.executable, HERE / name, *arguments], home, **variables)


def copy_of(home: Path, target: Path) -> Path:
    """Copy an instance that nobody serves; what was at the target goes."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(home, target)
    for file in (target / "etc").iterdir():
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(str(home), str(target)), encoding="utf-8")
    return target


def make_plain(
    home: Path, port: int, ours: Path, words: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Make a plain Plone site ``Plone``; return admin's header.

    :param ours: our instance, whose storage settings are taken over.
    :param words: see ``write_zope``.
    """
    write_zope(home, port, ours, site_zcml(), words)
    return make_site(home, BIN)


def write_zope(
    home: Path,
    port: int,
    ours: Path,
    zcml: str,
    words: Mapping[str, str] | None = None,
) -> None:
    """Write what Zope needs to serve an instance of its own.

    :param ours: our instance, whose storage settings are taken over.
    :param zcml: what is loaded.
    :param words: what stands in these settings, and what is to stand in its place.
    """
    changes = {str(ours): str(home), **(words or {})}
    etc = home / "etc"
    for folder in (etc, home / "storage" / "blobs", home / "var" / "cache"):
        folder.mkdir(parents=True)
    files = [ours / "etc" / name for name in ("zope.conf", "storage.conf", "pgpass")]
    for file in filter(Path.exists, files):
        text = file.read_text(encoding="utf-8")
        for old, new in changes.items():
            text = text.replace(old, new)
        (etc / file.name).write_text(text)
        (etc / file.name).chmod(0o600)
    (etc / "zope.ini").write_text(PLAIN_INI.format(home=home, etc=etc, port=port))
    (etc / "site.zcml").write_text(zcml)


def make_site(home: Path, programs: Path) -> dict[str, str]:
    """Make a site ``Plone`` and its administrator; return admin's header.

    :param programs: folder of ``zconsole``.
    """
    password = os.urandom(12).hex()
    conf = home / "etc" / "zope.conf"
    subprocess.run(
        [programs / "zconsole", "run", conf, HERE / "plainsite.py"],
        env=os.environ | {"BENCH_PASSWORD": password},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return authorization("admin", password)


def site_zcml() -> str:
    """Return a ``site.zcml`` that loads Plone's own plug-ins and none of ours."""
    names = []
    for group in ("plone.autoinclude.plugin", "z3c.autoinclude.plugin"):
        for point in entry_points(group=group):
            found = [
                entry.value
                for entry in point.dist.entry_points
                if entry.group == group and entry.name == "module"
            ]
            name = found[0] if found else point.dist.metadata["Name"]
            if point.name == "target" and is_plain(name):
                names.append(name)
    names = sorted({name for name in names if folder_of(name)})
    return SITE_ZCML.format(
        metas=includes(names, "include", "meta.zcml"),
        packages=includes(names, "include", "configure.zcml"),
        overrides=includes(names, "includeOverrides", "overrides.zcml"),
    )


def is_plain(name: str) -> bool:
    """Tell whether plain Plone has a package."""
    return name == EASYFORM or not name.startswith(NOT_PLAIN)


def includes(names: list[str], directive: str, file: str) -> str:
    """Return the directives that include a file of all packages that have it."""
    return "\n  ".join(
        f'<{directive} package="{name}" file="{file}" />'
        for name in names
        if (folder_of(name) / file).is_file()
    )


def folder_of(name: str) -> Path | None:
    """Return the folder of a package, or None when there is no such package."""
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


@contextmanager
def serving(home: Path, port: int, arguments: list[str | Path]):
    """Run a server until the block ends.

    :raises RuntimeError: it did not answer in time.
    """
    environment = os.environ | {"PLONEGOV_HOME": str(home)}
    with open(home / "server.log", "ab") as log:
        process = subprocess.Popen(arguments, env=environment, stdout=log, stderr=log)
    try:
        wait_for(process, port)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(process: subprocess.Popen, port: int) -> None:
    """Wait until a server answers.

    :raises RuntimeError: it ended, or did not answer in time.
    """
    end = time.monotonic() + START_LIMIT
    while time.monotonic() < end and process.poll() is None:
        if ask(port, Call("GET", "/")).status:
            return
        time.sleep(0.5)
    raise RuntimeError(f"no server answers on port {port}")


def memory(pid: int, name: str) -> int:
    """Return a figure of a process's memory in bytes, as ``/proc`` names it."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith(name))
    return 1024 * int(line.split()[1])


def forget_peak(pid: int) -> None:
    """Let a process's peak of memory (``VmHWM``) begin anew."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def orders_stored(home: Path) -> int:
    """Return how many orders our database holds (read beside the server)."""
    return int(script("stored.py", home).split()[-1])
