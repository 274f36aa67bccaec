"""The key that a town seals with: a PKCS#12 file (RFC 7292) beside its other keys.

``$PLONEGOV_HOME/keys/<municipality>/<name>.p12`` holds key, certificate and the chain
above it, ``<name>.password`` the file's password in one line. Both belong to their
owner alone (mode 0600), and go into the backup of the keys.
"""

from asn1crypto.pkcs12 import Pfx
from asn1crypto.x509 import Certificate
from collections import OrderedDict
from datetime import datetime
from pathlib import Path
from plonegov.core.ops.files import is_exposed
from plonegov.core.ops.home import home
from plonegov.core.pdf.errors import SealKeyUnusable
from pyhanko.sign.signers import SimpleSigner

import threading


#: Keys that are kept read: towns of one Zope, at most.
KEPT = 64


def key_path(municipality_id: str, name: str) -> Path:
    """Return where a town's key is expected."""
    return home() / "keys" / municipality_id / f"{name}.p12"


def load_signer(path: Path, now: datetime) -> SimpleSigner:
    """Return what signs with a key.

    It is read once as long as its files stay the same: reading a key takes as long as
    a signature. Nothing is kept in memory that the process would not hold to sign.

    :param now: aware; the certificate must be valid then.
    :raises SealKeyUnusable: see there.
    """
    signer = _SIGNERS.get(path)
    check_valid(signer.signing_cert, now)
    return signer


def check_valid(certificate: Certificate, now: datetime) -> None:
    """Refuse a certificate that is not valid at a moment (aware).

    :raises SealKeyUnusable: see there.
    """
    if now < certificate.not_valid_before:
        raise SealKeyUnusable(reason="early")
    if now > certificate.not_valid_after:
        raise SealKeyUnusable(reason="expired")


def known_roots(municipality_id: str) -> list[bytes]:
    """Return the certificates (DER) that the town's seals lead to.

    They are those of its present keys, and ``*.der`` files in ``seal-roots`` beside
    them, where the certificates of former keys are kept.
    """
    folder = home() / "keys" / municipality_id
    former = [each.dump() for each in former_roots(municipality_id)]
    return former + [
        top.dump()
        for path in sorted(folder.glob("*.p12"))
        for top in _tops(_SIGNERS.get(path))
    ]


def former_roots(municipality_id: str) -> list[Certificate]:
    """Return the certificates (``*.der``) that are kept in ``seal-roots``.

    Those above a former key, or above one in a token.
    """
    folder = home() / "keys" / municipality_id / "seal-roots"
    files = sorted(folder.glob("*.der"))
    return [Certificate.load(path.read_bytes()) for path in files]


def _tops(signer: SimpleSigner) -> list[Certificate]:
    """Return the authorities above a certificate, or itself if none is known."""
    above = [each for each in signer.cert_registry if each.ca]
    return above or [signer.signing_cert]


class _Signers:
    """Keys that were read, by path and by when their files were written."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.kept: OrderedDict[tuple, SimpleSigner] = OrderedDict()

    def get(self, path: Path) -> SimpleSigner:
        key = (stamp(path), stamp(path.with_suffix(".password")))
        with self.lock:
            if key not in self.kept:
                self.kept[key] = _read(path)
                while len(self.kept) > KEPT:
                    self.kept.popitem(last=False)
            return self.kept[key]


_SIGNERS = _Signers()


def stamp(path: Path) -> tuple[Path, int, int]:
    """Return what changes when a private file is written anew.

    :raises SealKeyUnusable: it is not there, or others may read it.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise SealKeyUnusable(reason="missing") from error
    if is_exposed(found.st_mode):
        raise SealKeyUnusable(reason="exposed")
    return path, found.st_ino, found.st_mtime_ns


def _read(path: Path) -> SimpleSigner:
    data = path.read_bytes()
    password = path.with_suffix(".password").read_bytes().strip()
    try:
        loaded = SimpleSigner.load_pkcs12_data(
            data, other_certs=[], passphrase=password
        )
    except ValueError as error:
        reason = "password" if _is_pkcs12(data) else "damaged"
        raise SealKeyUnusable(reason=reason) from error
    if loaded is None:
        raise SealKeyUnusable(reason="password")
    return loaded


def _is_pkcs12(data: bytes) -> bool:
    """Tell whether a file is one, so that only its password can be wrong."""
    try:
        return Pfx.load(data, strict=True)["version"].native == "v3"
    except (TypeError, ValueError):
        return False
