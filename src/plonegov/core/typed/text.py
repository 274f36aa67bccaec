"""Text that people type: cleaned, bounded, and kept as text whatever it holds."""

from plonegov.core.identity.errors import InvalidValue

import unicodedata


#: Longest name or other single line, in characters.
LINE_LIMIT = 100

#: Longest free text of one answer, in characters.
TEXT_LIMIT = 5000

#: Control characters, lone surrogates, unassigned and private characters.
REFUSED_CATEGORIES = frozenset({"Cc", "Cs", "Cn", "Co"})

#: Marks that turn the direction of text round: what is shown would not be what is
#: stored (https://www.unicode.org/reports/tr36/).
DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

LINE_SEPARATORS = frozenset("\u2028\u2029")


def clean_line(value: str, limit: int = LINE_LIMIT) -> str:
    """Return a single line: stripped, Unicode NFC, runs of spaces made one.

    Markup is text like any other.

    :raises InvalidValue: too long, or characters that no line holds.
    """
    if len(value) > limit:
        raise InvalidValue("too_long", limit=limit)
    if any(map(_is_refused, value)) or LINE_SEPARATORS & set(value):
        raise InvalidValue("control_characters")
    return unicodedata.normalize("NFC", " ".join(value.split()))


def clean_text(value: str, limit: int = TEXT_LIMIT) -> str:
    """Return text of several lines: stripped, Unicode NFC, line ends ``\\n``.

    :raises InvalidValue: too long, or characters that no text holds.
    """
    if len(value) > limit:
        raise InvalidValue("too_long", limit=limit)
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    if any(_is_refused(character) for character in lines if character not in "\n\t"):
        raise InvalidValue("control_characters")
    return unicodedata.normalize("NFC", lines).strip()


def clean_name(value: str) -> str:
    """Return a person's name in any script; it must hold a letter.

    :raises InvalidValue: too long, control characters, or no letter.
    """
    name = clean_line(value)
    if name and not any(map(str.isalpha, name)):
        raise InvalidValue("name_without_letter")
    return name


def _is_refused(character: str) -> bool:
    return (
        character in DIRECTION_MARKS
        or unicodedata.category(character) in REFUSED_CATEGORIES
    )
