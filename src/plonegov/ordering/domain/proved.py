"""What a proof of identity says of the applicant stands: it is neither typed nor changed."""

from collections.abc import Mapping
from plonegov.core.errors import Fault
from plonegov.core.identity.numbers import NUMBER_UNUSED
from plonegov.core.identity.proved import ProvedIdentity
from typing import Any


def stated(identity: ProvedIdentity, country: str) -> dict[str, str]:
    """Return the applicant's values that a proof gives, by their name in a request.

    Where the town finds people by their number and the proof states none of its own
    country's, it is empty: a number that is only typed might be anybody's.

    :param country: of the town; some towns may use no number.
    """
    born = identity.birth_date.isoformat() if identity.birth_date else ""
    values = {
        "first_name": identity.first_name,
        "last_name": identity.last_name,
        "birth_date": born,
    }
    values = {name: value for name, value in values.items() if value}
    if country not in NUMBER_UNUSED:
        own = identity.country == country
        values["national_number"] = identity.national_number if own else ""
    return values


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
