"""One town on SQLite and a copy of it on PostgreSQL, each served by two processes."""

from collections.abc import Iterator
from contextlib import closing
from contextlib import contextmanager
from contextlib import ExitStack
from helpers.generous import generous
from helpers.nginx import Nginx
from helpers.postgresql import Database
from helpers.postgresql import Server
from helpers.serving import PROGRAM
from helpers.serving import Served
from helpers.serving import until
from pathlib import Path
from plone.uuid.interfaces import ATTRIBUTE_NAME
from plonegov.municipalities.storage.copying import open_storage
from plonegov.municipalities.storage.places import Storage
from ZODB import DB
from ZODB.blob import Blob

import json
import pytest
import subprocess


@pytest.fixture(scope="session")
def server():
    """The PostgreSQL server of the tests."""
    return Server()


class Town(Served):
    """An instance with Seneffe; ``database`` is its database of PostgreSQL, if any."""

    def __init__(self, home: Path, database: Database | None = None) -> None:
        super().__init__(home)
        self.database = database
        self.servers: list[Served] = []
        self.nginx: Nginx | None = None

    @property
    def storage(self) -> Storage:
        """The storage, to be read by the test itself."""
        if self.database is None:
            folder = self.home / "storage"
            return Storage(blobs=folder / "blobs", folder=folder)
        dsn = f"host={self.database.server.host} port={self.database.server.port} "
        dsn += f"user={self.database.user} dbname={self.database.name}"
        return Storage(self.home / "blobs", dsn=dsn, password=self.database.password)

    def told(self, *arguments: str) -> dict:
        """Run a command that must go well; return its JSON answer."""
        code, output, errors = self.run(*arguments, "--json")
        assert code == 0, errors or output
        return json.loads(output)

    @contextmanager
    def serving(self, folder: Path) -> Iterator["Town"]:
        """Serve by two processes behind an nginx."""
        with ExitStack() as stack:
            self.servers = [Process(self), Process(self)]
            for process in self.servers:
                process.begin()
                stack.callback(process.stop)
            for process in self.servers:
                until(process.answers)
            self.nginx = Nginx(folder, [process.port for process in self.servers])
            self.nginx.start()
            stack.callback(self.nginx.stop)
            yield self

    @contextmanager
    def site(self) -> Iterator:
        """Open the town's site as it is stored now."""
        storage = open_storage(self.storage)
        with closing(DB(storage)) as database, database.transaction() as connection:
            yield connection.root()["Application"]._getOb("seneffe")

    def references(self) -> set[str]:
        """Return the references of all stored orders."""
        with self.site() as site:
            return set(site._tree["counter"].records)

    def uid(self, reference: str) -> str:
        """Return the UID of an order."""
        with self.site() as site:
            order = site._tree["counter"].records.get(reference)
            return getattr(order, ATTRIBUTE_NAME)

    def keep_file(self, name: str, content: bytes) -> None:
        """Store a file in the database's root, as another process would."""
        storage = open_storage(self.storage)
        with closing(DB(storage)) as database, database.transaction() as connection:
            connection.root()[name] = Blob(content)


class Process(Served):
    """One of several servers of a town, which start often: coverage is not measured in
    them, but where one server serves by itself."""

    def __init__(self, town: Town) -> None:
        super().__init__(town.home)
        self.environment = {
            name: value
            for name, value in town.environment.items()
            if not name.startswith("COVERAGE_")
        }

    def begin(self) -> None:
        """Start to serve, without waiting."""
        command = [PROGRAM, "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(command, env=self.environment)


@pytest.fixture(scope="session")
def lite(tmp_path_factory):
    """Seneffe on SQLite."""
    town = Town(tmp_path_factory.mktemp("storages") / "sqlite")
    town.told("instance", "create", "--port", str(town.port))
    generous(town.home)
    town.told("municipality", "apply", "seneffe")
    town.keep_file("first-file", b"first" * 1000)
    return town


@pytest.fixture(scope="session")
def moved(lite, server, tmp_path_factory):
    """Seneffe restored from a backup, copied to PostgreSQL, and using it."""
    folder = tmp_path_factory.mktemp("moved")
    backup, keys = folder / "backup", folder / "keys"
    lite.told("backup", str(backup), "--keys", str(keys))
    with server.database() as database:
        town = Town(folder / "postgresql", database)
        port = str(town.port)
        places = ["--to", str(town.home), "--keys", str(keys)]
        town.told("restore", str(backup), *places, "--port", port)
        town.copied = town.told("storage", "copy", "sqlite", database.url)
        town.told("storage", "use", database.url)
        yield town


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def pair(request, tmp_path_factory):
    """A town while it is served by two processes behind an nginx."""
    name = {"sqlite": "lite", "postgresql": "moved"}[request.param]
    town = request.getfixturevalue(name)
    with town.serving(tmp_path_factory.mktemp("nginx")):
        yield town


__all__ = ["lite", "moved", "pair", "server"]
