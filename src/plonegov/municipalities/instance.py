"""The instance folder: configuration of Zope, storage, and the first administrator."""

from AuthEncoding.AuthEncoding import pw_encrypt
from dataclasses import dataclass
from pathlib import Path
from plonegov.core.ops.files import write_private
from plonegov.core.ops.home import home
from plonegov.core.ops.home import private_folder
from plonegov.municipalities.errors import StorageUnknown
from string import Template

import secrets


SKELETON = Path(__file__).parent / "skeleton"
FOLDERS = ("etc", "storage", "storage/blobs", "var", "var/cache", "log", "profiles")
STORAGES = ("sqlite",)
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

    :param port: where ``serve`` listens, on this machine only.
    :raises StorageUnknown: instances can't be made with this storage.
    """
    if storage not in STORAGES:
        raise StorageUnknown(storage=storage, known=", ".join(STORAGES))
    base = private_folder()
    created = not (base / "etc" / "zope.conf").exists()
    for name in FOLDERS:
        private_folder(*name.split("/"))
    values = {"home": str(base), "host": "127.0.0.1", "port": str(port)}
    for source in sorted(SKELETON.iterdir()):
        target = base / "etc" / source.name
        if not target.exists():
            text = Template(source.read_text(encoding="utf-8")).substitute(values)
            write_private(target, text.encode())
    password = _first_password(base) if created else ""
    return Instance(home(), created, password)


def _first_password(base: Path) -> str:
    """Write ``inituser``, which Zope reads and removes when it makes the database."""
    password = secrets.token_urlsafe(12)
    hashed = pw_encrypt(password, "SHA256").decode()
    write_private(base / "inituser", f"{ADMIN}:{hashed}\n".encode())
    return password
