"""References of orders: random, readable aloud, with a check character."""

from plonegov.core.typed.codes import grouped
from plonegov.core.typed.codes import new_code
from plonegov.core.typed.codes import normalise_code
from plonegov.ordering.domain.errors import ReferenceInvalid


LENGTH = 11  # 50 random bits and the check character


def new_reference() -> str:
    """Return a new reference."""
    return new_code(LENGTH)


def normalise_reference(text: str) -> str:
    """Return a reference as it is stored, from what a person typed.

    :raises ReferenceInvalid: wrong length, alphabet or check character.
    """
    reference = normalise_code(text, LENGTH)
    if reference is None:
        raise ReferenceInvalid()
    return reference


def format_reference(reference: str) -> str:
    """Return a reference for people: groups of 4, 4 and 3 characters."""
    return grouped(reference)
