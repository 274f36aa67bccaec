"""What an identity provider says of a person, and what of it is believed."""

from collections.abc import Mapping
from datetime import date
from plonegov.certification.domain.errors import SignInRefused
from plonegov.certification.domain.providers import Provider
from plonegov.core.identity.contact import check_email
from plonegov.core.identity.errors import InvalidValue
from plonegov.core.identity.numbers import birth_date_of
from plonegov.core.identity.numbers import check_national_number
from plonegov.core.identity.proved import ProvedIdentity
from typing import Any

import re


LONGEST = 200  # characters of a name


class AnswerWrong(Exception):
    """A provider's answer is not what it should be; the text says what, for the log,
    and holds nothing of a person."""


def identity_of(
    provider: Provider, claims: Mapping[str, Any], way: str
) -> ProvedIdentity:
    """Return who a person is, from claims whose origin was checked.

    A name alone is no identity: the number or the birth date must be stated, too.

    :param way: the id of the way to sign in.
    :raises SignInRefused: ``level_low``, ``number_wrong`` or ``claims_wrong``.
    """
    level = provider.reached(_texts(claims.get(provider.level_claim)))
    if level is None:
        raise SignInRefused("level_low")
    said = {ours: claims.get(name) for ours, name in provider.claims.items()}
    first_name, last_name = _name(said, "first_name"), _name(said, "last_name")
    subject = claims.get("sub")
    if not (first_name or last_name) or not isinstance(subject, str) or not subject:
        raise SignInRefused("claims_wrong")
    number, country = _number(said, provider.country)
    born = _birth_date(said, number, country)
    if not number and born is None:
        raise SignInRefused("claims_wrong")
    return ProvedIdentity(
        level=level,
        way=way,
        first_name=first_name,
        last_name=last_name,
        national_number=number,
        country=country,
        birth_date=born,
        email=_email(said, claims),
        issuer=provider.issuer,
        subject=subject,
    )


def _texts(value: Any) -> list[str]:
    found = value if isinstance(value, list) else [value]
    return [each for each in found if isinstance(each, str)]


def _name(said: Mapping[str, Any], key: str) -> str:
    value = said.get(key) or ""
    name = " ".join(value.split()) if isinstance(value, str) else None
    if name is None or len(name) > LONGEST or not name.isprintable():
        raise SignInRefused("claims_wrong")
    return name


def _number(said: Mapping[str, Any], country: str) -> tuple[str, str]:
    """Return number and country; both are empty where the provider gives none."""
    number = said.get("national_number")
    if number in (None, ""):
        return "", ""
    stated = said.get("country") or country
    if not isinstance(number, str) or not isinstance(stated, str):
        raise SignInRefused("number_wrong")
    try:
        return check_national_number(number, stated.upper()), stated.upper()
    except InvalidValue as error:
        raise SignInRefused("number_wrong") from error


def _birth_date(said: Mapping[str, Any], number: str, country: str) -> date | None:
    """Return the day that the provider states, else the one that the number does."""
    stated = said.get("birth_date")
    if isinstance(stated, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", stated, re.ASCII):
        try:
            return date.fromisoformat(stated)
        except ValueError:
            pass  # a day or month that is not known is 00
    return birth_date_of(number, country) if number else None


def _email(said: Mapping[str, Any], claims: Mapping[str, Any]) -> str:
    """Return the address, unless the provider says that nobody checked it."""
    address = said.get("email")
    if not isinstance(address, str) or claims.get("email_verified") is False:
        return ""
    try:
        return check_email(address)
    except InvalidValue:
        return ""
