"""Reads the applicant and the subject of a request."""

from collections.abc import Mapping
from datetime import date
from plonegov.core.errors import Fault
from plonegov.core.identity.contact import check_country
from plonegov.core.identity.contact import check_email
from plonegov.core.identity.contact import check_phone
from plonegov.core.identity.contact import check_postal_code
from plonegov.core.identity.errors import InvalidNumber
from plonegov.core.identity.numbers import birth_date_of
from plonegov.core.identity.numbers import check_national_number
from plonegov.core.identity.numbers import NUMBER_UNUSED
from plonegov.core.municipality.model import Address
from plonegov.core.typed.reader import Reader
from plonegov.core.typed.text import clean_line
from plonegov.core.typed.text import clean_name
from plonegov.ordering.domain.model import Person
from plonegov.ordering.domain.model import Subject
from typing import Any


EARLIEST_BIRTH = date(1900, 1, 1)

#: Civil status registers go back further than the living do.
EARLIEST_ACT = date(1796, 1, 1)

#: Age of majority in the countries served (BE: Civil Code art. 488; FR: Code civil
#: art. 414; NL: BW 1:233; ES: Constitución art. 12).
ADULT_AGE = 18

ADDRESS_KEYS = ("street", "number", "box", "postal_code", "locality", "country")
PERSON_KEYS = (
    "first_name",
    "last_name",
    "birth_date",
    "national_number",
    "email",
    "phone",
    "address",
)
SUBJECT_KEYS = (*PERSON_KEYS, "deceased", "minor")

#: Longest house or box number, in characters.
NUMBER_LIMIT = 20


def read_applicant(
    reader: Reader, today: date, country: str, needs_birth_date: bool
) -> Person:
    """Return the applicant.

    :param country: the town's country: that of the national number, and of the
        address when it names none.
    :param needs_birth_date: the clerk must find the person in the register.
    """
    person = Person(**_common(reader, today, country, EARLIEST_BIRTH))
    _require_birth_date(reader, person, needs_birth_date)
    return person


def read_subject(
    reader: Reader, today: date, country: str, always_deceased: bool
) -> Subject:
    """Return the subject as given, when it is not the applicant.

    :param always_deceased: the document is about a person who has died; the birth
        date then only helps to find the act.
    """
    values = _common(reader, today, country, EARLIEST_ACT)
    deceased = reader.flag("deceased") or always_deceased
    subject = Subject(**values, deceased=deceased, minor=reader.flag("minor"))
    _require_birth_date(reader, subject, not always_deceased)
    return subject


def read_address(values: Any, country: str, faults: list[Fault]) -> Address:
    """Return an address that must be given, its faults below ``address``.

    :param country: the town's country, when the address names none.
    """
    given = values if isinstance(values, Mapping) else {}
    address = _address(Reader(given, ADDRESS_KEYS, faults, "address"), country)
    if address == Address() and not faults:
        faults.append(Fault("address.street", "required"))
    return address


def is_minor(birth_date: date | None, today: date) -> bool:
    """Return whether a person born on that day is a minor (unknown: no)."""
    if birth_date is None:
        return False
    had_birthday = (today.month, today.day) >= (birth_date.month, birth_date.day)
    age = today.year - birth_date.year - (0 if had_birthday else 1)
    return age < ADULT_AGE


def _common(reader: Reader, today: date, country: str, earliest: date) -> dict:
    address = _address(reader.inner("address", ADDRESS_KEYS), country)
    number = reader.text(
        "national_number",
        lambda value: _national_number(clean_line(value), country),
    )
    return {
        "first_name": reader.text("first_name", clean_name, required=True),
        "last_name": reader.text("last_name", clean_name, required=True),
        "birth_date": _birth_date(reader, number, country, earliest, today),
        "national_number": number,
        "email": reader.text(
            "email", lambda value: check_email(clean_line(value, 254))
        ),
        "phone": reader.text(
            "phone",
            lambda value: check_phone(clean_line(value), address.country or country),
        ),
        "address": address,
    }


def _national_number(value: str, country: str) -> str:
    if country in NUMBER_UNUSED:
        raise InvalidNumber("national_number_country", country=country)
    return check_national_number(value, country)


def _birth_date(
    reader: Reader, number: str, country: str, earliest: date, today: date
) -> date | None:
    """Return the birth date as given, else as the national number holds it."""
    born = reader.day("birth_date", earliest, today)
    in_number = birth_date_of(number, country) if number else None
    if born and in_number and born != in_number:
        reader.fault("national_number", "birth_date_differs")
    return born or in_number


def _require_birth_date(reader: Reader, person: Person, needed: bool) -> None:
    if needed and person.birth_date is None and not reader.has("birth_date"):
        reader.fault("birth_date", "required")


def _address(reader: Reader, town_country: str) -> Address:
    given = any(reader.has(key) for key in ADDRESS_KEYS if key != "country")
    if not given and not reader.has("country"):
        return Address()
    country = reader.text("country", check_country)
    if not country and not reader.has("country"):
        country = town_country
    return Address(
        street=reader.text("street", required=True),
        number=reader.text("number", _house_number),
        box=reader.text("box", _house_number),
        postal_code=reader.text("postal_code", _postal_code(country), required=True),
        locality=reader.text("locality", required=True),
        country=country,
    )


def _postal_code(country: str):
    def check(value: str) -> str:
        line = clean_line(value, NUMBER_LIMIT)
        return check_postal_code(line, country) if country else line

    return check


def _house_number(value: str) -> str:
    return clean_line(value, NUMBER_LIMIT)
