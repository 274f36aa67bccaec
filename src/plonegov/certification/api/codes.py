"""Codes that are good once, for a short time, and mostly for one browser.

What a code stands for is encrypted in a file outside the database,
``$PLONEGOV_HOME/codes/<municipality>/<digest of the code>``, so that giving and taking
one is no write of the site, and that several processes see the same. Who takes a code
renames its file first: of two that come at once, one wins.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from plonegov.certification.domain.errors import SignInOver
from plonegov.core.api import municipality
from plonegov.core.api import now
from plonegov.core.identity.current import town_keys
from plonegov.core.identity.errors import SealedValueDamaged
from plonegov.core.identity.keys import Sealed
from plonegov.core.ops.files import town_folder
from plonegov.core.ops.files import write_private
from typing import Any
from uuid import uuid4

import hashlib
import hmac
import json
import secrets
import time


FOLDER = "codes"
BYTES = 20  # 160 bits


class Purpose(StrEnum):
    """What a code is for: a sign-in began, a proof goes back to the site, the person
    looks at it, and has confirmed it by a first click of two."""

    BEGUN = "begun"
    PROOF = "proof"
    CONFIRM = "confirm"
    AGAIN = "again"


#: How long each counts.
LIFETIMES = {
    Purpose.BEGUN: timedelta(minutes=15),
    Purpose.PROOF: timedelta(seconds=60),
    Purpose.CONFIRM: timedelta(minutes=15),
    Purpose.AGAIN: timedelta(seconds=10),
}
#: Files older than this were forgotten by everybody.
OLDEST = max(LIFETIMES.values()) + timedelta(minutes=5)


@dataclass(frozen=True)
class Kept:
    """What a code stood for, and the digest of the browser that it was given to."""

    content: dict[str, Any]
    browser: str


def give(
    purpose: Purpose, browser: str, content: dict[str, Any], code: str = ""
) -> str:
    """Return a new code.

    :param browser: digest of the browser that may take it (``digest`` of its cookie).
    :param content: values that JSON can hold.
    :param code: one that was just taken, to be good again.
    """
    folder = town_folder(FOLDER, municipality().id)
    _sweep(folder)
    code = code or secrets.token_urlsafe(BYTES)
    ends = (now() + LIFETIMES[purpose]).isoformat()
    text = json.dumps([purpose, browser, ends, content])
    sealed = town_keys().encrypt(text)
    write_private(folder / digest(code), " ".join(sealed.as_tuple()).encode())
    return code


def take(code: str, browser: str | None, *purposes: Purpose) -> Kept:
    """Return what a code stands for; it is spent, whatever comes of it.

    :param browser: digest of the browser that brings it; None where it can't be known
        (another host name), so that it is looked at later.
    :param purposes: what it may have been given for.
    :raises SignInOver: it is unknown, spent, too old, or another browser's.
    """
    file = town_folder(FOLDER, municipality().id) / digest(code)
    mine = file.with_name(f"{uuid4().hex}.taken")
    try:
        file.rename(mine)
        text = mine.read_text("ascii")  # an old one may be swept at this moment
    except FileNotFoundError as error:
        raise SignInOver() from error
    finally:
        mine.unlink(missing_ok=True)
    return _read(text, browser, purposes)


def digest(text: str) -> str:
    """Return what is kept of a code or of a browser's cookie (64 hexadecimal digits)."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _read(text: str, browser: str | None, purposes: Collection[Purpose]) -> Kept:
    key_id, _, token = text.partition(" ")
    try:
        found = json.loads(town_keys().decrypt(Sealed(key_id, token)))
    except SealedValueDamaged as error:
        raise SignInOver() from error
    kept_for, owner, ends, content = found
    if kept_for not in purposes or now() > datetime.fromisoformat(ends):
        raise SignInOver()
    if browser is not None and not hmac.compare_digest(owner, browser):
        raise SignInOver()
    return Kept(content, owner)


def _sweep(folder: Path) -> None:
    """Forget the files of codes that nobody took."""
    before = time.time() - OLDEST.total_seconds()
    for file in folder.iterdir():
        try:
            if file.stat().st_mtime < before:
                file.unlink()
        except FileNotFoundError:
            continue  # taken at this moment
