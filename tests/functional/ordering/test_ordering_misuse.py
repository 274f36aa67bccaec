"""Orders in another's name, and too many of them: limits, confirmation, "not me"."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from helpers.orders import ADA
from helpers.orders import request
from helpers.people import add_person
from helpers.people import PASSWORD
from helpers.rest import RestSession
from lxml import html
from plonegov.core.api import now
from plonegov.core.mail import outbox
from plonegov.core.municipality.facts import settings
from plonegov.core.ops.interfaces import IJob
from plonegov.ordering.api import links
from plonegov.ordering.api.counters import counter
from urllib.parse import parse_qs
from urllib.parse import urlsplit
from zope.component import getUtility
from ZPublisher import HTTPRequest

import pytest
import requests
import transaction


AWAY = {"X-Forwarded-For": "198.51.100.7"}
ELSEWHERE = {"X-Forwarded-For": "203.0.113.9"}


@pytest.fixture(autouse=True)
def proxy(monkeypatch):
    """The tests' own machine is a proxy that says for whom it asks."""
    monkeypatch.setattr(HTTPRequest, "trusted_proxies", ["127.0.0.1"])


def mailed(portal):
    """Return the links of the last mail by page, and its text."""
    transaction.begin()
    owed = max(outbox.entries(portal).values(), key=lambda mail: mail.queued)
    body = message_from_bytes(owed.message, policy=default).get_body(("html",))
    page = html.fromstring(body.get_content())
    found = {
        urlsplit(url).path.rsplit("/", 1)[1]: url for url in page.xpath("//a/@href")
    }
    return found, page.text_content()


def stored(reference):
    transaction.begin()
    return links.find(reference)


@pytest.fixture
def place(portal):
    """Place an order from somewhere; return the answer."""
    transaction.commit()
    session = RestSession(portal.absolute_url())

    def place(headers=AWAY, **changes):
        return session.post("/@orders", json=request(**changes), headers=headers)

    return place


@pytest.fixture
def open_link(portal):
    """Open a mailed address here; return the browser's session and its page."""

    def open_link(url, session=None):
        session = session or requests.Session()
        parts = urlsplit(url)
        here = f"{portal.absolute_url()}/counter/{parts.path.rsplit('/', 1)[1]}"
        return session, session.get(here, params=parse_qs(parts.query))

    return open_link


def press(session, answer):
    """Press the button of the page."""
    page = html.fromstring(answer.content)
    page.make_links_absolute(answer.url)
    [form] = page.xpath("//main//form")
    return session.post(form.action, data=dict(form.form_values()))


def test_one_address_orders_three_times_a_day(place):
    for number in range(3):
        away = {"X-Forwarded-For": f"198.51.{100 + number}.7"}
        assert place(away).status_code == 201
    refused = place(ELSEWHERE, applicant__email=ADA["email"].upper())
    assert refused.status_code == 429
    assert refused.json()["type"] == "limit_reached"
    assert int(refused.headers["Retry-After"]) > 0
    assert (
        place(ELSEWHERE, applicant__email="bea@exempleville.example").status_code == 201
    )


def test_one_network_orders_ten_times_a_day(place):
    for number in range(10):
        answer = place(
            {"X-Forwarded-For": f"198.51.100.{number}"},
            applicant__email=f"ada{number}@exempleville.example",
        )
        assert answer.status_code == 201
    assert (
        place({"X-Forwarded-For": "198.51.100.99"}, applicant__email="").status_code
        == 429
    )
    assert place(ELSEWHERE, applicant__email="").status_code == 201


def test_the_machine_itself_is_not_counted(place):
    for number in range(12):
        answer = place({}, applicant__email=f"ada{number}@exempleville.example")
        assert answer.status_code == 201


def test_a_demonstration_has_no_limit_per_address(place):
    settings().demo = True
    transaction.commit()
    for number in range(5):
        assert place({"X-Forwarded-For": f"198.51.{number}.7"}).status_code == 201


def test_what_is_refused_is_not_counted(place):
    for _ in range(5):
        assert place(copies=99).status_code == 400
    assert place().status_code == 201


