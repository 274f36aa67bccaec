"""WCAG 2.2, 1.4.3 and 1.4.11: a town's colours can be read, in light and in dark."""

from hypothesis import given
from hypothesis import strategies as st
from plonegov.core.theme.contrast import contrast_ratio
from plonegov.core.theme.contrast import palette
from plonegov.core.theme.contrast import problems

import pytest


colors = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [
        ("#000000", "#ffffff", 21),
        ("#ffffff", "#ffffff", 1),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#FFFFFF", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_that_of_wcag(first, second, ratio):
    assert contrast_ratio(first, second) == pytest.approx(ratio, abs=0.005)


@given(first=colors, second=colors)
def test_contrast_is_symmetrical_and_between_1_and_21(first, second):
    ratio = contrast_ratio(first, second)
    assert ratio == contrast_ratio(second, first)
    assert 1 <= ratio <= 21.0001


@pytest.mark.parametrize("color", ["", "red", "#fff", "#12345g", "1f5f3f", "#1f5f3f;"])
def test_a_colour_is_written_with_six_digits(color):
    with pytest.raises(ValueError, match="rrggbb"):
        contrast_ratio(color, "#ffffff")


@pytest.mark.parametrize(
    ("brand", "accent"),
    [("#1f5f3f", "#b3541e"), ("#00427a", "#c8102e"), ("#000000", "#000000")],
)
def test_a_dark_brand_can_be_read(brand, accent):
    assert problems(brand, accent) == []


def test_a_light_brand_is_refused_where_it_is_text():
    found = {
        pair: (ratio, needed) for pair, ratio, needed in problems("#ffcc00", "#b3541e")
    }
    assert found["light: brand on surface"] == (1.51, 4.5)
    assert not any("accent" in pair for pair in found)


def test_an_accent_needs_the_contrast_of_a_control_only():
    assert problems("#1f5f3f", "#0a8f8f") == []
    assert ("light: accent on surface", 1.51, 3.0) in problems("#1f5f3f", "#ffcc00")


@given(brand=colors, accent=colors)
def test_the_town_s_own_colours_stand_in_light(brand, accent):
    light = palette(brand, accent)["light"]
    assert (light["brand"], light["accent"]) == (brand, accent)


@given(brand=colors, accent=colors)
def test_only_a_town_s_own_colours_can_be_a_problem_on_paper_and_in_light(
    brand, accent
):
    pairs = [pair for pair, _ratio, _needed in problems(brand, accent)]
    own = ("brand", "accent", "header")
    assert all(any(name in pair for name in own) for pair in pairs)


@given(brand=colors, accent=colors)
def test_links_and_turns_can_be_read_in_dark_whatever_the_town_s_colours(brand, accent):
    dark = palette(brand, accent)["dark"]
    assert contrast_ratio(dark["brand"], dark["surface-2"]) >= 4.5
    assert contrast_ratio(dark["accent"], dark["surface-2"]) >= 3


@given(brand=colors, accent=colors)
def test_light_and_dark_have_the_same_tokens(brand, accent):
    both = palette(brand, accent)
    assert both["light"].keys() == both["dark"].keys()
