"""Checks what a town's profile picks from the catalogue."""

from pathlib import Path
from plonegov.core.law.tomlfile import DECIMAL
from plonegov.core.municipality.model import DocumentChoice
from plonegov.core.municipality.model import Municipality
from plonegov.ordering.domain.catalogue import document_ids
from plonegov.ordering.domain.catalogue import FOLDER
from plonegov.ordering.domain.model import Delivery
from typing import Any


#: A broken value: its key in the file, what stands there, what is allowed.
Problem = tuple[str, Any, str]

AMOUNT = 'an amount such as "5.00"'


def problems(town: Municipality, folder: Path = FOLDER) -> list[Problem]:
    """Return what is wrong with the documents that a town picks."""
    known = document_ids(town.country, folder)
    services = tuple(service.id for service in town.services)
    found: list[Problem] = []
    for index, choice in enumerate(town.documents):
        at = f"documents[{index}]"
        if choice.id not in known:
            found.append((f"{at}.id", choice.id, f"one of {', '.join(known)}"))
        if choice.service not in services:
            allowed = f"one of {', '.join(services)}"
            found.append((f"{at}.service", choice.service, allowed))
        found.extend(_wrong_amounts(at, choice))
    return found


def _wrong_amounts(at: str, choice: DocumentChoice) -> list[Problem]:
    found: list[Problem] = []
    if choice.price is not None and not DECIMAL.fullmatch(choice.price):
        found.append((f"{at}.price", choice.price, AMOUNT))
    for way, price in choice.delivery_prices.items():
        key = f"{at}.delivery_prices.{way}"
        if way not in list(Delivery):
            found.append((key, way, f"one of {', '.join(Delivery)}"))
        elif not DECIMAL.fullmatch(price):
            found.append((key, price, AMOUNT))
    if choice.delay_days is not None and choice.delay_days < 0:
        allowed = "a whole number from 0 on"
        found.append((f"{at}.delay_days", choice.delay_days, allowed))
    return found
