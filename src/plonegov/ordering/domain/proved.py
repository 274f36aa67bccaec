"""What a proof of identity says of the applicant stands: it is neither typed nor changed."""

from collections.abc import Mapping
from plonegov.core.errors import Fault
from plonegov.core.identity.numbers import NUMBER_UNUSED
from plonegov.core.identity.proved import ProvedIdentity
from typing import Any


def stated(identity: ProvedIdentity, country: str) -> dict[str, str]:
    """Return the applicant's values that a proof gives, by their name in a request.

    :param country: of the town; another country's number is of no use to it, and some
        towns may use none.
    """
    values = {"first_name": identity.first_name, "last_name": identity.last_name}
    if identity.birth_date is not None:
        values["birth_date"] = identity.birth_date.isoformat()
    if identity.country == country and country not in NUMBER_UNUSED:
        values["national_number"] = identity.national_number
    return {name: value for name, value in values.items() if value}


def completed(payload: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    """Return a request in which these values of the applicant stand."""
    given = payload.get("applicant")
    applicant = dict(given) if isinstance(given, Mapping) else {}
    return {**payload, "applicant": {**applicant, **values}}


def differing(payload: Mapping[str, Any], values: Mapping[str, str]) -> list[Fault]:
    """Return a fault for each value of the applicant that says something else.

    Case, spaces and the separators of a number make no difference.
    """
    given = payload.get("applicant")
    applicant = given if isinstance(given, Mapping) else {}
    return [
        Fault(f"applicant.{name}", "differs_from_identity")
        for name, value in values.items()
        if applicant.get(name) and _folded(applicant[name]) != _folded(value)
    ]


def _folded(value: Any) -> str:
    return "".join(char for char in str(value).casefold() if char.isalnum())
