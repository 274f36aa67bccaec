"""Every mail to a citizen is whole, in each language that a citizen may choose."""

from email import message_from_bytes
from email.policy import default
from helpers.english import faults_of
from helpers.english import untranslated
from helpers.orders import ADA
from helpers.orders import request
from plone import api
from plonegov.core.languages import LANGUAGES
from plonegov.core.mail import outbox
from plonegov.ordering.api import handingout
from plonegov.ordering.api import handling
from plonegov.ordering.api import orders
from plonegov.ordering.api.notices import CHANGES

import pytest


#: What happens to an order until each transition that is told was made.
COURSES = {
    "ask": [("ask", "?")],
    "make_ready": [("make_ready",)],
    "hand_over": [("make_ready",), ("hand_over",)],
    "reject": [("reject", "!", "!")],
    "withdraw": [("withdraw",)],
    "expire": [("ask", "?"), ("expire",)],
    "reopen": [("withdraw",), ("reopen", "!")],
}


def ready(order) -> None:
    """Confirm and draw up what the order asks for."""
    dates = {"birth_date": "1985-07-30", "address_since": "2019-02-01"}
    values = {item.id: dates.get(item.id, "X") for item in handling.findings_of(order)}
    handling.confirm_findings(order, values, address_unprotected=True)
    handling.produce(order)
    handingout.register_address(order, ADA["address"])
    handling.make_ready(order)


def last_mail(portal):
    """Return subject and both bodies of the mail that was queued last."""
    owed = max(outbox.entries(portal).values(), key=lambda mail: mail.queued)
    mail = message_from_bytes(owed.message, policy=default)
    bodies = [mail.get_body((kind,)).get_content() for kind in ("plain", "html")]
    return [mail["Subject"], *bodies]


def test_every_mail_has_its_course():
    assert set(COURSES) == set(CHANGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("course", [[], *COURSES.values()], ids=["placed", *COURSES])
def test_a_mail_is_in_the_citizens_language(portal, language, course):
    english = untranslated(language) if language != "en" else frozenset()
    order = orders.place(request(language=language))
    with api.env.adopt_roles(["Service Clerk", "Manager"]):
        handling.change(order, "start")
        for verb, *data in course:
            step = ready if verb == "make_ready" else getattr(handling, verb)
            step(order, *data)
    told = last_mail(portal)
    assert [faults_of(text, english) for text in told] == [[]] * len(told)
