"""What a file that somebody received is worth: one verdict from all that was found."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What is said of a file.

    ``genuine``: as the town sealed it, and it counts. ``replaced`` and ``revoked``: as
    the town sealed it, but it counts no more. ``changed``: the town sealed it, and it
    was changed since. ``unregistered``: the town's seal, but its register does not know
    the file. ``foreign``: sealed or signed by somebody else. ``unsealed``: no seal at
    all. ``unreadable``: no PDF that can be read.
    """

    GENUINE = "genuine"
    REPLACED = "replaced"
    REVOKED = "revoked"
    CHANGED = "changed"
    UNREGISTERED = "unregistered"
    FOREIGN = "foreign"
    UNSEALED = "unsealed"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class SealFound:
    """What the examination of a PDF's seal found.

    ``digest``: SHA-256 (hex) of the file up to the end of the seal's revision.
    ``ours``: the seal's certificate leads to one of the town's. ``intact``: what the
    seal covers is what was sealed. ``whole``: nothing came after it but proofs of the
    seal itself (ISO 32000-1, 12.8.2.2).
    """

    digest: str
    ours: bool
    intact: bool
    whole: bool


#: Standing in the register -> verdict on a file that is as it was sealed.
STANDING = {
    "valid": Verdict.GENUINE,
    "replaced": Verdict.REPLACED,
    "revoked": Verdict.REVOKED,
}


def judge(seal: SealFound | None, standing: str | None) -> Verdict:
    """Return the verdict on a file.

    :param seal: None: the file has no seal.
    :param standing: what the register says of the seal's digest (``valid``,
        ``replaced``, ``revoked``); None: it does not know it.
    """
    if seal is None:
        return Verdict.UNSEALED
    if standing is None:
        return _unknown(seal)
    return STANDING[standing] if seal.intact and seal.whole else Verdict.CHANGED


def _unknown(seal: SealFound) -> Verdict:
    if not seal.ours:
        return Verdict.FOREIGN
    return Verdict.UNREGISTERED if seal.intact and seal.whole else Verdict.CHANGED
