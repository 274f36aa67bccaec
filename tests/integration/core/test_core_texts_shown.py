"""What an error says is shown as the page's language says it."""

from plonegov.core.ops.texts import in_language

import pytest


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2026-11-08", "8 novembre 2026"),
        ("2026-02-30", "2026-02-30"),
        ("2026-1-8", "2026-1-8"),
        ({"fr": "Mariage", "en": "Marriage"}, "Mariage"),
        (3, 3),
    ],
)
def test_a_day_stands_in_words_and_what_is_none_as_it_was_typed(value, shown):
    assert in_language({"it": value}, "fr") == {"it": shown}
