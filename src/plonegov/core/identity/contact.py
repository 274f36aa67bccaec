"""Postal codes, telephone numbers, e-mail addresses and countries."""

from babel import Locale
from functools import cache
from phonenumbers import NumberParseException
from phonenumbers import PhoneNumberFormat
from plonegov.core.identity.errors import InvalidValue

import phonenumbers
import re


#: Postal codes we know by heart: country to form and example. A country's letters
#: may stand before the digits (``B-7180``), as on envelopes.
POSTAL_CODES = {
    "BE": (re.compile(r"(?:B-?)?([1-9]\d{3})", re.ASCII), "7180"),
    "DE": (re.compile(r"(?:D-?)?(\d{5})", re.ASCII), "52062"),
    "ES": (re.compile(r"(?:E-?)?((?:0[1-9]|[1-4]\d|5[0-2])\d{3})", re.ASCII), "28013"),
    "FR": (re.compile(r"(?:F-?)?((?:0[1-9]|[1-8]\d|9[0-8])\d{3})", re.ASCII), "86000"),
    "LU": (re.compile(r"(?:L-?)?(\d{4})", re.ASCII), "1648"),
    "NL": (re.compile(r"(?:NL-?)?([1-9]\d{3}[A-Z]{2})", re.ASCII), "3511 EP"),
}
#: Elsewhere: none at all, or ten letters, digits, spaces and hyphens at most.
OTHER_POSTAL_CODE = re.compile(r"(?:[A-Z0-9][A-Z0-9 -]{0,9})?", re.ASCII)

PHONE = re.compile(r"[+0-9 ()./-]{1,30}", re.ASCII)

#: https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address, with a
#: domain of two labels at least and no dot at an end of the local part.
EMAIL_LOCAL = re.compile(
    r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII
)
LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
EMAIL_DOMAIN = re.compile(rf"(?:{LABEL}\.)+{LABEL}")
EMAIL_LENGTH = 254  # RFC 5321, 4.5.3.1, less the angle brackets
EMAIL_LOCAL_LENGTH = 64

#: Two-letter codes of CLDR that are no countries of ISO 3166-1. Kosovo (XK), which
#: has none, stays: people were born there.
NO_COUNTRIES = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"]
)


def check_country(code: str) -> str:
    """Return an ISO 3166-1 alpha-2 code in capitals.

    :raises InvalidValue: ``country_unknown``.
    """
    country = code.strip().upper()
    if country not in countries():
        raise InvalidValue("country_unknown")
    return country


@cache
def countries() -> frozenset[str]:
    """Return the ISO 3166-1 alpha-2 codes of all countries, and ``XK``."""
    codes = Locale("en").territories
    return frozenset(
        code for code in codes if len(code) == 2 and code.isalpha()
    ).difference(NO_COUNTRIES)


def check_postal_code(text: str, country: str) -> str:
    """Return a postal code in its country's form.

    In a country whose form we don't know, every short code is right and so is none.

    :param country: ISO 3166-1 alpha-2.
    :raises InvalidValue: ``postal_code`` with an ``example`` of the country, or
        ``postal_code_other`` elsewhere.
    """
    code = text.strip().upper()
    if country not in POSTAL_CODES:
        if not OTHER_POSTAL_CODE.fullmatch(code):
            raise InvalidValue("postal_code_other")
        return code
    form, example = POSTAL_CODES[country]
    found = form.fullmatch(code.replace(" ", ""))
    if not found:
        raise InvalidValue("postal_code", example=example)
    code = found.group(1)
    return f"{code[:4]} {code[4:]}" if country == "NL" else code


def check_phone(text: str, country: str) -> str:
    """Return a telephone number in E.164 form (``+3225550000``).

    :param country: where a number without ``+`` is dialled, ISO 3166-1 alpha-2.
    :raises InvalidValue: ``phone_number`` with an ``example`` of the country.
    """
    typed = " ".join(text.split())
    try:
        number = phonenumbers.parse(typed, country) if PHONE.fullmatch(typed) else None
    except NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise InvalidValue("phone_number", example=_phone_example(country))
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def format_phone(e164: str, country: str) -> str:
    """Return a telephone number as one in the country reads it: ``02 555 00 00``,
    and with its prefix (``+33 1 99 00 12 34``) when it is abroad.

    :param e164: as ``check_phone`` gives it.
    :raises InvalidValue: ``phone_number``.
    """
    number = phonenumbers.parse(check_phone(e164, country), country)
    home = phonenumbers.country_code_for_region(country) == number.country_code
    form = PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


def check_email(text: str) -> str:
    """Return an e-mail address, its domain in small letters and in ASCII.

    :raises InvalidValue: ``email_address``.
    """
    local, at, typed = text.strip().rpartition("@")
    domain = _ascii_domain(typed) if len(text) <= EMAIL_LENGTH else ""
    right = (
        at
        and len(local) <= EMAIL_LOCAL_LENGTH
        and EMAIL_LOCAL.fullmatch(local)
        and EMAIL_DOMAIN.fullmatch(domain)
        and len(local) + 1 + len(domain) <= EMAIL_LENGTH
    )
    if not right:
        raise InvalidValue("email_address")
    return f"{local}@{domain}"


def _ascii_domain(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


def _phone_example(country: str) -> str:
    number = phonenumbers.example_number(country)
    if number is None:
        return "+32 2 555 00 00"
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
