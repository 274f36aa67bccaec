from datetime import timedelta
from helpers.orders import request
from OFS.CopySupport import CopyError
from plone import api
from plonegov.core.api import record
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import RecordNotFound
from plonegov.core.identity.current import town_keys
from plonegov.core.identity.keys import Sealed
from plonegov.core.records.protection import RecordsInside
from plonegov.ordering.api import links
from plonegov.ordering.api import orders
from plonegov.ordering.api.counters import counter
from plonegov.ordering.api.orders import IdempotencyConflict
from plonegov.ordering.api.orders import IdempotencyKeyInvalid
from plonegov.ordering.api.orders import working_days

import pickle
import pytest


KEY = "5f2b3c1e-6d3a-4a55-9d0b-5f3c8f1a2b3c"


def test_an_order_keeps_what_was_asked_on_which_terms(portal):
    order = orders.place(request(copies=2))
    assert order.state == "submitted"
    assert order.service == "population"
    assert order.price == "12.00"
    assert order.currency == "EUR"
    placed = orders.town_today(order.placed)
    assert order.due == working_days().add(placed, 3)
    assert order.applicant["last_name"] == "Exemple"
    assert order.subject["last_name"] == "Exemple"


def test_the_national_number_is_nowhere_in_clear(portal):
    order = orders.place(request())
    stored = pickle.dumps({k: v for k, v in vars(order).items() if k != "__parent__"})
    for digits in (b"85073003328", b"85.07.30-033.28", b"033.28"):
        assert digits not in stored
    sealed = Sealed(*order.sealed_numbers["applicant"])
    assert town_keys().decrypt(sealed) == "85073003328"
    assert sealed.key_id == town_keys().current_id


def test_wrong_input_stores_nothing_and_names_every_fault(portal):
    with pytest.raises(InvalidInput) as refused:
        orders.place(
            request(copies=1000, applicant__birth_date="2999-01-01", answers={"no": 1})
        )
    fields = {fault.field for fault in refused.value.faults}
    assert {"copies", "applicant.birth_date", "answers.no"} <= fields
    assert len(counter().records) == 0


def test_a_key_sent_again_finds_the_first_order(portal):
    first = orders.place(request(), idempotency_key=KEY)
    again = orders.place(request(), idempotency_key=KEY.upper())
    assert again.reference == first.reference
    assert len(counter().records) == 1


def test_a_key_belongs_to_one_body(portal):
    orders.place(request(), idempotency_key=KEY)
    with pytest.raises(IdempotencyConflict):
        orders.place(request(copies=2), idempotency_key=KEY)
    with pytest.raises(IdempotencyKeyInvalid):
        orders.place(request(), idempotency_key="again")


def test_a_key_is_forgotten_after_a_day(portal):
    first = orders.place(request(), idempotency_key=KEY)
    replays = counter().replays
    row = replays._replays[KEY.replace("-", "")]
    replays._replays[KEY.replace("-", "")] = (*row[:2], row[2] - timedelta(hours=25))
    assert orders.place(request(copies=2), idempotency_key=KEY) is not first


def test_the_link_opens_its_order_only(portal):
    one, other = orders.place(request()), orders.place(request())
    secret = links.secret(one)
    assert links.find_for_citizen(one.reference, secret).reference == one.reference
    for reference, given in (
        (other.reference, secret),
        (one.reference, ""),
        (one.reference, secret[:-1]),
        ("AAAAAAAAAAA", secret),
    ):
        with pytest.raises(RecordNotFound):
            links.find_for_citizen(reference, given)
    one.link_number += 1
    with pytest.raises(RecordNotFound):
        links.find_for_citizen(one.reference, secret)


def test_the_secret_is_not_stored(portal):
    order = orders.place(request())
    stored = pickle.dumps({k: v for k, v in vars(order).items() if k != "__parent__"})
    assert links.secret(order).encode() not in stored


def test_an_order_is_in_no_catalog_of_plone(portal):
    order = orders.place(request())
    catalog = portal.portal_catalog
    catalog.clearFindAndRebuild()
    portal.portal_workflow.updateRoleMappings()
    assert not catalog.unrestrictedSearchResults(portal_type="plonegov.Order")
    assert not [
        path for path in catalog._catalog.uids if path.endswith(order.reference)
    ]


def test_the_resolver_finds_an_order_by_its_uid(portal):
    order = orders.place(request())
    assert record(api.content.get_uuid(order)).reference == order.reference
    with pytest.raises(RecordNotFound):
        record("unknown")


def test_a_counter_with_orders_stays_where_it_is(portal):
    orders.place(request())
    with api.env.adopt_roles(["Manager"]):
        with pytest.raises(RecordsInside):
            portal.manage_delObjects(["counter"])
        with pytest.raises(CopyError):
            api.content.rename(counter(), "desk")
        assert not counter().cb_isCopyable()
        assert not counter().cb_isMoveable()
