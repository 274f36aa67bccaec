from datetime import date
from functools import partial
from hypothesis import assume
from hypothesis import given
from hypothesis import strategies as st
from plonegov.core.identity import numbers
from plonegov.core.identity.errors import InvalidNumber

import pytest


birth_date_of = partial(numbers.birth_date_of, country="BE")
check_national_number = partial(numbers.check_national_number, country="BE")
format_national_number = partial(numbers.format_national_number, country="BE")
mask_national_number = partial(numbers.mask_national_number, country="BE")

#: What is added to the month: 0 in the National Register, 20 and 40 in BIS numbers.
SHIFTS = st.sampled_from([0, 20, 40])
COUNTERS = st.integers(1, 998)
BIRTHS = st.dates(date(1900, 1, 1), date(2025, 12, 31))


def build(year, month, day, counter):
    """The number as IT000 of the National Register states its check digits."""
    first = f"{year % 100:02}{month:02}{day:02}{counter:03}"
    prefix = "2" if year >= 2000 else ""
    return f"{first}{97 - int(prefix + first) % 97:02}"


@given(BIRTHS, SHIFTS, COUNTERS)
def test_a_number_of_any_birth_is_right_and_states_it(birth, shift, counter):
    number = build(birth.year, birth.month + shift, birth.day, counter)
    assert check_national_number(number) == number
    assert birth_date_of(number) == birth


@given(st.integers(1900, 2025), SHIFTS, COUNTERS, st.integers(0, 2))
def test_an_unknown_month_is_no_birth_date(year, shift, counter, day):
    assert birth_date_of(build(year, shift, day, counter)) is None


@given(st.integers(1900, 2025), st.integers(1, 12), SHIFTS, COUNTERS)
def test_an_unknown_day_is_no_birth_date(year, month, shift, counter):
    assert birth_date_of(build(year, month + shift, 0, counter)) is None


@given(BIRTHS, SHIFTS, COUNTERS, st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_is_never_the_same_person(birth, shift, counter, place, plus):
    number = build(birth.year, birth.month + shift, birth.day, counter)
    digit = (int(number[place]) + plus) % 10
    try:
        wrong = check_national_number(f"{number[:place]}{digit}{number[place + 1 :]}")
    except InvalidNumber:
        return
    # The two centuries' check digits are 48 apart: a wrong digit may name another
    # century's birth, never another day of the same one.
    assert birth_date_of(wrong) is None or birth_date_of(wrong).year // 100 != (
        birth.year // 100
    )


@given(BIRTHS, SHIFTS, COUNTERS)
def test_formatting_keeps_the_number(birth, shift, counter):
    number = build(birth.year, birth.month + shift, birth.day, counter)
    assert check_national_number(format_national_number(number)) == number


@given(BIRTHS, SHIFTS, COUNTERS)
def test_a_masked_number_shows_its_check_digits_only(birth, shift, counter):
    number = build(birth.year, birth.month + shift, birth.day, counter)
    masked = mask_national_number(number)
    assert [char for char in masked if char.isdigit()] == list(number[-2:])
    assert len(masked) == len(format_national_number(number))


@given(st.text(max_size=60))
def test_any_other_text_is_refused_with_a_code(text):
    try:
        number = check_national_number(text)
    except InvalidNumber as error:
        assert error.code.startswith("national_number_")
    else:
        assume(False)
        assert number


def test_the_card_is_the_model():
    assert format_national_number("85073003328") == "85.07.30-033.28"
    assert mask_national_number("85.07.30-033.28") == "••.••.••-•••.28"


@pytest.mark.parametrize(
    "typed",
    ["85.07.30-033.28", "85 07 30 033 28", " 85073003328 ", "85.07.30–033.28"],
)
def test_separators_don_t_matter(typed):
    assert check_national_number(typed) == "85073003328"


@pytest.mark.parametrize(
    ("number", "birth"),
    [
        ("85073003328", date(1985, 7, 30)),
        ("17073003384", date(2017, 7, 30)),  # a 2 before the digits
        ("98472899765", date(1998, 7, 28)),  # BIS, sex known
        ("01490700185", date(2001, 9, 7)),  # BIS, from 2000 on
        (build(1900, 0, 1, 5), None),  # nothing known
        (build(2000, 40, 1, 5), None),
    ],
)
def test_known_numbers_state_their_birth_date(number, birth):
    assert birth_date_of(number) == birth


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "national_number_format"),
        ("00000000000", "national_number_format"),
        ("8507300332A", "national_number_format"),
        ("<script>85073003328</script>", "national_number_format"),
        ("٨٥٠٧٣٠٠٣٣٢٨", "national_number_format"),
        ("8507300332", "national_number_length"),
        ("850730033288", "national_number_length"),
        ("8" * 5_000_000, "national_number_length"),
        ("85073003329", "national_number_checksum"),
        (build(1985, 13, 30, 33), "national_number_date"),
        (build(1985, 33, 30, 33), "national_number_date"),
        (build(1985, 60, 30, 33), "national_number_date"),
    ],
)
def test_a_wrong_number_says_what_is_wrong(typed, code):
    with pytest.raises(InvalidNumber) as caught:
        check_national_number(typed)
    assert caught.value.code == code


def test_no_wrong_number_is_masked_formatted_or_read():
    for call in (mask_national_number, format_national_number, birth_date_of):
        with pytest.raises(InvalidNumber):
            call("85073003329")


def test_another_countrys_number_is_not_checked_as_a_belgian_one():
    with pytest.raises(InvalidNumber) as caught:
        check_national_number("85073003328", country="LU")
    assert caught.value.code == "national_number_country"
    assert caught.value.context == {"country": "LU"}
