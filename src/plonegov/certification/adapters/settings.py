"""Where the settings of a town's seal stand: outside the database, beside its key.

``$PLONEGOV_HOME/keys/<municipality>/seal.toml`` belongs to its owner alone (mode 0600),
since it may hold a password. ``tsa-roots`` beside it holds the certificates (PEM or DER)
that the time-stamping authority's own lead to.
"""

from asn1crypto.x509 import Certificate
from pathlib import Path
from plonegov.certification.domain import settings
from plonegov.certification.domain.errors import SealSettingsWrong
from plonegov.certification.domain.settings import SealSettings
from plonegov.core.ops.files import is_exposed
from plonegov.core.ops.home import home
from pyhanko.keys import load_certs_from_pemder_data


FILE = "seal.toml"
ROOTS = "tsa-roots"
#: Formats of the certificates in a folder.
SUFFIXES = frozenset({".cer", ".crt", ".der", ".pem"})


def settings_path(municipality_id: str) -> Path:
    """Return where a town's settings are expected."""
    return home() / "keys" / municipality_id / FILE


def read_settings(municipality_id: str) -> SealSettings:
    """Return a town's settings; a file that is not there says nothing.

    :raises SealSettingsWrong: see there; others may read the file, too.
    """
    path = settings_path(municipality_id)
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return SealSettings()
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(
            path, "", type(error).__name__, "a text that can be read"
        ) from error
    if is_exposed(mode):
        raise _wrong(path, "", f"mode {mode & 0o777:04o}", "mode 0600")
    return settings.read(text, str(path))


def names_authority(municipality_id: str) -> bool:
    """Tell whether a town wants time stamps, if only by settings that are wrong.

    What is sealed meanwhile waits until they are mended.
    """
    try:
        return read_settings(municipality_id).timestamp is not None
    except SealSettingsWrong:
        return True


def authority_roots(municipality_id: str) -> list[Certificate]:
    """Return the certificates that the time-stamping authority's own lead to.

    :raises SealSettingsWrong: there are none, or a file holds none.
    """
    folder = settings_path(municipality_id).parent / ROOTS
    found = certificates_in(folder)
    if not found:
        raise _wrong(folder, "", "no certificate", "those above the authority's own")
    return found


def certificates_in(folder: Path) -> list[Certificate]:
    """Return the certificates in the files of a folder, by the files' names.

    :raises SealSettingsWrong: a file holds none.
    """
    found: list[Certificate] = []
    for path in sorted(folder.glob("*")):
        if path.suffix in SUFFIXES:
            found += _certificates(path)
    return found


def _certificates(path: Path) -> list[Certificate]:
    try:
        loaded = load_certs_from_pemder_data(path.read_bytes())
        found = [Certificate.load(each.dump(), strict=True) for each in loaded]
    except (OSError, TypeError, ValueError) as error:
        raise _wrong(path, "", type(error).__name__, "certificates") from error
    return found


def _wrong(path: Path, key: str, found: str, allowed: str) -> SealSettingsWrong:
    return SealSettingsWrong(file=str(path), key=key, found=found, allowed=allowed)
