"""Who has the link sees the state; only who knows the birth date sees the rest."""

from helpers.orders import request
from helpers.tracking import address
from helpers.tracking import born
from helpers.tracking import find
from helpers.tracking import form_with
from helpers.tracking import opened
from plonegov.core.records.events import entries
from plonegov.ordering.api import newlinks
from plonegov.ordering.api import orders
from plonegov.ordering.domain.gate import TRIES

import pytest
import transaction


#: What only who knows the birth date may read.
BEHIND = ("Ada Exemple", "Canari", "By post", "7.00", "track-reads", "track-withdraw")
BEA = {"first_name": "Bea", "last_name": "Exemple", "birth_date": "2020-02-01"}


@pytest.fixture
def order(portal):
    placed = orders.place(request(answers={"purpose": "Canari de la réponse"}))
    transaction.commit()
    return placed


def test_the_birth_date_opens_what_the_link_alone_hides(order, citizen):
    citizen.open(address(order))
    for text in BEHIND:
        assert text not in citizen.answer.text
    born(citizen)
    assert citizen.path == "counter/track"
    for text in BEHIND:
        assert text in citizen.answer.text
    assert "033" not in citizen.answer.text


def test_the_gate_is_a_signed_cookie_that_scripts_cant_read(order, citizen):
    citizen.open(address(order))
    form = form_with(citizen, "open")
    day = {"birth_date-day": "30", "birth_date-month": "07", "birth_date-year": "1985"}
    citizen.send(day, form=form, allow_redirects=False)
    assert citizen.answer.status_code == 303
    cookie = citizen.answer.headers["Set-Cookie"]
    for part in ("pg_order_open=", "HttpOnly", "SameSite=Lax", "Path=/plone/counter"):
        assert part in cookie
    assert "1985" not in cookie


def test_the_cookie_of_the_link_does_not_open_the_gate(order, citizen):
    citizen.open(address(order))
    value = citizen.session.cookies["pg_order"]
    citizen.open("counter/track", cookies={"pg_order_open": value})
    assert "Ada" not in citizen.answer.text


def test_the_gate_of_one_order_does_not_open_another(order, citizen):
    other = orders.place(request(applicant__first_name="Zoé"))
    transaction.commit()
    opened(citizen, order)
    citizen.open(address(other))
    assert "Zoé" not in citizen.answer.text
    assert citizen.page.xpath("//*[@id='birth-day']")


def test_after_five_wrong_dates_the_link_stays_closed(order, citizen):
    """Each answer is the same, the right date's too."""
    citizen.open(address(order))
    pages = []
    for year in (*range(1990, 1990 + TRIES), 1985, 1985):
        born(citizen, "30", "7", str(year))
        assert citizen.answer.status_code == 422
        assert "Ada" not in citizen.answer.text
        pages.append(citizen.text())
    assert len(set(pages)) == 1
    found = find(order)
    assert found.tries == TRIES + 2
    wrong = [each for each in entries(found) if each.action == "birth_date_wrong"]
    assert [each.details for each in wrong] == [{}] * TRIES


def test_a_right_date_forgives_the_wrong_ones_before(order, citizen):
    citizen.open(address(order))
    for _ in range(TRIES - 1):
        born(citizen, year="1990")
    born(citizen)
    assert "Ada Exemple" in citizen.text()
    assert find(order).tries == 0


def test_what_is_no_day_is_no_try(order, citizen):
    citizen.open(address(order))
    for typed in (
        ("", "", ""),
        ("31", "2", "1985"),
        ("x", "7", "1985"),
        ("1", "1", "85"),
    ):
        born(citizen, *typed)
        assert citizen.answer.status_code == 422
        assert citizen.problems() == ["Write the day, month and year, e.g. 3 12 1964."]
    assert find(order).tries == 0


def test_a_new_link_opens_the_gate_again_and_voids_the_old_one(order, citizen, browser):
    citizen.open(address(order))
    for _ in range(TRIES):
        born(citizen, year="1990")
    old = address(find(order))
    newlinks.ask_for_link(order.reference)
    assert newlinks.send_asked(10) == 1
    transaction.commit()
    citizen.open("counter/track")
    assert "Received" not in citizen.text()
    citizen.open(old)
    assert citizen.answer.status_code == 404
    opened(citizen, find(order))
    assert "Ada Exemple" in citizen.text()


def test_the_gate_needs_a_right_token(order, citizen):
    citizen.open(address(order))
    form = form_with(citizen, "open")
    citizen.send({"birth_date-year": "1985", "_authenticator": "0" * 40}, form=form)
    assert citizen.answer.status_code == 403
    assert find(order).tries == 0


def test_without_the_applicants_birth_date_the_subjects_opens(portal, citizen):
    order = orders.place(request(relation="parent", subject=BEA))
    order.applicant = {**order.applicant, "birth_date": ""}
    transaction.commit()
    citizen.open(address(order))
    assert "whom the document is about" in citizen.text()
    born(citizen)
    assert citizen.answer.status_code == 422
    born(citizen, "1", "2", "2020")
    assert "Bea Exemple" in citizen.text()


def test_where_no_birth_date_is_known_none_opens(order, citizen):
    for person in ("applicant", "subject"):
        setattr(order, person, {**getattr(order, person), "birth_date": ""})
    transaction.commit()
    citizen.open(address(order))
    born(citizen)
    assert citizen.answer.status_code == 422


def test_the_link_does_not_open_the_page_after_the_order(order, citizen):
    citizen.open(address(order))
    citizen.open("counter/thanks")
    assert citizen.path == "counter/track"
    assert "7.00" not in citizen.answer.text
