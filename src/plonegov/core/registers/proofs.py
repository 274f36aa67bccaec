"""The sealed documents whose seal waits for its proofs: a time stamp, and what shows that
no certificate was revoked.

They are noted in the transaction that seals, when the town's sealer adds proofs at all,
and looked for here alone: no record is woken to find them.
"""

from BTrees.OOBTree import OOBTree
from dataclasses import dataclass
from datetime import datetime
from plone import api
from plonegov.core.api import now
from plonegov.core.api import port
from plonegov.core.pdf.interfaces import ISealer
from zope.annotation.interfaces import IAnnotations


ANNOTATION = "plonegov.core.registers.proofs"


@dataclass(frozen=True)
class Waiting:
    """A document that waits: its ``code``, since when (aware), and who keeps its file.

    ``keeper`` is the name of an ``ISealedFiles``, ``key`` what that knows the file by.
    """

    code: str
    since: datetime
    keeper: str
    key: str


def expect(code: str, keeper: str, key: str) -> bool:
    """Note that a document waits, if the town's sealer adds proofs; return whether.

    The caller holds the town's write lock and seals in the same transaction.
    """
    if not port(ISealer).adds_proofs():
        return False
    annotations = IAnnotations(api.portal.get())
    if ANNOTATION not in annotations:
        annotations[ANNOTATION] = OOBTree()
    annotations[ANNOTATION][code] = (now(), keeper, key)
    return True


def waiting() -> list[Waiting]:
    """Return what waits, first what has waited longest."""
    held = IAnnotations(api.portal.get()).get(ANNOTATION, {})
    found = [Waiting(code, *kept) for code, kept in held.items()]
    return sorted(found, key=lambda each: (each.since, each.code))


def done(code: str) -> None:
    """Say that a document has its proofs, or needs none any more.

    The caller holds the town's write lock.
    """
    held = IAnnotations(api.portal.get()).get(ANNOTATION, {})
    if code in held:
        del held[code]
