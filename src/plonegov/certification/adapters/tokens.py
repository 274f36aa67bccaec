"""Keys that never leave their device: tokens by PKCS#11 (OASIS, PKCS #11 v2.40).

A device answers only after a log-in, so its session is kept open as long as the file
with the PIN stays the same. A session does one thing at a time.
"""

from asn1crypto.x509 import Certificate
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from pkcs11 import PKCS11Error
from pkcs11 import Session
from pkcs11.exceptions import PinIncorrect
from pkcs11.exceptions import PinInvalid
from pkcs11.exceptions import PinLenRange
from pkcs11.exceptions import PinLocked
from plonegov.certification.adapters.keyfile import former_roots
from plonegov.certification.adapters.keyfile import stamp
from plonegov.certification.adapters.sealsettings import load_seal
from plonegov.certification.adapters.sealsettings import settings_path
from plonegov.certification.domain.errors import SettingsWrong
from plonegov.certification.domain.sealsettings import Token
from plonegov.core.pdf.errors import SealKeyUnusable
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import open_pkcs11_session
from pyhanko.sign.pkcs11 import PKCS11Signer

import os
import pkcs11
import threading


WRONG_PIN = (PinIncorrect, PinInvalid, PinLenRange, PinLocked)


def has_token(municipality_id: str) -> bool:
    """Tell whether a town names a token, and has the file with its PIN."""
    try:
        token = load_seal(municipality_id).pkcs11
    except SettingsWrong:
        return False
    return token is not None and _pin_path(municipality_id, token).exists()


@contextmanager
def token_signer(municipality_id: str) -> Iterator[PKCS11Signer]:
    """Yield what signs with a town's token; nothing else uses its session meanwhile.

    :raises SealKeyUnusable: see there; a device that fails is asked anew next time.
    """
    try:
        token = load_seal(municipality_id).pkcs11
    except SettingsWrong as error:
        raise SealKeyUnusable(reason="settings") from error
    if token is None:
        raise SealKeyUnusable(reason="settings")
    with _SESSIONS.use(token, _pin_path(municipality_id, token)) as opened:
        if token.key not in opened.signers:
            chain = former_roots(municipality_id)
            opened.signers[token.key] = _signer(opened.session, token, chain)
        yield opened.signers[token.key]


def _pin_path(municipality_id: str, token: Token) -> Path:
    return settings_path(municipality_id).parent / token.pin_file


def _signer(session: Session, token: Token, chain: list[Certificate]) -> PKCS11Signer:
    try:
        made = PKCS11Signer(session, key_label=token.key, ca_chain=chain)
        # Hashes are made here: not each device knows ECDSA with SHA-256 as one.
        made.use_raw_mechanism = made.signing_cert.public_key.algorithm == "ec"
    except PKCS11Error as error:
        raise SealKeyUnusable(reason="key") from error
    return made


@dataclass
class _Opened:
    """A session, and what signs with it by the label of its key."""

    session: Session
    pin: tuple
    signers: dict[str, PKCS11Signer] = field(default_factory=dict)


class _Sessions:
    """The sessions of this process by module and token; a child has none of them."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.opened: dict[tuple, _Opened] = {}
        #: PINs that a token refused: some lock themselves when they are tried again.
        self.refused: set[tuple] = set()

    @contextmanager
    def use(self, token: Token, pin_path: Path) -> Iterator[_Opened]:
        """Yield the session of a token; one that fails is closed."""
        key, pin = (os.getpid(), token.module, token.token), stamp(pin_path)
        with self.lock:
            opened = self.opened.get(key)
            if opened is None or opened.pin != pin:
                self._close(key)
                opened = self.opened[key] = self._open(token, pin_path, pin)
            try:
                yield opened
            except PKCS11Error as error:
                self._close(key)
                raise SealKeyUnusable(reason="token") from error

    def _open(self, token: Token, pin_path: Path, pin: tuple) -> _Opened:
        if pin in self.refused:
            raise SealKeyUnusable(reason="pin")
        try:
            pkcs11.lib(token.module)
        except RuntimeError as error:
            raise SealKeyUnusable(reason="module") from error
        try:
            session = open_pkcs11_session(
                token.module,
                token_criteria=TokenCriteria(label=token.token),
                user_pin=pin_path.read_text(encoding="utf-8").strip(),
            )
        except WRONG_PIN as error:
            self.refused.add(pin)
            raise SealKeyUnusable(reason="pin") from error
        except PKCS11Error as error:
            raise SealKeyUnusable(reason="token") from error
        return _Opened(session, pin)

    def _close(self, key: tuple) -> None:
        opened = self.opened.pop(key, None)
        if opened is not None:
            with suppress(PKCS11Error):  # a device that is away has no session
                opened.session.close()


_SESSIONS = _Sessions()
