from plonegov.core import errors
from plonegov.core.identity import errors as identity_errors
from plonegov.core.interfaces import IErrorTexts
from plonegov.core.messages import ERROR_TEXTS
from plonegov.core.messages import error_texts
from zope.interface.verify import verifyObject

import pytest
import re


def codes(module):
    return {
        value.code
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, errors.PlonegovError)
    }


def test_the_texts_are_a_port():
    assert verifyObject(IErrorTexts, error_texts)
    assert error_texts.get("unknown") is None


@pytest.mark.parametrize("code", sorted(codes(errors) | codes(identity_errors)))
def test_every_error_of_core_has_a_text(code):
    assert error_texts.get(code) is ERROR_TEXTS[code]


@pytest.mark.parametrize("code", sorted(ERROR_TEXTS))
def test_a_text_is_an_english_sentence_to_be_translated(code):
    text = ERROR_TEXTS[code]
    assert (text, text.domain) == (f"error_{code}", "plonegov.core")
    assert re.match("[A-Z]", text.default) and text.default.endswith(".")
