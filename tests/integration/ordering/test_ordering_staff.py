"""Orders change hands by themselves, and clerks are told what waits: the jobs."""

from contextlib import contextmanager
from copy import deepcopy
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from email import message_from_bytes
from email.policy import default
from helpers.orders import request
from helpers.people import add_person
from plone import api
from plone.app.testing import login
from plone.app.testing import TEST_USER_NAME
from plonegov.core.mail import outbox
from plonegov.core.municipality.example import FACTS
from plonegov.core.municipality.facts import forget
from plonegov.core.ops.interfaces import IJob
from plonegov.core.records.events import entries
from plonegov.core.testing import set_facts
from plonegov.ordering import staffjobs
from plonegov.ordering.api import handling
from plonegov.ordering.api import handover
from plonegov.ordering.api import orders
from plonegov.ordering.api import staff as people
from plonegov.ordering.api.counters import counter
from plonegov.ordering.domain.errors import ClerkAway
from plonegov.ordering.domain.staffing import Absence
from plonegov.ordering.domain.staffing import WorkSettings
from zope.component import getUtility
from zope.interface.verify import verifyObject

import pytest


SITE = "https://guichet.exempleville.example"
THURSDAY = datetime(2026, 11, 26, 7, 0, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 28, 7, 0, tzinfo=UTC)


@contextmanager
def no_lock(_town):
    """The test's own transaction is the only writer."""
    yield


@pytest.fixture
def portal(portal, monkeypatch):
    """Anne and Bruno are clerks of population, Wim of works; the site has a name."""
    monkeypatch.setattr(staffjobs, "town_lock", no_lock)
    monkeypatch.setattr(staffjobs.transaction, "begin", lambda: None)
    monkeypatch.setattr(staffjobs.transaction, "commit", lambda: None)
    for name, group in (
        ("anne", "population"),
        ("bruno", "population"),
        ("wim", "works"),
    ):
        add_person(portal, name, ["Member", "Clerk"], [f"service-{group}"])
        api.user.get(name).setMemberProperties(
            {"email": f"{name}@exempleville.example"}
        )
    facts(head=[])
    yield portal
    login(portal, TEST_USER_NAME)
    set_facts(portal)
    forget()


def facts(**population):
    changed = deepcopy(FACTS)
    changed["site_url"] = SITE
    changed["services"][0].update(population)
    set_facts(api.portal.get(), changed)
    forget()


def as_clerk(name):
    login(api.portal.get(), name)


def place(late=0, assigned=""):
    order = orders.place(request())
    order.due = orders.town_today() - timedelta(days=late) if late else order.due
    order.assigned = assigned
    order.reindexObject()
    return order


def away(name, last=3):
    today = orders.town_today()
    absence = Absence(today, today + timedelta(days=last))
    people.keep_settings(name, WorkSettings(absence))


def run(job):
    return getUtility(IJob, name=f"plonegov.ordering.{job}").run(api.portal.get())


def log_of(order):
    return [(entry.who, entry.action) for entry in entries(order)]


def mails():
    """Return the mails to clerks, by address."""
    found = map(mail_of, outbox.entries(api.portal.get()).values())
    return {str(mail["To"]): mail for mail in found if "ada@" not in mail["To"]}


def mail_of(entry):
    return message_from_bytes(entry.message, policy=default)


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


@pytest.mark.parametrize("name", ["hand_on", "daily_mail"])
def test_both_are_jobs(name):
    assert verifyObject(IJob, getUtility(IJob, name=f"plonegov.ordering.{name}"))


# --- Back to the service ------------------------------------------------------------


def test_the_orders_of_who_is_away_go_back_with_the_reason(portal):
    hers, his = place(assigned="anne"), place(assigned="bruno")
    away("anne")
    assert run("hand_on") == "1 given back, 0 to heads"
    assert (hers.assigned, his.assigned) == ("", "bruno")
    assert log_of(hers)[-1] == ("(system)", "returned_away")
    assert counter().records.row(hers.reference)["assigned"] == ""
    assert run("hand_on") is None


def test_coming_back_takes_nothing_back(portal):
    order = place(assigned="anne")
    away("anne")
    run("hand_on")
    people.keep_settings("anne", WorkSettings())
    run("hand_on")
    assert order.assigned == ""


@pytest.mark.parametrize("how", ["account", "group", "role"])
def test_the_orders_of_who_left_the_service_go_back(portal, how):
    order = place(assigned="anne")
    with api.env.adopt_roles(["Manager"]):
        if how == "account":
            api.user.delete("anne")
        elif how == "group":
            api.group.remove_user(groupname="service-population", username="anne")
        else:
            portal.acl_users.userFolderEditUser("anne", None, ["Member"], [])
    run("hand_on")
    assert order.assigned == ""
    assert log_of(order)[-1] == ("(system)", "returned_gone")


def test_what_somebody_took_meanwhile_stays(portal):
    order = place(assigned="anne")
    away("anne")
    staff = people.staff()
    found = handover.to_return(staff)
    order.assigned = "bruno"
    assert handover.give_back(staff, found) == 0
    assert handover.give_back(staff, ["0" * 11]) == 0
    assert order.assigned == "bruno"


def test_an_ended_order_keeps_its_clerk(portal):
    order = place(assigned="anne")
    with api.env.adopt_roles(["Service Clerk"]):
        handling.withdraw(order)
    away("anne")
    assert run("hand_on") is None
    assert order.assigned == "anne"


