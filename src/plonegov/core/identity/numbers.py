"""National identity numbers by country: checked, written as on the card, masked.

python-stdnum knows the rules of each: Belgium's number of the National Register and
BIS number (IT000 of https://www.ibz.rrn.fgov.be), France's NIR
(https://www.insee.fr/en/metadonnees/definition/c1409), the Dutch BSN
(https://www.rvig.nl) and Spain's DNI and NIE. Only Belgium's holds a whole birth date;
its parts that were unknown are zeroes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from plonegov.core.identity.errors import InvalidNumber
from stdnum.be import bis
from stdnum.be import nn
from stdnum.es import dni
from stdnum.es import nie
from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import InvalidComponent
from stdnum.exceptions import InvalidFormat
from stdnum.exceptions import InvalidLength
from stdnum.exceptions import ValidationError
from stdnum.fr import nir
from stdnum.nl import bsn
from stdnum.util import clean


#: Countries whose towns don't ask for an identity number. FR: the NIR serves only what
#: a decree lists (law no. 78-17 of 06-01-1978, article 30; decree no. 2019-341 of
#: 19-04-2019); the registers of civil status are searched by name, date and place.
NUMBER_UNUSED = frozenset({"FR"})
#: What stdnum finds wrong, to the code of our message.
CODES = {
    InvalidFormat: "national_number_format",
    InvalidLength: "national_number_length",
    InvalidChecksum: "national_number_checksum",
    InvalidComponent: "national_number_date",
}
LONGEST = 40  # characters typed, separators included
SHOWN = 2  # last characters that a masked number shows
BSN_SHORTEST = 8  # digits, where the leading zero is left out


@dataclass(frozen=True)
class NumberType:
    """A country's numbers: ``validate`` and ``format`` as python-stdnum has them,
    ``born`` reads the birth date out of a right one."""

    validate: Callable[[str], str]
    format: Callable[[str], str]
    born: Callable[[str], date | None] = lambda number: None


def _belgian(text: str) -> str:
    try:
        return nn.validate(text)
    except InvalidComponent:
        return bis.validate(text)


def _dutch(text: str) -> str:
    typed = clean(text, " -.").strip()
    number = bsn.validate(text)
    if len(typed) < BSN_SHORTEST:
        raise InvalidLength()
    return number


def _spanish(text: str) -> str:
    foreign = dni.compact(text).startswith(("X", "Y", "Z"))
    return nie.validate(text) if foreign else dni.validate(text)


#: The numbers of each country, by its ISO 3166-1 alpha-2 code.
TYPES: dict[str, NumberType] = {
    "BE": NumberType(_belgian, nn.format, nn.get_birth_date),
    "ES": NumberType(_spanish, dni.compact),
    "FR": NumberType(nir.validate, nir.format),
    "NL": NumberType(_dutch, bsn.compact),
}


def check_national_number(text: str, country: str) -> str:
    """Return an identity number without separators, letters in capitals.

    :param text: as typed, for example ``85.07.30-033.28``.
    :param country: ISO 3166-1 alpha-2 code of the country that issued it.
    :raises InvalidNumber: ``national_number_country`` (not ours to check),
        ``..._format`` (signs that don't belong there), ``..._length``, ``..._date``
        (no such month) or ``..._checksum``; ``country`` is in the context, since each
        country's number has its own text.
    """
    if country not in TYPES:
        raise InvalidNumber("national_number_country", country=country)
    if len(text) > LONGEST:
        raise InvalidNumber("national_number_length", country=country)
    try:
        return TYPES[country].validate(text)
    except ValidationError as error:
        raise InvalidNumber(CODES[type(error)], country=country) from error


def format_national_number(number: str, country: str) -> str:
    """Return a number as it stands on the card: ``85.07.30-033.28``.

    :raises InvalidNumber: it is none.
    """
    return TYPES[country].format(check_national_number(number, country))


def mask_national_number(number: str, country: str) -> str:
    """Return a number with all but its last two characters hidden, so that nothing
    of a birth date is seen: ``••.••.••-•••.28``.

    :raises InvalidNumber: it is none.
    """
    shown = format_national_number(number, country)
    hidden = ("•" if char.isalnum() else char for char in shown[:-SHOWN])
    return "".join(hidden) + shown[-SHOWN:]


def birth_date_of(number: str, country: str) -> date | None:
    """Return the birth date that a number states; None when it states none, or not
    all of it was known.

    :raises InvalidNumber: it is none.
    """
    return TYPES[country].born(check_national_number(number, country))
