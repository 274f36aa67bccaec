"""Where an instance keeps its data: SQLite in its folder, or a PostgreSQL database.

Both through RelStorage, without history, with blobs as files in one folder: all
processes of an instance run on one machine, which has its keys and logs, so they can
share the folder; the database stays small, and files are answered from the disk.
"""

from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from plonegov.core.ops.files import write_private
from plonegov.core.ops.home import home
from plonegov.core.ops.home import storage_dsn
from plonegov.core.ops.home import storage_setting
from plonegov.municipalities.errors import StorageUnknown
from plonegov.municipalities.refusals import DatabaseUnnamed
from plonegov.municipalities.refusals import DriverMissing
from plonegov.municipalities.refusals import StorageNotApart
from string import Template

import importlib.util
import os
import re


SKELETON = Path(__file__).parents[1] / "skeleton"
KNOWN = "sqlite, postgresql://user@host/database"
#: Seconds that a server may take to answer a new connection.
CONNECT_TIMEOUT = 5

_PASSWORD = re.compile(r"(?<=:)[^/@]*(?=@)|(?<=password=)('[^']*'|\S*)")


@dataclass(frozen=True)
class Storage:
    """A storage: ``dsn`` (without password) is PostgreSQL's, ``folder`` SQLite's."""

    blobs: Path
    folder: Path | None = None
    dsn: str = ""
    password: str = field(default="", repr=False)

    @property
    def kind(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return "postgresql" if self.dsn else "sqlite"

    @property
    def place(self) -> str:
        """Where it is, in words that show no password."""
        if not self.dsn:
            return f"SQLite in {self.folder}"
        facts = dsn_facts(self.dsn)
        return f"PostgreSQL “{facts['database']}” at {facts['place']}"

    def section(self) -> str:
        """Return the section of Zope's configuration that opens it."""
        text = (SKELETON / "storage" / f"{self.kind}.conf").read_text(encoding="utf-8")
        values = {
            "blobs": str(self.blobs),
            "folder": str(self.folder),
            "dsn": self.dsn,
        }
        doubled = {key: value.replace("$", "$$") for key, value in values.items()}
        return Template(text).substitute(doubled)


def parse_storage(text: str) -> Storage:
    """Return the storage that ``text`` names, for the instance in ``home()``.

    ``sqlite`` (in the instance folder), ``sqlite:FOLDER``, or an address or DSN of
    PostgreSQL; a password that it lacks comes from the variable ``PGPASSWORD``.

    :raises StorageUnknown: it is none of these.
    :raises DatabaseUnnamed: the address of PostgreSQL names no database.
    :raises DriverMissing: PostgreSQL's driver is not installed.
    """
    kind, _, folder = text.partition(":")
    if kind == "sqlite":
        place = Path(folder).absolute() if folder else home() / "storage"
        return Storage(blobs=place / "blobs", folder=place)
    if kind in ("postgresql", "postgres") or "=" in text:
        return _postgresql(text)
    raise StorageUnknown(storage=_PASSWORD.sub("***", text), known=KNOWN)


def instance_storage() -> Storage:
    """Return the storage that the instance in ``home()`` is configured with."""
    if dsn := storage_dsn():
        return Storage(blobs=Path(storage_setting("blob-dir")), dsn=dsn)
    folder = Path(storage_setting("data-dir") or home() / "storage")
    return Storage(blobs=folder / "blobs", folder=folder)


def write_storage(storage: Storage) -> None:
    """Make a storage the one of the instance in ``home()``: ``etc/storage.conf``.

    A password goes into ``etc/pgpass``, which only its owner may read, in libpq's form
    (https://www.postgresql.org/docs/15/libpq-pgpass.html).

    :raises StorageNotApart: the instance's ``zope.conf`` does not read that file.
    """
    folder = home() / "etc"
    configuration = folder / "zope.conf"
    if configuration.exists():
        lines = configuration.read_text(encoding="utf-8").splitlines()
        if "%include storage.conf" not in map(str.strip, lines):
            raise StorageNotApart(file=str(configuration))
    if storage.password:
        secret = storage.password.replace("\\", "\\\\").replace(":", "\\:")
        write_private(folder / "pgpass", f"*:*:*:*:{secret}\n".encode())
    storage.blobs.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_private(folder / "storage.conf", storage.section().encode())


def dsn_facts(dsn: str) -> dict[str, str]:
    """Return ``place``, ``database`` and ``user`` of a DSN, to be told to people."""
    from psycopg2.extensions import parse_dsn

    values = parse_dsn(dsn)
    host = values.get("host") or values.get("hostaddr") or "this machine's socket"
    user = values.get("user") or os.environ.get("PGUSER") or os.environ.get("USER", "")
    place = f"{host}, port {values.get('port') or os.environ.get('PGPORT', '5432')}"
    return {"place": place, "database": values["dbname"], "user": user}


def _postgresql(text: str) -> Storage:
    if importlib.util.find_spec("psycopg2") is None:
        raise DriverMissing()
    from psycopg2 import ProgrammingError
    from psycopg2.extensions import make_dsn
    from psycopg2.extensions import parse_dsn

    shown = _PASSWORD.sub("***", text)
    try:
        values = parse_dsn(text)
    except ProgrammingError as error:
        reason = "it can't be read" if "@" in str(error) else str(error).strip()
        raise DatabaseUnnamed(address=shown, reason=reason) from error
    if not values.get("dbname"):
        raise DatabaseUnnamed(address=shown, reason="it names no database")
    password = values.pop("password", "") or os.environ.get("PGPASSWORD", "")
    if password:
        values["passfile"] = str(home() / "etc" / "pgpass")
    values.setdefault("connect_timeout", str(CONNECT_TIMEOUT))
    return Storage(blobs=home() / "blobs", dsn=make_dsn(**values), password=password)
