"""The words of the documents are the same in every language, as each country has them."""

from plonegov.core.languages import LANGUAGES
from plonegov.deliberations.adapters.callpapers import recitals
from plonegov.deliberations.adapters.papers import paper_words
from plonegov.deliberations.domain.rulereading import rule_sets

import string


def test_the_words_are_the_same_keys_and_placeholders_in_every_language():
    french = paper_words("fr", "BE")
    for language in LANGUAGES:
        for country in ("BE", "FR"):
            words = paper_words(language, country)
            assert words.keys() == french.keys()
            for name, word in words.items():
                assert fields(word) == fields(french[name]), name


def fields(word):
    return {
        name
        for _text, name, _spec, _conversion in string.Formatter().parse(word)
        if name
    }


def test_what_a_call_quotes_belongs_to_a_law_whose_rule_asks_for_it():
    asked = {
        row.law
        for country in ("BE", "FR")
        for rules in rule_sets(country)
        for row in rules.rules.convocation
        if row.recites_law
    }
    assert set(recitals()) == asked
