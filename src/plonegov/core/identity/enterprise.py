"""Numbers of enterprises and public bodies in their country's register.

Belgium: the enterprise number of the Crossroads Bank for Enterprises (Code of economic
law, art. III.17). France: the SIRET of an establishment (Code de commerce, art. R123-221).
"""

from collections.abc import Callable
from dataclasses import dataclass
from plonegov.core.identity.errors import InvalidNumber
from stdnum.be import vat
from stdnum.exceptions import ValidationError
from stdnum.fr import siret


LONGEST = 40  # characters typed, separators included


@dataclass(frozen=True)
class EnterpriseType:
    """A country's numbers; ``example`` is of nobody that a town deals with."""

    validate: Callable[[str], str]
    format: Callable[[str], str]
    example: str


def _belgian(number: str) -> str:
    return f"{number[:4]}.{number[4:7]}.{number[7:]}"


TYPES: dict[str, EnterpriseType] = {
    "BE": EnterpriseType(vat.validate, _belgian, "0123.456.749"),
    "FR": EnterpriseType(siret.validate, siret.format, "732 829 320 00074"),
}


def check_enterprise_number(text: str, country: str) -> str:
    """Return the digits of an enterprise number: ten in Belgium, fourteen in France.

    :param text: as typed, for example ``BE 0123.456.749``.
    :param country: ISO 3166-1 alpha-2 code of the country whose register it is.
    :raises InvalidNumber: ``enterprise_number_country`` (a register that is not
        known here) or ``enterprise_number`` with an ``example`` of the country.
    """
    if country not in TYPES:
        raise InvalidNumber("enterprise_number_country", country=country)
    kind = TYPES[country]
    wrong = InvalidNumber("enterprise_number", country=country, example=kind.example)
    if len(text) > LONGEST:
        raise wrong
    try:
        return kind.validate(text)
    except ValidationError as error:
        raise wrong from error


def format_enterprise_number(text: str, country: str) -> str:
    """Return a number as the register writes it: ``0123.456.749``.

    :raises InvalidNumber: it is none of the country's.
    """
    return TYPES[country].format(check_enterprise_number(text, country))