def test_who_is_away_takes_no_order(portal):
    order = place()
    away("anne")
    as_clerk("anne")
    with pytest.raises(ClerkAway):
        handling.take(order)
    assert order.assigned == ""


# --- Overdue: to the head --------------------------------------------------------------


def test_an_overdue_order_of_nobody_goes_to_the_head_once(portal):
    facts(head=["bruno"])
    late, fresh, hers = place(late=2), place(), place(late=2, assigned="anne")
    assert run("hand_on") == "0 given back, 1 to heads"
    assert (late.assigned, fresh.assigned, hers.assigned) == ("bruno", "", "anne")
    assert log_of(late)[-1] == ("(system)", "escalated")
    as_clerk("bruno")
    handling.release(late)
    assert run("hand_on") is None
    assert late.assigned == ""


def test_the_overdue_order_of_who_is_away_goes_to_the_head(portal):
    facts(head=["bruno"])
    order = place(late=2, assigned="anne")
    away("anne")
    assert run("hand_on") == "1 given back, 1 to heads"
    assert order.assigned == "bruno"


@pytest.mark.parametrize("head", [[], ["nobody"], ["wim"]])
def test_without_a_head_who_can_work_on_it_an_overdue_order_stays(portal, head):
    facts(head=head)
    order = place(late=2)
    assert run("hand_on") is None
    assert order.assigned == ""


# --- The daily mail ---------------------------------------------------------------------


@pytest.fixture
def clock(portal, monkeypatch):
    def at(moment):
        monkeypatch.setattr(staffjobs, "now", lambda: moment)
        monkeypatch.setattr(staffjobs, "town_today", lambda: moment.date())

    at(THURSDAY)
    return at


def test_each_clerk_gets_one_mail_with_numbers_and_references_only(portal, clock):
    mine = place(late=2, assigned="anne")
    place()
    assert run("daily_mail") == "2 sent"
    mail = mails()["anne@exempleville.example"]
    text = text_of(mail)
    reference = mine.reference
    assert f"{reference[:4]}-{reference[4:8]}-{reference[8:]}" in text
    assert f"{SITE}/counter/queue?scope=late" in text
    assert f"{SITE}/counter/queue?scope=new" in text
    for personal in ("Ada", "Exemple,", "ada@", "Rue de l'Essai", "85.07.30"):
        assert personal not in mail.as_string()
    assert "scope=late" not in text_of(mails()["bruno@exempleville.example"])


def test_who_has_nothing_to_do_gets_no_mail(portal, clock):
    place()
    run("daily_mail")
    assert "wim@exempleville.example" not in mails()


def test_a_restart_sends_no_mail_twice_the_next_day_does(portal, clock):
    place()
    assert run("daily_mail") == "2 sent"
    assert run("daily_mail") is None
    assert counter().workdesk.told == date(2026, 11, 26)
    clock(THURSDAY + timedelta(days=1))
    assert run("daily_mail") == "2 sent"


@pytest.mark.parametrize("moment", [SATURDAY, THURSDAY - timedelta(hours=3)])
def test_no_mail_on_a_free_day_or_in_the_night(portal, clock, moment):
    place()
    clock(moment)
    assert run("daily_mail") is None
    assert mails() == {}


def test_it_can_be_switched_off_and_who_is_away_gets_none(portal, clock):
    place()
    people.keep_settings("anne", WorkSettings(digest=False))
    away("bruno")
    assert run("daily_mail") is None
    assert mails() == {}


def test_it_is_in_the_clerk_s_language(portal, clock):
    place()
    api.user.get("anne").setMemberProperties({"language": "nl"})
    run("daily_mail")
    assert mails()["anne@exempleville.example"]["Content-Language"] == "nl"
    assert mails()["bruno@exempleville.example"]["Content-Language"] == "fr"


def test_the_head_is_told_of_what_is_overdue_the_others_are_not(portal, clock):
    facts(head=["bruno"])
    place(late=2, assigned="anne")
    place(late=2, assigned="wim")
    run("daily_mail")
    head = text_of(mails()["bruno@exempleville.example"])
    assert "scope=headed" in head
    assert "scope=running" in head
    assert "scope=overdue" not in text_of(mails()["anne@exempleville.example"])


def test_without_a_head_every_clerk_of_the_service_is_told(portal, clock):
    place(late=2, assigned="anne")
    run("daily_mail")
    for name in ("anne", "bruno"):
        assert "scope=overdue" in text_of(mails()[f"{name}@exempleville.example"])


def test_a_head_who_is_no_clerk_is_told_too(portal, clock):
    add_person(portal, "chief", ["Member"])
    api.user.get("chief").setMemberProperties({"email": "chief@exempleville.example"})
    facts(head=["chief"])
    order = place(late=2)
    run("hand_on")
    run("daily_mail")
    assert order.assigned == ""
    assert "scope=headed" in text_of(mails()["chief@exempleville.example"])


def test_an_impossible_address_stops_nobody_else_s_mail(portal, clock):
    place()
    api.user.get("anne").setMemberProperties({"email": "anne@nowhere"})
    assert run("daily_mail") == "1 sent"


def test_a_town_without_an_address_of_its_site_gets_numbers_without_links(
    portal, clock
):
    set_facts(portal)
    forget()
    place()
    run("daily_mail")
    text = text_of(mails()["anne@exempleville.example"])
    assert "1" in text and "http" not in text


def test_what_who_left_said_of_the_own_work_is_forgotten(portal, clock):
    away("gone")
    run("daily_mail")
    assert people.settings_of("gone") == WorkSettings()
