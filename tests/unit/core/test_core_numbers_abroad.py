"""France's NIR, the Dutch BSN, Spain's DNI and NIE; enterprise numbers of BE and FR."""

from hypothesis import given
from hypothesis import strategies as st
from plonegov.core.identity.enterprise import check_enterprise_number
from plonegov.core.identity.enterprise import format_enterprise_number
from plonegov.core.identity.enterprise import TYPES as ENTERPRISES
from plonegov.core.identity.errors import InvalidNumber
from plonegov.core.identity.numbers import birth_date_of
from plonegov.core.identity.numbers import check_national_number
from plonegov.core.identity.numbers import format_national_number
from plonegov.core.identity.numbers import mask_national_number
from plonegov.core.identity.numbers import TYPES
from stdnum import luhn

import pytest


DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"


@st.composite
def nirs(draw):
    """A NIR as the INSEE computes its key; Corsica's 2A counts as 19, 2B as 18."""
    head = draw(st.from_regex(r"[12][0-9]{2}(0[1-9]|1[0-2])", fullmatch=True))
    place = draw(st.one_of(st.sampled_from(["2A", "2B"]), st.integers(1, 95)))
    rest = draw(st.from_regex(r"[0-9]{6}", fullmatch=True))
    code = place if isinstance(place, str) else f"{place:02}"
    digits = {"2A": "19", "2B": "18"}.get(code, code)
    return f"{head}{code}{rest}{97 - int(head + digits + rest) % 97:02}"


@st.composite
def bsns(draw):
    """A BSN by the test of eleven; its first digit may be the zero that many omit."""
    head = draw(st.integers(1_000_000, 99_999_999).map("{:08}".format))
    rest = sum((9 - place) * int(digit) for place, digit in enumerate(head)) % 11
    return f"{head}{rest}" if rest < 10 else draw(bsns())


@st.composite
def dnis(draw):
    number = draw(st.integers(0, 99_999_999))
    return f"{number:08}{DNI_LETTERS[number % 23]}"


@st.composite
def nies(draw):
    first, number = draw(st.integers(0, 2)), draw(st.integers(0, 9_999_999))
    letter = DNI_LETTERS[(first * 10_000_000 + number) % 23]
    return f"{'XYZ'[first]}{number:07}{letter}"


@st.composite
def belgian_enterprises(draw):
    head = draw(st.integers(2_000_000, 19_999_999))
    return f"{head:08}{97 - head % 97:02}"


@st.composite
def sirets(draw):
    siren = draw(st.integers(10_000_000, 99_999_999).map(str))
    siren += luhn.calc_check_digit(siren)
    head = siren + draw(st.integers(0, 9999).map("{:04}".format))
    return head + luhn.calc_check_digit(head)


NUMBERS = st.one_of(
    nirs().map(lambda number: (number, "FR")),
    bsns().map(lambda number: (number, "NL")),
    dnis().map(lambda number: (number, "ES")),
    nies().map(lambda number: (number, "ES")),
)
ENTERPRISE_NUMBERS = st.one_of(
    belgian_enterprises().map(lambda number: (number, "BE")),
    sirets().map(lambda number: (number, "FR")),
)
PLACES, STEPS = st.integers(0, 20), st.integers(1, 9)


def one_digit_changed(number, place, step):
    """Another digit in place of one; the nearest digit counts where a letter stands."""
    places = [index for index, char in enumerate(number) if char.isdigit()]
    index = places[place % len(places)]
    digit = (int(number[index]) + step) % 10
    return f"{number[:index]}{digit}{number[index + 1 :]}"


@given(NUMBERS)
def test_a_right_number_stays_itself_however_it_is_written(case):
    number, country = case
    assert check_national_number(number, country) == number
    shown = format_national_number(number, country)
    assert check_national_number(f" {shown.lower()} ", country) == number


@given(NUMBERS, PLACES, STEPS)
def test_one_wrong_digit_is_always_noticed(case, place, step):
    number, country = case
    with pytest.raises(InvalidNumber):
        check_national_number(one_digit_changed(number, place, step), country)


@given(NUMBERS)
def test_a_masked_number_shows_its_last_two_signs_only(case):
    number, country = case
    masked = mask_national_number(number, country)
    assert [char for char in masked if char.isalnum()] == list(number[-2:])
    assert len(masked) == len(format_national_number(number, country))


