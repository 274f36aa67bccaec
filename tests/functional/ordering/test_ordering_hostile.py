"""What a hostile caller sends is refused, kept as text, or leads nobody astray."""

from helpers.orders import request
from helpers.people import PASSWORD
from helpers.rest import RestSession
from plonegov.core.mail import outbox
from plonegov.core.testing import FACTS
from plonegov.core.testing import set_facts
from plonegov.ordering.api import links
from statistics import median
from time import perf_counter
from uuid import uuid4

import json
import pytest
import transaction


SITE_URL = "https://demarches.exempleville.example"
MARKUP = '"><img src=x onerror=alert(1)><script>alert(1)</script>'

#: Pairs of calls measured one after the other, so that load hits both alike.
ROUNDS = 60


@pytest.fixture
def anonymous(portal, order):
    with RestSession(portal.absolute_url()) as session:
        yield session


@pytest.fixture
def clerk(portal, order):
    with RestSession(portal.absolute_url(), auth=("clerk", PASSWORD)) as session:
        yield session


def send(session, body, **headers):
    """Post a body as it is."""
    kind = {"Content-Type": "application/json"}
    return session.post("/@orders", data=body, headers={**kind, **headers})


def mails(portal):
    transaction.begin()
    return [bytes(mail.message) for mail in outbox.entries(portal).values()]


def test_a_forged_host_stands_in_no_link_that_the_town_sends(portal, anonymous):
    set_facts(portal, {**FACTS, "site_url": f"{SITE_URL}/"})
    transaction.commit()
    placed = anonymous.post(
        "/@orders", json=request(), headers={"Host": "evil.example"}
    )
    assert placed.json()["tracking_url"].startswith(f"{SITE_URL}/counter/track?")
    found = mails(portal)
    assert found
    assert not [mail for mail in found if b"evil.example" in mail]
    assert [mail for mail in found if b"demarches.exempleville.example" in mail]


def test_a_forwarded_host_is_not_believed(portal, anonymous):
    forged = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    placed = anonymous.post("/@orders", json=request(), headers=forged)
    assert "evil.example" not in placed.text
    assert not [mail for mail in mails(portal) if b"evil.example" in mail]


@pytest.mark.parametrize("body", ["[]", '"x"', "3", "{", "null", "\xff"])
def test_a_body_that_is_no_object_is_refused(anonymous, body):
    answer = send(anonymous, body)
    assert answer.status_code == 400
    assert answer.json()["type"] == "body_not_json"


def test_half_a_character_is_refused_with_or_without_a_key(anonymous):
    body = json.dumps(request(answers={"purpose": "\ud800"}))
    for headers in ({}, {"Idempotency-Key": str(uuid4())}):
        answer = send(anonymous, body, **headers)
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["field"] == "answers.purpose"


@pytest.mark.parametrize("verb", ["answer", "withdraw"])
@pytest.mark.parametrize("text", [{"a": 1}, ["x"], 3, "x" * 5001])
def test_what_the_citizen_sends_is_a_text_of_a_page_at_most(
    order, anonymous, clerk, verb, text
):
    clerk.post(f"/@orders/{order.reference}/ask", json={"text": "Where?"})
    transaction.begin()
    answer = anonymous.post(
        f"/@orders/{order.reference}/{verb}",
        json={"text": text},
        headers={"X-Order-Secret": links.secret(order)},
    )
    assert answer.status_code == 422
    transaction.begin()
    assert links.find(order.reference).state == "awaiting_citizen"


@pytest.mark.parametrize(
    "query", ["secret:list=x", "secret.a:record=x", "secret:int=3", "secret:tuple=x"]
)
def test_a_secret_of_another_type_is_a_wrong_one(order, anonymous, query):
    assert anonymous.get(f"/@orders/{order.reference}?{query}").status_code == 404


def test_a_key_of_another_person_gives_no_order_of_hers(anonymous, portal):
    key = {"Idempotency-Key": str(uuid4())}
    first = anonymous.post("/@orders", json=request(), headers=key).json()
    other = request(applicant__first_name="Eve")
    with RestSession(portal.absolute_url(), auth=("citizen", PASSWORD)) as thief:
        answer = thief.post("/@orders", json=other, headers=key)
    assert answer.status_code == 422
    assert first["reference"] not in answer.text


def test_markup_stays_text_on_every_page_and_in_every_mail(portal, anonymous, clerk):
    person = {"first_name": MARKUP, "last_name": MARKUP, "birth_date": "1990-01-01"}
    placed = anonymous.post(
        "/@orders",
        json=request(
            applicant__first_name=MARKUP,
            applicant__last_name="=HYPERLINK(1)",
            applicant__address__street=MARKUP,
            relation="mandatary",
            subject=person,
            answers={"purpose": MARKUP},
            attachments=[
                {
                    "question": "mandate",
                    "filename": f"{MARKUP}\r\nX-Evil: 1.pdf",
                    "data": "JVBERi0xLjcK",
                }
            ],
        ),
    ).json()
    reference = placed["reference"]
    clerk.post(f"/@orders/{reference}/ask", json={"text": MARKUP})
    clerk.headers["Accept"] = "text/html"
    tracking = placed["tracking_url"].partition(f"/{portal.getId()}")[2]
    for path in (
        f"/counter/{reference}",
        "/counter/queue?scope=all",
        f"/counter/queue?scope={MARKUP}&reference={MARKUP}&state={MARKUP}",
        f"/counter/track?order={MARKUP}&secret={MARKUP}",
        tracking,
    ):
        page = clerk.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    file = clerk.get(f"/counter/{reference}/order-file?name=0")
    assert "X-Evil" not in file.headers
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    for mail in mails(portal):
        html = mail.partition(b"text/html")[2]
        assert b"<script" not in html
        assert b"<img" not in html


def test_unknown_and_wrong_take_the_same_time(order, anonymous):
    secret = "a" * 32
    paths = [
        f"/@orders/{order.reference}?secret={secret}",
        f"/@orders/0000000000G?secret={secret}",
    ]
    times = {path: [] for path in paths}
    for path in paths * ROUNDS:
        before = perf_counter()
        assert anonymous.get(path).status_code == 404
        times[path].append(perf_counter() - before)
    wrong, unknown = (median(times[path]) for path in paths)
    assert 0.75 < wrong / unknown < 1.33
