from collections import Counter
from helpers.orders import request
from helpers.people import add_person
from plonegov.core.identity.numbers import check_national_number
from plonegov.core.municipality.facts import settings
from plonegov.core.municipality.interfaces import IDemoData
from plonegov.ordering.adapters.demo import CITIZENS
from plonegov.ordering.adapters.demo import COUNTS
from plonegov.ordering.adapters.demo import DAYS
from plonegov.ordering.adapters.demo import national_number
from plonegov.ordering.api import orders
from plonegov.ordering.api.counters import counter
from zope.component import getUtility
from zope.interface.verify import verifyObject

import pytest


@pytest.fixture
def demo(portal):
    add_person(portal, "clerk", ["Member", "Clerk"], ["service-population"])
    add_person(portal, "citizen", ["Member"])
    settings().demo = True
    return getUtility(IDemoData, name="plonegov.ordering")


def placed():
    records = counter().records
    return [records.get(key).__of__(counter()) for key in records]


def test_the_utility_keeps_its_interface(demo):
    assert verifyObject(IDemoData, demo)


def test_the_twelve_citizens_have_valid_numbers():
    assert len(CITIZENS) == 12
    for number, (_name, born) in enumerate(CITIZENS):
        check_national_number(national_number(born, 901 + number), "BE")


def test_sixty_orders_stand_in_all_states_over_sixty_days(portal, demo):
    demo.create(portal, "")
    made = placed()
    assert Counter(order.state for order in made) == COUNTS
    assert sum(COUNTS.values()) == 60
    today = orders.town_today()
    ages = [(today - orders.town_today(order.placed)).days for order in made]
    assert min(ages) >= 0
    assert 40 < max(ages) <= DAYS
    assert {order.applicant["last_name"] for order in made} == {"Exemple"}
    assert len({order.applicant["first_name"] for order in made}) == 12


def test_a_counter_with_an_order_is_real(portal, demo):
    assert not demo.has_real_data(portal)
    orders.place(request())
    assert demo.has_real_data(portal)
