from decimal import Decimal
from hypothesis import given
from hypothesis import strategies as st
from plonegov.core.identity.errors import InvalidValue
from plonegov.core.money import format_money
from plonegov.core.money import Money
from plonegov.core.money import money

import pytest


cents = st.integers(-(10**14), 10**14)


def euros(number):
    return Money(Decimal(number) / 100, "EUR")


def refused(call, *args):
    with pytest.raises(InvalidValue) as caught:
        call(*args)
    return caught.value.code


@given(cents)
def test_an_amount_and_its_text_are_the_same(number):
    amount = euros(number)
    assert money(amount.decimal(), "EUR") == amount
    sign = "-" if number < 0 else ""
    assert amount.decimal() == f"{sign}{abs(number) // 100}.{abs(number) % 100:02}"


@given(cents, cents)
def test_sums_are_exact(one, two):
    assert euros(one).add(euros(two)) == euros(one + two) == euros(two).add(euros(one))


@given(st.integers(-(10**6), 10**6), st.integers(0, 10**4))
def test_a_price_times_copies_is_their_sum(number, copies):
    assert euros(number).times(copies) == euros(number * copies)


@pytest.mark.parametrize(
    ("text", "currency", "decimal"),
    [
        ("5", "EUR", "5.00"),
        ("5.0", "EUR", "5.00"),
        ("-0.00", "EUR", "0.00"),
        ("500", "JPY", "500"),
        ("1.250", "TND", "1.250"),
        ("999999999999999.99", "EUR", "999999999999999.99"),
    ],
)
def test_an_amount_has_the_decimals_of_its_currency(text, currency, decimal):
    assert money(text, currency).decimal() == decimal


@pytest.mark.parametrize(
    "text",
    ["", "5,00", "5.001", "1e3", "1_000", "٥", " 5", "NaN", "Infinity", "9" * 16],
)
def test_what_is_no_exact_amount_is_refused(text):
    assert refused(money, text, "EUR") == "money_amount"


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "0.001", "1e15"])
def test_no_amount_is_rounded(amount):
    assert refused(Money, Decimal(amount), "EUR") == "money_amount"
    assert refused(Money(Decimal("999999999999999"), "EUR").times, 2) == "money_amount"


def test_cents_are_not_yen():
    assert refused(money, "5.50", "JPY") == "money_amount"


@pytest.mark.parametrize("currency", ["", "eur", "EURO", "€", "XXQ"])
def test_a_currency_is_one_of_iso_4217(currency):
    assert refused(money, "5.00", currency) == "currency_unknown"


def test_currencies_are_not_mixed():
    assert refused(money("5.00", "EUR").add, money("5", "JPY")) == "currency_mixed"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "1\u202f234,50\u00a0EUR"),
        ("fr-be", "1\u202f234,50\u00a0EUR"),
        ("nl", "EUR\u00a01.234,50"),
        ("en", "EUR\u00a01,234.50"),
        ("es", "1.234,50\u00a0EUR"),
    ],
)
def test_an_amount_is_written_as_the_language_does(language, text):
    assert format_money(money("1234.50", "EUR"), language) == text
