"""Amounts of money: a decimal and its ISO 4217 currency, never a float."""

from babel import Locale
from babel.core import get_global
from babel.numbers import format_currency
from babel.numbers import get_currency_precision
from dataclasses import dataclass
from decimal import Decimal
from plonegov.core.identity.errors import InvalidValue

import re


DECIMAL = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?", re.ASCII)
LARGEST = Decimal(10) ** 15  # beyond it decimal arithmetic would begin to round


@dataclass(frozen=True)
class Money:
    """An amount in a currency, with as many decimals as the currency has.

    :raises InvalidValue: ``currency_unknown`` (not in ISO 4217), ``money_amount``
        (not finite, too many decimals, or 10^15 and more).
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if self.currency not in get_global("all_currencies"):
            raise InvalidValue("currency_unknown")
        object.__setattr__(self, "amount", _exact(self.amount, self.currency))

    def add(self, other: "Money") -> "Money":
        """Return the sum.

        :raises InvalidValue: ``currency_mixed`` when the currencies differ.
        """
        if other.currency != self.currency:
            raise InvalidValue("currency_mixed", currency=self.currency)
        return Money(self.amount + other.amount, self.currency)

    def times(self, count: int) -> "Money":
        """Return this amount a whole number of times."""
        return Money(self.amount * count, self.currency)

    def decimal(self) -> str:
        """Return the amount alone, as data: ``5.00``."""
        return f"{self.amount:f}"


def money(text: str, currency: str) -> Money:
    """Return the amount that a decimal text (``5.00``) states.

    :raises InvalidValue: ``money_amount``, ``currency_unknown``.
    """
    if not DECIMAL.fullmatch(text):
        raise InvalidValue("money_amount")
    return Money(Decimal(text), currency)


def format_money(amount: Money, language: str) -> str:
    """Return an amount as the language writes it: ``5,00 EUR``, ``EUR 5.00``.

    The currency's code and not its sign, as on official papers.

    :param language: ISO 639-1, a region may follow (``fr-be``).
    """
    locale = Locale.parse(language.replace("-", "_"))
    pattern = locale.currency_formats["standard"].pattern.partition(";")[0]
    code = "¤¤\N{NO-BREAK SPACE}" if pattern.startswith("¤#") else "¤¤"
    return format_currency(
        amount.amount, amount.currency, pattern.replace("¤", code), locale=locale
    )


def _exact(amount: Decimal, currency: str) -> Decimal:
    if not amount.is_finite() or abs(amount) >= LARGEST:
        raise InvalidValue("money_amount")
    exact = round(amount, get_currency_precision(currency))
    if exact != amount:
        raise InvalidValue("money_amount")
    return exact + 0  # never a negative zero