@given(NUMBERS)
def test_no_birth_date_is_read_where_none_is_whole(case):
    assert birth_date_of(*case) is None


@given(st.text(max_size=60), st.sampled_from(sorted(TYPES)))
def test_any_text_is_a_number_or_refused_with_the_countrys_words(text, country):
    try:
        number = check_national_number(text, country)
    except InvalidNumber as error:
        assert error.code.startswith("national_number_")
        assert error.context == {"country": country}
    else:
        assert check_national_number(number, country) == number


@pytest.mark.parametrize(
    ("typed", "country", "number", "shown"),
    [
        ("2 55 08 14 168 025 38", "FR", "255081416802538", "2 55 08 14 168 025 38"),
        ("2 53 07 2b 073 004 70", "FR", "253072B07300470", "2 53 07 2B 073 004 70"),
        ("253072A07300443", "FR", "253072A07300443", "2 53 07 2A 073 004 43"),
        ("1234.56.782", "NL", "123456782", "123456782"),
        ("10000008", "NL", "010000008", "010000008"),
        ("12345678-z", "ES", "12345678Z", "12345678Z"),
        ("x-1234567-l", "ES", "X1234567L", "X1234567L"),
    ],
)
def test_published_examples(typed, country, number, shown):
    assert check_national_number(typed, country) == number
    assert format_national_number(typed, country) == shown


@pytest.mark.parametrize(
    ("typed", "country", "code"),
    [
        ("", "FR", "format"),
        ("253072C07300443", "FR", "format"),
        ("25508141680253", "FR", "length"),
        ("255081416802539", "FR", "checksum"),
        ("8" * 5_000_000, "FR", "length"),
        ("", "NL", "format"),
        ("12345678A", "NL", "format"),
        ("12", "NL", "length"),
        ("1234567820", "NL", "length"),
        ("123456789", "NL", "checksum"),
        ("", "ES", "format"),
        ("1234567", "ES", "length"),
        ("12345678A", "ES", "checksum"),
        ("X123456L", "ES", "length"),
        ("XABCDEFGL", "ES", "format"),
        ("85073003328", "IT", "country"),
    ],
)
def test_a_wrong_number_says_what_is_wrong_in_its_country(typed, country, code):
    with pytest.raises(InvalidNumber) as caught:
        check_national_number(typed, country)
    assert caught.value.code == f"national_number_{code}"
    assert caught.value.context == {"country": country}


@given(ENTERPRISE_NUMBERS)
def test_an_enterprise_number_stays_itself_however_it_is_written(case):
    number, country = case
    assert check_enterprise_number(number, country) == number
    shown = format_enterprise_number(number, country)
    assert check_enterprise_number(shown, country) == number


@given(ENTERPRISE_NUMBERS, PLACES, STEPS)
def test_one_wrong_digit_of_an_enterprise_number_is_noticed(case, place, step):
    number, country = case
    with pytest.raises(InvalidNumber):
        check_enterprise_number(one_digit_changed(number, place, step), country)


@pytest.mark.parametrize(
    ("typed", "country", "shown"),
    [
        ("BE 0403.019.261", "BE", "0403.019.261"),
        ("403019261", "BE", "0403.019.261"),
        ("21860194600013", "FR", "218 601 946 00013"),
        ("732 829 320 00074", "FR", "732 829 320 00074"),
    ],
)
def test_published_enterprise_numbers(typed, country, shown):
    assert format_enterprise_number(typed, country) == shown


@pytest.mark.parametrize("country", sorted(ENTERPRISES))
@pytest.mark.parametrize("typed", ["", "0", "x", "0123.456.789", "9" * 100_000])
def test_a_wrong_enterprise_number_is_answered_with_a_right_one(typed, country):
    with pytest.raises(InvalidNumber) as caught:
        check_enterprise_number(typed, country)
    assert caught.value.code == "enterprise_number"
    example = caught.value.context["example"]
    assert format_enterprise_number(example, country) == example


def test_a_register_that_is_not_known_is_not_guessed():
    with pytest.raises(InvalidNumber) as caught:
        check_enterprise_number("0403019261", "NL")
    assert caught.value.code == "enterprise_number_country"
