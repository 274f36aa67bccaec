"""A town's private settings, which stand outside the database, beside its keys.

``$PLONEGOV_HOME/keys/<municipality>/<name>.toml`` belongs to its owner alone (mode
0600), since it may hold a secret; certificates (PEM or DER) stand in folders beside it.
All are looked at at each use, so that a change counts at once.
"""

from cryptography import x509
from functools import lru_cache
from pathlib import Path
from plonegov.certification.domain.settings import parsed
from plonegov.certification.domain.settings import Refuser
from plonegov.core.ops.files import is_exposed
from plonegov.core.ops.home import home
from typing import Any

import os


#: Formats of the certificates in a folder.
SUFFIXES = frozenset({".cer", ".crt", ".der", ".pem"})
#: Files with certificates that are kept read: some hundreds for each town.
KEPT = 2048
PEM = b"-----BEGIN CERTIFICATE-----"


def beside_keys(municipality_id: str, name: str) -> Path:
    """Return where a file or folder of a town's settings is expected."""
    return home() / "keys" / municipality_id / name


def read_toml(path: Path) -> dict[str, Any] | None:
    """Return what a private file of settings says; None where there is none.

    :raises SettingsWrong: others may read it, or it is no TOML in UTF-8.
    """
    text = read_private(path)
    return None if text is None else parsed(text, Refuser(str(path)))


def read_private(path: Path) -> str | None:
    """Return the text of a private file; None where there is none.

    :raises SettingsWrong: others may read it, or it can't be read as UTF-8.
    """
    wrong = Refuser(str(path))
    try:
        with path.open("rb") as file:
            _check_mode(wrong, os.fstat(file.fileno()).st_mode, "0600")
            return file.read().decode("utf-8")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise wrong("text", "another encoding", "UTF-8") from error
    except OSError as error:
        allowed = "a file that can be read"
        raise wrong("file", type(error).__name__, allowed) from error


def check_folder(folder: Path) -> None:
    """Refuse a folder that is missing, or that others may enter or change.

    :raises SettingsWrong: see there.
    """
    wrong = Refuser(str(folder))
    if not folder.is_dir():
        raise wrong("folder", "missing", "a folder with certificates")
    _check_mode(wrong, folder.stat().st_mode, "0700")


def certificates_in(folder: Path) -> list[x509.Certificate]:
    """Return the certificates in the files of a folder, each once, by the files' names.

    :raises SettingsWrong: a file can't be read, or holds none.
    """
    found: dict[x509.Certificate, None] = {}
    for path in sorted(folder.glob("*")):
        if path.suffix.lower() in SUFFIXES:
            found.update(dict.fromkeys(_stamped(path)))
    return list(found)


def _stamped(path: Path) -> tuple[x509.Certificate, ...]:
    try:
        stat = path.stat()
        return _certificates(path, (stat.st_ino, stat.st_mtime_ns, stat.st_size))
    except (OSError, ValueError) as error:
        allowed = "certificates in PEM or DER"
        raise Refuser(str(path))("file", type(error).__name__, allowed) from error


@lru_cache(KEPT)
def _certificates(path: Path, stamp: tuple[int, ...]) -> tuple[x509.Certificate, ...]:
    """Return the certificates of a file; it is read anew when its stamp differs."""
    data = path.read_bytes()
    if PEM in data:
        return tuple(x509.load_pem_x509_certificates(data))
    return (x509.load_der_x509_certificate(data),)


def _check_mode(wrong: Refuser, mode: int, allowed: str) -> None:
    if is_exposed(mode):
        raise wrong("mode", f"{mode & 0o777:04o}", allowed)
