"""Codes that people read aloud and type: random, with a check character.

The alphabet is Crockford's base32, https://www.crockford.com/base32.html; the check
character is Luhn's over the same 32 characters, so that a single wrong character is
always found.
"""

from stdnum import luhn

import re
import secrets


ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

#: What people read or type for a character of the alphabet.
MISREAD = str.maketrans("OIL", "011")
SEPARATORS = re.compile(r"[\s\-\u2010-\u2015]")


def new_code(length: int) -> str:
    """Return a new code: 5 random bits a character, the last one checks the others.

    :param length: in characters, the check character too.
    """
    body = "".join(secrets.choice(ALPHABET) for _ in range(length - 1))
    return body + luhn.calc_check_digit(body, alphabet=ALPHABET)


def normalise_code(text: str, length: int) -> str | None:
    """Return a code as it is stored, from what a person typed; None: it is none.

    Case, spaces and hyphens don't matter; O is read as 0, I and L as 1.
    """
    compact = SEPARATORS.sub("", text).upper().translate(MISREAD)
    valid = len(compact) == length and luhn.is_valid(compact, alphabet=ALPHABET)
    return compact if valid else None


def grouped(code: str) -> str:
    """Return a code for people: in groups of four characters."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
