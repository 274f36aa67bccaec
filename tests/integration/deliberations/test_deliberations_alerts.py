"""A service is told once, before the time for its advice is over."""

from datetime import timedelta
from helpers.councils import acting
from helpers.councils import add_staff
from helpers.councils import TEXTS
from plone import api
from plonegov.core.api import town_today
from plonegov.core.mail.outbox import entries
from plonegov.deliberations.api import alerts
from plonegov.deliberations.api import items
from plonegov.deliberations.api import parts

import pytest


@pytest.fixture
def item(portal):
    add_staff(portal)
    for name in ("drafter", "adviser"):
        user = api.user.get(userid=name)
        user.setMemberProperties({"email": f"{name}@exempleville.example"})
    with acting(portal, "drafter"):
        return items.draft("council", "works", TEXTS)


def asked(portal, item, days):
    with acting(portal, "drafter"):
        due = None if days is None else town_today() + timedelta(days=days)
        return parts.ask(item, "population", due=due)


def recipients(portal):
    return sorted(mail.recipient for mail in entries(portal).values())


@pytest.mark.parametrize("days", (None, 30))
def test_nobody_is_told_of_what_is_not_due_soon(portal, item, days):
    asked(portal, item, days)
    assert alerts.untold(alerts.due_items()) == []


@pytest.mark.parametrize("days", (0, 1))
def test_the_service_that_was_asked_is_told_once(portal, item, days):
    advice = asked(portal, item, days)
    found = alerts.untold(alerts.due_items())
    assert found == [item.getId()]
    assert alerts.alert(found) == 1
    assert recipients(portal) == ["adviser@exempleville.example"]
    assert advice.told == town_today()
    assert alerts.untold(alerts.due_items()) == []


def test_the_mail_tells_nothing_of_the_item(portal, item):
    asked(portal, item, 1)
    alerts.alert(alerts.due_items())
    [mail] = entries(portal).values()
    assert TEXTS["title"].encode() not in mail.message


def test_an_advice_that_is_given_is_not_due(portal, item):
    advice = asked(portal, item, 1)
    with acting(portal, "drafter"):
        items.change(item, "propose")
    with acting(portal, "adviser"):
        parts.give(advice, "favourable")
    assert alerts.due_items() == []


def test_who_is_asked_again_is_told_again(portal, item):
    advice = asked(portal, item, 1)
    alerts.alert(alerts.due_items())
    with acting(portal, "drafter"):
        items.change(item, "propose")
    with acting(portal, "adviser"):
        parts.give(advice, "favourable")
    with acting(portal, "drafter"):
        parts.ask_again(advice, "The plan changed")
    assert alerts.untold(alerts.due_items()) == [item.getId()]


def test_an_address_that_works_not_stops_nobody_else(portal, item):
    user = api.user.get(userid="adviser")
    user.setMemberProperties({"email": "nowhere at all"})
    asked(portal, item, 1)
    assert alerts.alert(alerts.due_items()) == 1
    assert recipients(portal) == []
