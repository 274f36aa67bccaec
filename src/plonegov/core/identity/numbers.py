"""National identity numbers: checked, written as on the card, masked.

Belgium's number is that of the National Register (eleven digits: birth date,
counter, check number; a 2 is set before the digits of who was born from 2000 on)
or the BIS number of social security (the month is raised by 20 or 40). Parts of a
birth date that were unknown are zeroes. python-stdnum knows both; see
https://www.ibz.rrn.fgov.be (IT000) for the rules.
"""

from datetime import date
from plonegov.core.identity.errors import InvalidNumber
from stdnum.be import bis
from stdnum.be import nn
from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import InvalidComponent
from stdnum.exceptions import InvalidFormat
from stdnum.exceptions import InvalidLength
from stdnum.exceptions import ValidationError


#: What stdnum finds wrong, to the code of our message.
CODES = {
    InvalidFormat: "national_number_format",
    InvalidLength: "national_number_length",
    InvalidChecksum: "national_number_checksum",
    InvalidComponent: "national_number_date",
}
LONGEST = 40  # characters typed, separators included


def check_national_number(text: str, country: str = "BE") -> str:
    """Return the digits of an identity number, without separators.

    :param text: as typed, for example ``85.07.30-033.28``.
    :param country: ISO 3166-1 alpha-2 code of the country that issued it.
    :raises InvalidNumber: ``national_number_country`` (not ours to check),
        ``..._format`` (other than digits), ``..._length`` (not eleven digits),
        ``..._date`` (no such month) or ``..._checksum``.
    """
    if country != "BE":
        raise InvalidNumber("national_number_country", country=country)
    if len(text) > LONGEST:
        raise InvalidNumber("national_number_length")
    try:
        return _validate(text)
    except ValidationError as error:
        raise InvalidNumber(CODES[type(error)]) from error


def format_national_number(number: str) -> str:
    """Return a number as it stands on the card: ``85.07.30-033.28``.

    :raises InvalidNumber: it is none.
    """
    return nn.format(check_national_number(number))


def mask_national_number(number: str) -> str:
    """Return a number with all but its check number hidden: ``••.••.••-•••.28``.

    :raises InvalidNumber: it is none.
    """
    return f"••.••.••-•••.{check_national_number(number)[-2:]}"


def birth_date_of(number: str) -> date | None:
    """Return the birth date that a number states; None when it was not fully known.

    :raises InvalidNumber: it is none.
    """
    return nn.get_birth_date(check_national_number(number))


def _validate(text: str) -> str:
    try:
        return nn.validate(text)
    except InvalidComponent:
        return bis.validate(text)
