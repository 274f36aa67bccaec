"""The settings of a town's seal: ``seal.toml`` beside its key.

``tsa-roots`` beside it holds the certificates that the time-stamping authority's own
lead to.
"""

from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives.serialization import Encoding
from pathlib import Path
from plonegov.certification.adapters.settings import beside_keys
from plonegov.certification.adapters.settings import certificates_in
from plonegov.certification.adapters.settings import read_toml
from plonegov.certification.domain.errors import SettingsWrong
from plonegov.certification.domain.sealsettings import seal_settings
from plonegov.certification.domain.sealsettings import SealSettings
from plonegov.certification.domain.settings import Refuser


FILE = "seal.toml"
ROOTS = "tsa-roots"


def settings_path(municipality_id: str) -> Path:
    """Return where a town's settings are expected."""
    return beside_keys(municipality_id, FILE)


def load_seal(municipality_id: str) -> SealSettings:
    """Return a town's settings; a file that is not there says nothing.

    :raises SettingsWrong: they can't be used.
    """
    path = settings_path(municipality_id)
    return seal_settings(read_toml(path) or {}, Refuser(str(path)))


def names_authority(municipality_id: str) -> bool:
    """Tell whether a town wants time stamps, if only by settings that are wrong.

    What is sealed meanwhile waits until they are mended.
    """
    try:
        return load_seal(municipality_id).timestamp is not None
    except SettingsWrong:
        return True


def authority_roots(municipality_id: str) -> list[Certificate]:
    """Return the certificates that the time-stamping authority's own lead to.

    :raises SettingsWrong: there are none, or a file holds none.
    """
    folder = beside_keys(municipality_id, ROOTS)
    found = certificates_in(folder)
    if not found:
        allowed = "the certificates above the authority's own"
        raise Refuser(str(folder))("folder", "no certificate", allowed)
    return [Certificate.load(one.public_bytes(Encoding.DER)) for one in found]
