"""References of orders: random, readable aloud, with a check character.

The alphabet is Crockford's base32, https://www.crockford.com/base32.html; the check
character is Luhn's over the same 32 characters, so that a single wrong character is
always found.
"""

from plonegov.ordering.domain.errors import ReferenceInvalid
from stdnum import luhn

import re
import secrets


ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_LENGTH = 10
LENGTH = RANDOM_LENGTH + 1

#: What people read or type for a character of the alphabet.
MISREAD = str.maketrans("OIL", "011")
SEPARATORS = re.compile(r"[\s\-\u2010-\u2015]")


def new_reference() -> str:
    """Return a new reference: 50 random bits and the check character."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))
    return body + luhn.calc_check_digit(body, alphabet=ALPHABET)


def normalise_reference(text: str) -> str:
    """Return a reference as it is stored, from what a person typed.

    Case, spaces and hyphens don't matter; O is read as 0, I and L as 1.

    :raises ReferenceInvalid: wrong length, alphabet or check character.
    """
    compact = SEPARATORS.sub("", text).upper().translate(MISREAD)
    if len(compact) != LENGTH or not luhn.is_valid(compact, alphabet=ALPHABET):
        raise ReferenceInvalid()
    return compact


def format_reference(reference: str) -> str:
    """Return a reference for people: groups of 4, 4 and 3 characters."""
    return f"{reference[:4]}-{reference[4:8]}-{reference[8:]}"