def test_signed_in_people_are_not_counted(portal):
    add_person(portal, "citizen", ["Member"])
    transaction.commit()
    with RestSession(portal.absolute_url(), auth=("citizen", PASSWORD)) as session:
        for _ in range(5):
            answer = session.post("/@orders", json=request(), headers=AWAY)
            assert answer.status_code == 201


def test_the_first_mail_holds_nothing_that_was_typed(portal, place):
    answer = place(
        applicant__first_name="Typed",
        applicant__last_name="Tapé",
        answers__purpose="Why",
    )
    assert answer.status_code == 201
    found, text = mailed(portal)
    assert set(found) == {"confirm", "not-me", "track"}
    for typed in ("Typed", "Tapé", "Why", ADA["address"]["street"]):
        assert typed not in text


def test_the_mailed_link_and_one_button_confirm(portal, place, open_link):
    reference = place().json()["reference"]
    assert stored(reference).unconfirmed
    found, _text = mailed(portal)
    session, page = open_link(found["confirm"])
    assert page.status_code == 200
    assert stored(reference).unconfirmed, "opening a link changes nothing"
    done = press(session, page)
    assert done.status_code == 200 and done.url.endswith("/counter/track")
    assert str(stored(reference).level) == "email"
    waiting = {"attention": "unconfirmed"}
    assert counter().records.count(counter(), waiting) == 0
    assert place().status_code == 201, "a confirmed order counts no longer"


def test_the_tracking_link_confirms_nothing(portal, place, open_link):
    answer = place().json()
    _session, page = open_link(answer["tracking_url"].replace("/track?", "/confirm?"))
    assert page.status_code == 404
    assert not html.fromstring(page.content).xpath("//main//form")
    assert stored(answer["reference"]).unconfirmed


def test_a_forged_post_confirms_nothing(portal, place):
    reference = place().json()["reference"]
    found, _text = mailed(portal)
    parts = urlsplit(found["confirm"])
    answer = requests.post(
        f"{portal.absolute_url()}/counter/confirm",
        data=parse_qs(parts.query),
        timeout=30,
    )
    assert answer.status_code == 403
    assert stored(reference).unconfirmed


def test_who_did_not_order_blocks_the_address(portal, place, open_link):
    answer = place().json()
    found, _text = mailed(portal)
    owed = len(outbox.entries(portal))
    session, page = open_link(found["not-me"])
    assert not stored(answer["reference"]).disowned
    assert press(session, page).status_code == 200
    order = stored(answer["reference"])
    assert order.disowned and order.unconfirmed
    refused = place(ELSEWHERE)
    assert refused.status_code == 400
    assert [error["field"] for error in refused.json()["errors"]] == ["applicant.email"]
    assert place(ELSEWHERE, applicant__email="").status_code == 201
    for name in ("track", "confirm", "not-me"):
        assert open_link(found[name])[1].status_code == 404
    transaction.begin()
    assert len(outbox.entries(portal)) == owed


def test_the_block_ends_after_thirty_days(portal, place, open_link):
    place()
    found, _text = mailed(portal)
    session, page = open_link(found["not-me"])
    press(session, page)
    transaction.begin()
    store = counter().blocked
    [(code, until)] = store._until.items()
    assert (until - now()).days in (29, 30)
    assert store.get(code, until) and list(store.expired(until)) == []
    later = until + timedelta(seconds=1)
    assert store.get(code, later) is None and list(store.expired(later)) == [code]
    store.block(code, now() - timedelta(seconds=1))
    transaction.commit()
    getUtility(IJob, name="plonegov.ordering.forget_drafts").run(portal)
    transaction.begin()
    assert not counter().blocked._until


def test_the_form_keeps_everything_when_too_much_was_ordered(portal, citizen, place):
    for number in range(3):
        assert place({"X-Forwarded-For": f"198.51.{number}.7"}).status_code == 201
    citizen.session.headers.update(ELSEWHERE)
    citizen.fill_up_to("check")
    citizen.send()
    assert citizen.answer.status_code == 429
    assert "too often" in citizen.text() and "Inscription" in citizen.text()
