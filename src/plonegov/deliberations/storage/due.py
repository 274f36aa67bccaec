"""What is still to be made of meetings and publications, or to be seen to: marks kept in
the transaction that asks for it."""

from BTrees.OOBTree import OOBTree
from plonegov.core.api import now
from typing import Any
from zope.annotation.interfaces import IAnnotations


ANNOTATION = "plonegov.deliberations.due"

CONVOCATION = "convocation"
EXTRACTS = "extracts"
#: Minutes that were signed and are to be sealed.
MINUTES = "minutes"
#: Public copies of annexes that a job is to make, and those that could not be made.
COPIES = "copies"
REFUSED_COPIES = "refused_copies"


def mark(container: Any, what: str, key: str) -> None:
    """Ask for something of a record, by its key."""
    annotations = IAnnotations(container)
    if ANNOTATION not in annotations:
        annotations[ANNOTATION] = OOBTree()
    annotations[ANNOTATION][(what, key)] = now().isoformat()


def clear(container: Any, what: str, key: str) -> None:
    """Say that it was made, or is wanted no more."""
    held = IAnnotations(container).get(ANNOTATION, {})
    if (what, key) in held:
        del held[(what, key)]


def waiting(container: Any, what: str) -> list[str]:
    """Return the keys of the records of which it is to be made."""
    held = IAnnotations(container).get(ANNOTATION, {})
    return [key for wanted, key in held if wanted == what]


def is_due(container: Any, what: str, key: str) -> bool:
    """Say whether something is still to be made of a record."""
    return (what, key) in IAnnotations(container).get(ANNOTATION, {})
