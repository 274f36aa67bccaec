"""The town's keys: encryption of national numbers and codes nobody can guess.

A municipality's keys are files outside the database,
``$PLONEGOV_HOME/keys/<municipality>/<key id>.key`` (32 random bytes, mode 0600,
folder 0700), so that a copy of the database alone reveals nothing. ``current`` names
the key that new values are made with; a value keeps the id of its key, so that a
rotated key still opens old values. A retired key's file ends with ``.retired``. Files
are read at each use: nothing is cached, which makes this safe in threads and after a
fork.
"""

from base64 import b32encode
from base64 import urlsafe_b64encode
from cryptography.fernet import Fernet
from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from dataclasses import dataclass
from datetime import datetime
from datetime import UTC
from pathlib import Path
from plonegov.core.errors import KeyFileExposed
from plonegov.core.errors import KeyMissing
from plonegov.core.identity.errors import KeyFileDamaged
from plonegov.core.identity.errors import SealedValueDamaged
from plonegov.core.ops.files import is_exposed
from plonegov.core.ops.files import MUNICIPALITY_ID
from plonegov.core.ops.files import sync_folder
from plonegov.core.ops.files import town_folder
from plonegov.core.ops.files import write_private
from plonegov.core.ops.home import home

import hashlib
import hmac
import os
import re
import secrets


KEY_BYTES = 32
MAC_BYTES = 20  # 160 bits, 32 characters of base32
KEY_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class Sealed:
    """An encrypted text: the id of its key and the Fernet token.

    Store it as ``as_tuple()`` and read it back with ``Sealed(*stored)``.
    """

    key_id: str
    token: str

    def as_tuple(self) -> tuple[str, str]:
        """Return ``(key_id, token)``."""
        return (self.key_id, self.token)


@dataclass(frozen=True)
class KeyFile:
    """A key on this machine: when its file was written (aware, UTC)."""

    id: str
    made: datetime
    current: bool

    def age_days(self, now: datetime) -> int:
        """Return the whole days since the key was made."""
        return (now - self.made).days


def create_key(municipality_id: str) -> str:
    """Make a key, from now on the current one of the municipality; return its id.

    :raises KeyFileExposed: others than the owner may enter the folder of the keys.
    :raises ValueError: the id is not one of a municipality (a-z, 0-9, hyphen).
    """
    folder = town_folder("keys", municipality_id)
    if is_exposed(folder.stat().st_mode):
        raise KeyFileExposed(municipality=municipality_id, file="")
    key_id = secrets.token_hex(8)
    write_private(folder / f"{key_id}.key", secrets.token_bytes(KEY_BYTES))
    write_private(folder / "current", key_id.encode())
    return key_id


def ensure_key(municipality_id: str) -> str:
    """Return the id of the municipality's current key; make the first one if none is.

    Call it under the town's write lock.

    :raises KeyFileExposed: others than the owner may read the keys.
    :raises ValueError: the id is not one of a municipality.
    """
    try:
        return TownKeys(municipality_id).current_id
    except KeyMissing:
        return create_key(municipality_id)


