"""Items that go on as copies, each with a life of its own."""

from helpers import councils
from helpers.councils import acting
from plonegov.deliberations.api import parts
from plonegov.deliberations.api import sending

import pytest


@pytest.fixture
def sent_on(portal):
    """An item of the college on which an advice was given."""
    councils.add_staff(portal)
    item = councils.validated(portal, "college")
    with acting(portal, "secretary"):
        advice = parts.ask(item, "population")
    with acting(portal, "adviser"):
        parts.give(advice, "unfavourable", "Trop cher")
    with acting(portal, "secretary"):
        yield item


def test_an_advice_that_is_asked_again_on_a_copy_stays_given_on_the_first(
    portal, sent_on
):
    made = sending.send_to(sent_on, "council")
    [first], [second] = parts.advices(sent_on), parts.advices(made)
    parts.ask_again(second, "Le conseil veut savoir plus")
    assert (first.state, first.opinion, first.text) == (
        "given",
        "unfavourable",
        "Trop cher",
    )
    assert (second.state, second.opinion) == ("asked", "")
    with acting(portal, "adviser"):
        parts.give(second, "favourable")
    assert (first.opinion, second.opinion) == ("unfavourable", "favourable")
    assert [row[1] for row in second.former] == ["unfavourable"]
    assert first.former == ()
