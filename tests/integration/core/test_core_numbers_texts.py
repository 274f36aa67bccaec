"""A wrong number is answered with a right one of the town's own country."""

from plonegov.core.identity.enterprise import check_enterprise_number
from plonegov.core.identity.errors import InvalidNumber
from plonegov.core.identity.numbers import check_national_number
from plonegov.core.identity.numbers import TYPES
from plonegov.core.interfaces import IMunicipalityLayer
from plonegov.core.municipality.facts import forget
from plonegov.core.ops.texts import text_of
from plonegov.core.testing import FACTS
from plonegov.core.testing import set_facts
from zope.component import getMultiAdapter
from zope.i18n import interpolate
from zope.interface import alsoProvides

import lxml.html
import pytest


#: A wrong number of each kind, and the right one that its text shows.
WRONG = [
    ("BE", "8507300332A", "85.07.30-033.28"),
    ("BE", "8507300332", "85.07.30-033.28"),
    ("BE", "85133003350", "85.07.30-033.28"),
    ("BE", "85073003329", "85.07.30-033.28"),
    ("FR", "253072C07300443", "2 55 08 14 168 025 38"),
    ("FR", "25508141680253", "2 55 08 14 168 025 38"),
    ("FR", "255081416802539", "2 55 08 14 168 025 38"),
    ("NL", "12345678A", "123456782"),
    ("NL", "1234567820", "123456782"),
    ("NL", "123456789", "123456782"),
    ("ES", "", "12345678Z"),
    ("ES", "1234567", "X1234567L"),
    ("ES", "12345678A", "12345678Z"),
]


def words(error):
    message = text_of(error.code, error.context)
    return interpolate(message.default, message.mapping)


@pytest.mark.parametrize(("country", "typed", "right"), WRONG)
def test_the_text_shows_a_number_that_would_be_right(portal, country, typed, right):
    with pytest.raises(InvalidNumber) as caught:
        check_national_number(typed, country)
    assert right in words(caught.value)
    assert check_national_number(right, country)


def test_every_country_has_its_wrong_numbers_here():
    assert {country for country, _typed, _right in WRONG} == set(TYPES)


@pytest.mark.parametrize(
    ("country", "right"), [("BE", "0123.456.749"), ("FR", "732 829 320 00074")]
)
def test_a_wrong_enterprise_number_is_answered_alike(portal, country, right):
    with pytest.raises(InvalidNumber) as caught:
        check_enterprise_number("1", country)
    assert right in words(caught.value)


def test_where_no_number_is_known_the_text_asks_for_none(portal):
    with pytest.raises(InvalidNumber) as caught:
        check_national_number("1", "LU")
    assert "leave it empty" in words(caught.value)


@pytest.mark.parametrize(
    ("number", "shown"), [("BE0123456749", "0123.456.749"), ("", None)]
)
def test_the_privacy_page_names_the_towns_enterprise_number(portal, number, shown):
    alsoProvides(portal.REQUEST, IMunicipalityLayer)
    set_facts(portal, FACTS | {"enterprise_number": number})
    forget()
    page = getMultiAdapter((portal, portal.REQUEST), name="privacy")()
    text = lxml.html.fromstring(page).text_content()
    assert (shown in text) if shown else ("Enterprise number" not in text)