class TownKeys:
    """Encrypts, decrypts and authenticates with the keys of one municipality."""

    def __init__(self, municipality_id: str) -> None:
        self.municipality_id = municipality_id

    @property
    def folder(self) -> Path:
        """The folder of the municipality's keys."""
        return home() / "keys" / self.municipality_id

    @property
    def current_id(self) -> str:
        """The id of the key that new values are made with.

        :raises KeyMissing: the municipality has no key on this machine.
        :raises KeyFileExposed: others than the owner may read the keys.
        """
        return self._read("current").decode("ascii", "replace").strip()

    def files(self) -> list[KeyFile]:
        """Return the keys that are not retired, oldest first.

        :raises KeyMissing: the municipality has no key on this machine.
        :raises KeyFileExposed: others than the owner may read the keys.
        """
        current = self.current_id
        found = [
            KeyFile(
                path.stem,
                datetime.fromtimestamp(path.stat().st_mtime, UTC),
                path.stem == current,
            )
            for path in self.folder.glob("*.key")
            if KEY_ID.fullmatch(path.stem)
        ]
        return sorted(found, key=lambda key: (key.current, key.made))

    def check_present(self, key_id: str) -> None:
        """Make sure that a whole key is there.

        :raises KeyMissing: there is no such key on this machine.
        :raises KeyFileExposed: others than the owner may read the keys.
        :raises KeyFileDamaged: its file does not hold a whole key.
        """
        self._derive(key_id, "check")

    def set_aside(self, key_id: str) -> None:
        """Rename a key's file, so that nothing finds it any more.

        :raises KeyMissing: there is no such key on this machine.
        """
        self.check_present(key_id)
        file = self.folder / f"{key_id}.key"
        file.rename(file.with_suffix(".retired"))
        sync_folder(self.folder)

    def encrypt(self, text: str) -> Sealed:
        """Encrypt a text with the current key.

        :raises KeyMissing: the municipality has no key on this machine.
        :raises KeyFileExposed: others than the owner may read the keys.
        """
        key_id = self.current_id
        token = self._fernet(key_id).encrypt(text.encode())
        return Sealed(key_id, token.decode("ascii"))

    def decrypt(self, sealed: Sealed) -> str:
        """Return the text of a sealed value.

        :raises KeyMissing: the key of the value is not on this machine.
        :raises KeyFileExposed: others than the owner may read the keys.
        :raises SealedValueDamaged: the value or the key was changed.
        """
        try:
            return self._fernet(sealed.key_id).decrypt(_bytes(sealed.token)).decode()
        except InvalidToken as error:
            raise SealedValueDamaged(key_id=sealed.key_id) from error

    def mac(self, purpose: str, *parts: str | int, key_id: str | None = None) -> str:
        """Return the code (160 bits, 32 characters a-z and 2-7) of some parts.

        Codes of different purposes, keys or divisions into parts never agree; a
        number counts as its decimal text.

        :param purpose: what the code is for, for example ``order-link``.
        :param key_id: the key to use; the current one unless told.
        :raises KeyMissing: there is no such key on this machine.
        :raises KeyFileExposed: others than the owner may read the keys.
        """
        key = self._derive(key_id or self.current_id, f"mac:{purpose}")
        digest = hmac.digest(key, _length_prefixed(parts), hashlib.sha256)
        return b32encode(digest[:MAC_BYTES]).decode("ascii").lower()

    def verify(
        self, mac: str, purpose: str, *parts: str | int, key_id: str | None = None
    ) -> bool:
        """Say, in a time that does not depend on the answer, whether a code is right.

        :raises KeyMissing: there is no such key on this machine.
        :raises KeyFileExposed: others than the owner may read the keys.
        """
        expected = self.mac(purpose, *parts, key_id=key_id)
        return hmac.compare_digest(_bytes(mac), _bytes(expected))

    def _fernet(self, key_id: str) -> Fernet:
        return Fernet(urlsafe_b64encode(self._derive(key_id, "encrypt")))

    def _derive(self, key_id: str, purpose: str) -> bytes:
        if not KEY_ID.fullmatch(key_id):
            raise KeyMissing(municipality=self.municipality_id, file=f"{key_id}.key")
        master = self._read(f"{key_id}.key")
        if len(master) != KEY_BYTES:
            raise KeyFileDamaged(municipality=self.municipality_id, key_id=key_id)
        info = _bytes(f"plonegov:{self.municipality_id}:{purpose}")
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(master)

    def _read(self, name: str) -> bytes:
        if not MUNICIPALITY_ID.fullmatch(self.municipality_id):
            raise KeyMissing(municipality=self.municipality_id, file=name)
        try:
            exposed = is_exposed(self.folder.stat().st_mode)
            with open(self.folder / name, "rb") as file:
                exposed = exposed or is_exposed(os.fstat(file.fileno()).st_mode)
                data = file.read()
        except FileNotFoundError as error:
            raise KeyMissing(municipality=self.municipality_id, file=name) from error
        if exposed:
            raise KeyFileExposed(municipality=self.municipality_id, file=name)
        return data


def _length_prefixed(parts: tuple[str | int, ...]) -> bytes:
    encoded = [_bytes(str(part)) for part in parts]
    return b"".join(len(part).to_bytes(8, "big") + part for part in encoded)


def _bytes(text: str) -> bytes:
    """Encode any text, also one with lone surrogates from a broken address."""
    return text.encode("utf-8", "surrogatepass")
