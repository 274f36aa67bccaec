from helpers.orders import request
from plone import api
from plonegov.core.identity.current import town_keys
from plonegov.ordering.api import handling
from plonegov.ordering.api import links
from plonegov.ordering.api import orders
from plonegov.ordering.api.counters import counter
from urllib.parse import urlsplit

import pytest
import transaction


PASSWORD = "Exemple-12345"


@pytest.fixture
def order(portal):
    placed = orders.place(request(answers={"purpose": "Canari de la réponse"}))
    transaction.commit()
    return placed


def address(order):
    parts = urlsplit(links.tracking_url(order))
    return f"counter/track?{parts.query}"


def find(order):
    transaction.begin()
    return links.find(order.reference)


def ask(order, text="Which flat do you live in?"):
    with api.env.adopt_roles(["Service Clerk", "Manager"]):
        handling.ask(order, text)
    transaction.commit()


def test_the_link_moves_its_secret_into_a_cookie(order, citizen):
    citizen.open(address(order), allow_redirects=False)
    answer = citizen.answer
    assert answer.status_code == 303
    assert "?" not in answer.headers["Location"]
    cookie = answer.headers["Set-Cookie"]
    for part in ("HttpOnly", "SameSite=Lax", "Path=/plone/counter"):
        assert part in cookie
    assert links.secret(order) not in cookie
    citizen.open(answer.headers["Location"])
    assert "Received" in citizen.text()


def test_a_tracking_page_is_kept_by_nobody_and_told_to_nobody(order, citizen):
    for allow in (False, True):
        citizen.open(address(order), allow_redirects=allow)
        headers = citizen.answer.headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in headers["X-Robots-Tag"]


def test_the_link_alone_tells_no_name_and_no_answer(order, citizen):
    citizen.open(address(order))
    text = citizen.answer.text
    for canary in ("Exemple<", "Ada", "Canari", "ada@", "Essai", "033.28", "1985"):
        assert canary not in text
    assert order.reference[:4] in text


def test_unknown_and_wrong_are_answered_alike(order, browser):
    secret = links.secret(order)
    pages = []
    for query in (
        f"order={order.reference}&secret={secret[:-1]}a",
        f"order={order.reference}&secret=",
        f"order={order.reference}",
        f"order=0000000000G&secret={secret}",
        f"secret={secret}",
        "order=%ff&secret=%ff",
    ):
        citizen = browser()
        citizen.open(f"counter/track?{query}")
        assert citizen.answer.status_code == 404
        assert "Set-Cookie" not in citizen.answer.headers
        pages.append(citizen.text())
    assert len(set(pages)) == 1


def test_without_a_link_the_page_says_where_it_is(citizen):
    citizen.open("counter/track")
    assert citizen.answer.status_code == 200
    assert "link" in citizen.text()


def test_reference_and_code_typed_from_paper_open_the_order(order, citizen):
    citizen.open("counter/track")
    typed = (
        f"{order.reference[:4]}-{order.reference[4:8]} {order.reference[8:]}".lower()
    )
    citizen.send({"order": typed, "secret": links.secret(order)})
    assert citizen.path == "counter/track"
    assert "Received" in citizen.text()


def test_a_made_up_or_old_cookie_opens_nothing(portal, order, citizen):
    mac = town_keys().mac(
        "order-cookie", order.reference, order.link_number, "1", key_id=order.key_id
    )
    for value in (
        "x",
        f"{order.reference}.99999999999.{'a' * 32}",
        f"{order.reference}.1.{mac}",
        f"{order.reference}.{'9' * 12}.{mac}",
    ):
        citizen.open("counter/track", cookies={"pg_order": value})
        assert "Received" not in citizen.text()


def test_a_voided_link_voids_its_cookie(order, citizen):
    citizen.open(address(order))
    found = find(order)
    found.link_number += 1
    transaction.commit()
    citizen.open("counter/track")
    assert "Received" not in citizen.text()


def test_the_timeline_tells_what_happened(order, citizen):
    ask(order)
    citizen.open(address(order))
    events = citizen.page.xpath("//ol[contains(@class, 'pg-timeline')]//h3")
    texts = [event.text_content().strip() for event in events]
    assert texts[:2] == ["We received your order", "We asked you a question"]


def test_the_citizen_answers_a_question(order, citizen):
    ask(order)
    citizen.open(address(order))
    assert "Which flat do you live in?" in citizen.text()
    assert citizen.page.xpath("//*[contains(@class, 'pg-callout-turn')]")
    citizen.send({"text": "  "})
    assert citizen.answer.status_code == 422
    citizen.send({"text": "The one on the left"})
    assert citizen.path == "counter/track"
    assert find(order).state == "in_progress"
    assert not citizen.page.xpath("//*[contains(@class, 'pg-callout-turn')]")


def test_the_citizen_withdraws(order, citizen):
    citizen.open(address(order))
    citizen.send()
    assert find(order).state == "withdrawn"
    assert "withdrawn" in citizen.text()


def test_nothing_is_done_without_a_right_token(order, citizen):
    ask(order)
    citizen.open(address(order))
    citizen.send({"text": "Typed", "_authenticator": "0" * 40})
    assert citizen.answer.status_code == 403
    assert citizen.value("text") == "Typed"
    assert find(order).state == "awaiting_citizen"


def test_nothing_is_done_without_the_cookie(order, browser):
    first, stranger = browser(), browser()
    first.open(address(order))
    stranger.send(form=first.form())
    assert find(order).state == "submitted"


def test_an_action_that_is_none_does_nothing(order, citizen):
    citizen.open(address(order))
    citizen.send({"action": "reject"})
    assert citizen.answer.status_code == 403
    assert find(order).state == "submitted"


def test_the_thank_you_page_needs_an_order(citizen):
    citizen.open("counter/thanks")
    assert citizen.path == "counter/track"


@pytest.fixture
def members(portal, browser):
    """Return two signed-in citizens, Ada and Bob."""
    with api.env.adopt_roles(["Manager"]):
        for name in ("ada", "bob"):
            api.user.create(f"{name}@exempleville.example", name, PASSWORD)
    transaction.commit()
    people = browser(), browser()
    for citizen, name in zip(people, ("ada", "bob"), strict=True):
        citizen.session.auth = (name, PASSWORD)
    return people


def test_my_orders_asks_to_sign_in(citizen):
    citizen.open("my-orders")
    assert "login" in citizen.answer.url


def test_my_orders_are_those_that_i_placed_signed_in(members):
    ada, bob = members
    ada.open("my-orders")
    assert "not ordered anything" in ada.text()
    ada.open("counter/residence/order/who")
    assert ada.value("applicant.email") == "ada@exempleville.example"
    ada.order()
    ada.open("my-orders")
    [link] = ada.page.xpath("//main//a[contains(@href, '/my-orders/')]/@href")
    bob.open("my-orders")
    assert "not ordered anything" in bob.text()
    bob.open(link)
    assert bob.answer.status_code == 404
    ada.open(link)
    assert ada.path == "counter/track"
    assert "Received" in ada.text()


def test_the_owner_is_the_citizen_and_not_the_world(members):
    ada, _bob = members
    ada.order()
    transaction.begin()
    records = counter().records
    order = records.get(next(iter(records)))
    assert order.owner_id == "ada"
