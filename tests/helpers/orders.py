"""Requests for documents that are right, to be made wrong one value at a time."""

from copy import deepcopy
from typing import Any


ADA = {
    "first_name": "Ada",
    "last_name": "Exemple",
    "birth_date": "1985-07-30",
    "national_number": "85.07.30-033.28",
    "email": "ada@exempleville.example",
    "phone": "+32 470 00 00 00",
    "address": {
        "street": "Rue de l'Essai",
        "number": "12",
        "box": "",
        "postal_code": "7180",
        "locality": "Exempleville",
        "country": "BE",
    },
}

RESIDENCE: dict[str, Any] = {
    "document": "residence",
    "language": "fr",
    "relation": "self",
    "applicant": ADA,
    "copies": 1,
    "delivery": "post",
    "answers": {"purpose": "Inscription"},
}


def request(**changes: Any) -> dict[str, Any]:
    """Return a right request for a residence certificate with some values changed.

    A key with ``__`` goes deeper: ``applicant__birth_date="2999-01-01"``.
    """
    payload = deepcopy(RESIDENCE)
    for path, value in changes.items():
        *parents, name = path.split("__")
        target = payload
        for parent in parents:
            target = target[parent]
        target[name] = value
    return payload
