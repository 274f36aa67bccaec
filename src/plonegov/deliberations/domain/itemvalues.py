"""What a service writes of an item, read and cleaned; faults are gathered."""

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from decimal import InvalidOperation
from plonegov.core.errors import Fault
from plonegov.core.typed.reader import Reader
from plonegov.core.typed.text import clean_line
from plonegov.deliberations.domain.agenda import Privacy
from typing import Any


TITLE_LIMIT = 500
#: Longest motivation or decision, in characters of HTML.
HTML_LIMIT = 500_000
#: Largest amount of money: what no town spends at once.
LARGEST = Decimal("9999999999.99")
CENT = Decimal("0.01")

#: What may be written of an item.
KEYS = (
    "title",
    "category",
    "privacy",
    "matter",
    "motivation",
    "decision",
    "amount",
    "wish",
)


@dataclass(frozen=True)
class Choices:
    """What may be chosen: ids of categories, matters and coming meetings."""

    categories: Collection[str]
    matters: Collection[str]
    meetings: Collection[str] = ()


def read_item(
    given: Mapping[str, Any],
    choices: Choices,
    clean_html: Callable[[str], str],
    faults: list[Fault],
) -> dict[str, str]:
    """Return the values of an item, those only that were given.

    :param clean_html: takes out of HTML what may not stand in it.
    :param faults: gets what is wrong.
    """
    reader = Reader(given, KEYS, faults)
    found: dict[str, str] = {}
    if "title" in given:
        found["title"] = reader.text("title", _title, required=True)
    for key, allowed in (
        ("category", choices.categories),
        ("matter", choices.matters),
        ("wish", ("", *choices.meetings)),
        ("privacy", tuple(Privacy)),
    ):
        if key in given:
            found[key] = _one_of(reader, key, allowed)
    for key in ("motivation", "decision"):
        if key in given:
            found[key] = _html(reader, key, clean_html)
    if "amount" in given:
        found["amount"] = _amount(reader)
    return found


def _title(value: str) -> str:
    return clean_line(value, TITLE_LIMIT)


def _one_of(reader: Reader, key: str, allowed: Collection[str]) -> str:
    value = reader.text(key, required="" not in allowed)
    if value and value not in allowed:
        names = ", ".join(name for name in allowed if name)
        reader.fault(key, "unknown_choice", allowed=names)
    return value


def _html(reader: Reader, key: str, clean_html: Callable[[str], str]) -> str:
    value = reader.data.get(key) or ""
    if not isinstance(value, str):
        reader.fault(key, "text_expected")
        return ""
    if len(value) > HTML_LIMIT:
        reader.fault(key, "too_long", limit=HTML_LIMIT)
        return ""
    return clean_html(value)


def _plain_number(value: str) -> str:
    """Return a number without marks of thousands, with a dot before its decimals:
    ``22 000,50`` and ``22.000,50`` as ``22000.50``."""
    number = "".join(value.split())
    if "," in number:
        number = number.replace(".", "").replace(",", ".", 1)
    return number


def decimals(number: Decimal) -> int:
    """Return how many decimals a finite number was written with."""
    return max(0, -int(number.as_tuple().exponent))


def _amount(reader: Reader) -> str:
    """Return an amount as a decimal string with two decimals, or ""."""
    value = reader.text("amount")
    if not value:
        return ""
    try:
        amount = Decimal(_plain_number(value))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0 or decimals(amount) > 2:
        reader.fault("amount", "amount_invalid")
        return ""
    if amount > LARGEST:
        reader.fault("amount", "amount_invalid")
        return ""
    return str(amount.quantize(CENT))
