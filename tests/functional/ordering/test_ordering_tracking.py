"""An order followed through its link: what it shows, and what one may do."""

from helpers.orders import request
from helpers.pictures import CANARY
from helpers.pictures import jpeg
from helpers.tracking import address
from helpers.tracking import ask
from helpers.tracking import born
from helpers.tracking import find
from helpers.tracking import form_with
from helpers.tracking import opened
from plone import api
from plonegov.core.identity.current import town_keys
from plonegov.core.records.events import entries
from plonegov.ordering.api import links
from plonegov.ordering.api import orders
from plonegov.ordering.api.counters import counter

import pytest
import transaction


PASSWORD = "Exemple-12345"


@pytest.fixture
def order(portal):
    placed = orders.place(request(answers={"purpose": "Canari de la réponse"}))
    transaction.commit()
    return placed


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
    wrong = f"{secret[:-1]}{'a' if secret[-1] != 'a' else 'b'}"
    pages = []
    for query in (
        f"order={order.reference}&secret={wrong}",
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
    assert citizen.page.xpath("//*[contains(@class, 'pg-callout-turn')]")
    assert "Which flat do you live in?" not in citizen.text()
    born(citizen)
    assert "Which flat do you live in?" in citizen.text()
    citizen.send({"text": "  "})
    assert citizen.answer.status_code == 422
    assert citizen.page.get_element_by_id("answer-text").get("aria-invalid") == "true"
    citizen.send({"text": "The one on the left"})
    assert citizen.path == "counter/track"
    assert find(order).state == "in_progress"
    assert not citizen.page.xpath("//*[contains(@class, 'pg-callout-turn')]")


def test_an_answer_comes_with_files_and_nothing_is_lost_on_a_fault(order, citizen):
    ask(order, "Send us the mandate again")
    opened(citizen, order)
    files = [
        ("files", ("mandate.pdf", b"%PDF-1.4 mandate", "application/pdf")),
        ("files", ("page.html", b"<script>", "application/pdf")),
    ]
    citizen.send({"text": "Here it is"}, files=files)
    assert citizen.answer.status_code == 422
    [problem] = citizen.problems()
    assert problem.startswith("Only a PDF or a photo")
    assert citizen.value("text") == "Here it is"
    assert "mandate.pdf" in citizen.text()
    assert find(order).attachments == ()
    citizen.send(files=[("files", ("photo.JPG", jpeg(), "image/jpeg"))])
    found = find(order)
    assert [(name, blob.filename) for name, blob in found.attachments] == [
        ("answer", "mandate.pdf"),
        ("answer", "photo.jpg"),
    ]
    assert found.unsent_files == ()
    [answer] = [each for each in entries(found) if each.action == "answer"]
    assert answer.details == {"text": "Here it is"}
    sizes = [blob.getSize() for _name, blob in found.attachments]
    assert counter().records.weights.total == sum(sizes)
    assert CANARY not in found.attachments[1][1].data


def test_a_file_may_be_taken_back_before_the_answer_is_sent(order, citizen):
    ask(order)
    opened(citizen, order)
    wrong = ("files", ("a.exe", b"MZ", ""))
    right = ("files", ("wrong-one.pdf", b"%PDF-1.4", ""))
    citizen.send({"text": "See"}, files=[right, wrong])
    citizen.send({"drop-0": "yes"})
    found = find(order)
    assert (found.state, found.attachments) == ("in_progress", ())
    assert counter().records.weights.total == 0


def test_an_answer_has_five_files_at_most(order, citizen):
    ask(order)
    opened(citizen, order)
    files = [("files", (f"{number}.pdf", b"%PDF-1.4", "")) for number in range(6)]
    citizen.send(files=files)
    assert citizen.answer.status_code == 422
    assert citizen.problems() == ["At most 5 files, please."]
    assert len(find(order).unsent_files) == 5


def test_the_citizen_withdraws_once_sure(order, citizen):
    opened(citizen, order)
    citizen.open("counter/track-withdraw")
    assert find(order).state == "submitted"
    citizen.send()
    assert find(order).state == "withdrawn"
    assert "withdrawn" in citizen.text()
    citizen.open("counter/track-withdraw")
    assert citizen.path == "counter/track"


def test_files_of_an_answer_that_was_not_sent_are_gone_with_the_question(
    order, citizen
):
    ask(order)
    opened(citizen, order)
    right = ("files", ("kept.pdf", b"%PDF-1.4", ""))
    citizen.send(files=[right, ("files", ("a.exe", b"MZ", ""))])
    assert find(order).unsent_files
    citizen.open("counter/track-withdraw")
    citizen.send()
    assert find(order).unsent_files == ()
    assert counter().records.weights.total == 0


@pytest.mark.parametrize("page", ["answer", "withdraw", "reads"])
def test_a_page_behind_the_gate_leads_to_it(order, browser, page):
    stranger, holder, right = browser(), browser(), browser()
    ask(order)
    opened(right, order)
    form = right.page.xpath("//main//form")[0]
    holder.open(address(order))
    for citizen in (stranger, holder):
        citizen.open(f"counter/track-{page}")
        assert citizen.path == "counter/track"
        form.action = f"{citizen.base}/counter/track-{page}"
        citizen.send({"text": "Forged"}, form=form)
        assert citizen.path == "counter/track"
    assert find(order).state == "awaiting_citizen"


def test_nothing_is_done_without_a_right_token(order, citizen):
    ask(order)
    opened(citizen, order)
    citizen.send({"text": "Typed", "_authenticator": "0" * 40})
    assert citizen.answer.status_code == 403
    assert citizen.value("text") == "Typed"
    citizen.open("counter/track-withdraw")
    citizen.send({"_authenticator": "0" * 40})
    assert citizen.answer.status_code == 403
    assert find(order).state == "awaiting_citizen"


def test_nothing_is_done_without_the_cookie(order, browser):
    first, stranger = browser(), browser()
    first.open(address(order))
    stranger.send(form=first.form())
    assert find(order).state == "submitted"


def test_a_computer_that_others_use_forgets_the_order(order, citizen):
    opened(citizen, order)
    assert "Canari de la réponse" in citizen.text()
    citizen.send(form=form_with(citizen, "leave"))
    assert citizen.path == "counter"
    assert not citizen.session.cookies
    citizen.open("counter/track")
    assert "Received" not in citizen.text()


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
    assert "Ada Exemple" in ada.text()


def test_the_owner_is_the_citizen_and_not_the_world(members):
    ada, _bob = members
    ada.order()
    transaction.begin()
    records = counter().records
    order = records.get(next(iter(records)))
    assert order.owner_id == "ada"
