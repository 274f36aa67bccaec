"""Whether a single value of ``municipality.toml`` is what it should be."""

from babel.numbers import list_currencies
from collections.abc import Callable
from decimal import Decimal
from opening_hours import validate
from plonegov.core.identity import contact
from plonegov.core.identity import enterprise
from plonegov.core.identity.errors import InvalidValue
from plonegov.core.municipality.calendar import has_calendar
from zoneinfo import available_timezones

import re


_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_PRICE = re.compile(r"\d{1,6}(\.\d{1,2})?")
_SVG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\.svg")
_WEBSITE = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?(/\S*)?")
#: NIS code of Statbel, code commune of INSEE, gemeentecode of CBS, código of INE.
_OFFICIAL = {
    "BE": re.compile(r"\d{5}"),
    "ES": re.compile(r"\d{5}"),
    "FR": re.compile(r"(\d{2}|2[AB])\d{3}"),
    "NL": re.compile(r"\d{4}"),
}


def is_id(text: str) -> bool:
    """Tell whether a text can be an id (of a town, a service, a document)."""
    return bool(_ID.fullmatch(text))


def is_colour(text: str) -> bool:
    """Tell whether a text is a colour written ``#rrggbb``."""
    return bool(_COLOUR.fullmatch(text))


def is_price(text: str) -> bool:
    """Tell whether a text is an amount of money, 0 or more, without currency."""
    return bool(_PRICE.fullmatch(text)) and Decimal(text) >= 0


def is_svg_name(text: str) -> bool:
    """Tell whether a text is the plain name of an SVG file."""
    return bool(_SVG.fullmatch(text))


def is_website(text: str) -> bool:
    """Tell whether a text is a web address."""
    return bool(_WEBSITE.fullmatch(text))


def is_timezone(text: str) -> bool:
    """Tell whether a text is the name of an IANA time zone."""
    return text in available_timezones()


def is_currency(text: str) -> bool:
    """Tell whether a text is a currency's ISO 4217 code."""
    return text in list_currencies()


def is_official_code(text: str, country: str) -> bool:
    """Tell whether a text is a municipality's code in its country's statistics."""
    pattern = _OFFICIAL.get(country)
    return bool(pattern.fullmatch(text)) if pattern else bool(text.strip())


def is_opening_hours(text: str) -> bool:
    """Tell whether a text is opening hours as OpenStreetMap writes them."""
    return validate(text)


def is_holiday_region(text: str, country: str) -> bool:
    """Tell whether a text is a part of the country whose holidays are known."""
    return bool(text) and has_calendar(country, text)


def is_country(text: str) -> bool:
    """Tell whether a text is a country's ISO 3166-1 alpha-2 code."""
    return _passes(contact.check_country, text)


def is_email(text: str) -> bool:
    """Tell whether a text is an e-mail address."""
    return _passes(contact.check_email, text)


def is_postal_code(text: str, country: str) -> bool:
    """Tell whether a text is a postal code of the country."""
    return _passes(contact.check_postal_code, text, country)


def is_phone(text: str, country: str) -> bool:
    """Tell whether a text is a telephone number that can be dialled."""
    return _passes(contact.check_phone, text, country)


def is_enterprise_number(text: str, country: str) -> bool:
    """Tell whether a text is a number of the country's register of enterprises."""
    return _passes(enterprise.check_enterprise_number, text, country)


def _passes(check: Callable[..., str], *arguments: str) -> bool:
    try:
        check(*arguments)
    except InvalidValue:
        return False
    return True


def are_names(values: list[str]) -> bool:
    """Tell whether texts are names, none empty and none twice."""
    return len(set(values)) == len(values) and all(map(str.strip, values))
