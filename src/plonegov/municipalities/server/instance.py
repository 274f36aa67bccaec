"""The instance folder: configuration of Zope, storage, and the first administrator."""

from AuthEncoding.AuthEncoding import pw_encrypt
from dataclasses import dataclass
from pathlib import Path
from plonegov.core.ops.files import write_private
from plonegov.core.ops.home import home
from plonegov.core.ops.home import private_folder
from plonegov.municipalities.refusals import StorageNotEmpty
from plonegov.municipalities.storage.places import parse_storage
from plonegov.municipalities.storage.places import SKELETON
from plonegov.municipalities.storage.places import Storage
from plonegov.municipalities.storage.places import write_storage
from string import Template

import secrets


FOLDERS = ("etc", "storage", "var", "log", "profiles")
ADMIN = "admin"


@dataclass(frozen=True)
class Instance:
    """An instance; ``password`` of ``admin`` is known only when it was just made."""

    home: Path
    created: bool
    password: str = ""


def create_instance(storage: str = "sqlite", port: int = 8080) -> Instance:
    """Write what is missing of the instance in ``home()``; existing files stay.

    The administrator's password is random, returned once and kept only as a hash.

    :param storage: see ``storage.parse_storage``.
    :param port: where ``serve`` listens, on this machine only.
    :raises StorageUnknown: instances can't be made with this storage.
    :raises Refusal: its database can't be used, or holds data.
    """
    created = not (home() / "etc" / "zope.conf").exists()
    if not created:
        write_configuration(None, port)
        return Instance(home(), created)
    chosen = parse_storage(storage)
    if chosen.dsn:
        _check_empty(chosen)
    write_configuration(chosen, port)
    return Instance(home(), created, _first_password(home()))


def write_configuration(storage: Storage | None, port: int) -> None:
    """Write what is missing of the folders and the configuration in ``home()``.

    :param storage: written anew unless None.
    """
    base = private_folder()
    for name in FOLDERS:
        private_folder(*name.split("/"))
    values = {"home": str(base), "host": "127.0.0.1", "port": str(port)}
    for source in sorted(SKELETON.glob("*.*")):
        target = base / "etc" / source.name
        if not target.exists():
            text = Template(source.read_text(encoding="utf-8")).substitute(values)
            write_private(target, text.encode())
    if storage is not None:
        write_storage(storage)


def _check_empty(storage: Storage) -> None:
    # Here, so that nobody needs PostgreSQL's driver without PostgreSQL.
    from plonegov.municipalities.storage.postgresql import check_database

    if check_database(storage):
        raise StorageNotEmpty(place=storage.place)


def _first_password(base: Path) -> str:
    """Write ``inituser``, which Zope reads and removes when it makes the database."""
    password = secrets.token_urlsafe(12)
    hashed = pw_encrypt(password, "SHA256").decode()
    write_private(base / "inituser", f"{ADMIN}:{hashed}\n".encode())
    return password
