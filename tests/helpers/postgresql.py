"""A PostgreSQL server for tests: the one of PGHOST, else the machine's own cluster."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import os
import psycopg2
import secrets
import subprocess


END_CONNECTIONS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'NAME'
"""


@dataclass(frozen=True)
class Database:
    """An empty database with an owner of its own."""

    server: "Server"
    name: str
    user: str
    password: str

    @property
    def url(self) -> str:
        """The address, with the password."""
        return f"postgresql://{self.user}:{self.password}@{self.place}"

    @property
    def place(self) -> str:
        """The address behind the user."""
        return f"{self.server.host}:{self.server.port}/{self.name}"

    def close(self) -> None:
        """Let nobody in any more and end all connections, as a server that is away."""
        self.server.run(f"ALTER DATABASE {self.name} ALLOW_CONNECTIONS false")
        self.end_connections()

    def open(self) -> None:
        """Let everybody in again."""
        self.server.run(f"ALTER DATABASE {self.name} ALLOW_CONNECTIONS true")

    def end_connections(self) -> None:
        """End all connections."""
        self.server.run(END_CONNECTIONS.replace("NAME", self.name))


class Server:
    """A server on which databases can be made and dropped."""

    def __init__(self) -> None:
        self.host, self.port = (
            os.environ.get("PGHOST", ""),
            os.environ.get("PGPORT", ""),
        )
        self.is_own = not self.host
        if self.is_own:
            self.host, self.port = "127.0.0.1", self._start()
        self.port = self.port or "5432"

    def run(self, statement: str) -> None:
        """Run a statement as the server's administrator, in a transaction of its own."""
        if not self.is_own:
            connection = psycopg2.connect(dbname="postgres")
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
            connection.close()
            return
        command = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-p", self.port]
        subprocess.run(
            ["runuser", "-u", "postgres", "--", *command, "-f", "-", "postgres"],
            input=statement,
            text=True,
            cwd="/",
            check=True,
            stdout=subprocess.DEVNULL,
        )

    @contextmanager
    def database(self) -> Iterator[Database]:
        """Make a database with an owner, and drop both afterwards."""
        name = f"plonegov_test_{secrets.token_hex(4)}"
        database = Database(self, name, name, secrets.token_urlsafe(12))
        self.run(f"CREATE ROLE {name} LOGIN PASSWORD '{database.password}'")
        try:
            self.run(f"CREATE DATABASE {name} OWNER {name}")
            yield database
        finally:
            self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            self.run(f"DROP ROLE {name}")

    def _start(self) -> str:
        """Start the machine's first cluster when it is down; return its port."""
        listed = subprocess.run(
            ["pg_lsclusters", "--no-header"], capture_output=True, text=True, check=True
        ).stdout.split()
        version, name, port, state = listed[:4]
        if state != "online":
            subprocess.run(["pg_ctlcluster", version, name, "start"], check=True)
        return port
