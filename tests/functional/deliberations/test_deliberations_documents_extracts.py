"""All extracts of a sitting in one action; services are told what became of their items."""

from dataclasses import replace
from helpers import councils
from helpers.councils import acting
from io import BytesIO
from plone import api
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.mail import outbox
from plonegov.core.mail import worker
from plonegov.core.ops.interfaces import IJob
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import extracting
from plonegov.deliberations.api import items
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import numbering
from plonegov.deliberations.api import votes
from plonegov.deliberations.domain.refusals import NothingRegistered
from pypdf import PdfReader
from zope.component import getUtility
from zope.interface.verify import verifyObject

import pdfstructure
import pytest
import transaction


@pytest.fixture
def sitting(portal):
    """A sitting with two accepted items and a postponed one."""
    councils.add_staff(portal)
    councils.function("mayor", "Aubry")
    members = councils.seat()
    meeting = councils.plan(portal)
    names = ("Voirie", "Cimetière", "École")
    first, second, third = (councils.validated(portal, title=name) for name in names)
    councils.sit(portal, meeting, members[:5], first, second, third)
    with acting(portal, "secretary"):
        for item in (first, second):
            votes.hold(item, {"mode": "show_of_hands"})
            items.change(item, "accept")
        items.change(third, "postpone")
    outbox.settle(portal, list(outbox.entries(portal)), {})
    transaction.commit()
    return meeting


@pytest.fixture
def held(portal, sitting):
    with acting(portal, "secretary"):
        meetings.change(sitting, "decide")
    transaction.commit()
    return sitting


def ask(portal, meeting):
    with acting(portal, "secretary"):
        extracting.ask(meeting)
    transaction.commit()


def make(portal):
    return getUtility(IJob, name="plonegov.deliberations.make_extracts").run(portal)


def text(data):
    return pdfstructure.text(PdfReader(BytesIO(data)))


def test_they_are_made_in_one_action_and_the_service_is_told(portal, held, listener):
    job = getUtility(IJob, name="plonegov.deliberations.make_extracts")
    assert verifyObject(IJob, job)
    ask(portal, held)
    ask(portal, held)
    assert extracting.is_due(held)
    assert make(portal) == "2 made"
    assert make(portal) is None
    first, _second, third = agenda.items_of(held)
    assert "Voirie" in text(extracting.current(first).data)
    assert third.extracts == ()
    whole = held.extracted["file"].data
    reader = PdfReader(BytesIO(whole))
    assert len(reader.pages) == 2
    said = pdfstructure.text(reader)
    assert said.index("Voirie") < said.index("Cimetière")
    assert "École" not in said
    assert len(pdfstructure.elements(reader, "/H1")) == 2
    (told,) = held.extracted["told"]
    assert (told["service"], told["items"]) == ("works", 3)


def test_the_mail_names_each_item_with_its_result(portal, held, listener, monkeypatch):
    town = extracting.municipality()
    services = tuple(
        replace(
            one, contact=replace(one.contact, email=f"{one.id}@exempleville.example")
        )
        for one in town.services
    )
    monkeypatch.setattr(
        extracting, "municipality", lambda: replace(town, services=services)
    )
    ask(portal, held)
    make(portal)
    assert worker.sweep(portal) == 1
    (mail,) = listener.received
    assert mail.recipient == "works@exempleville.example"
    said = " ".join(mail.message.get_body(("plain",)).get_content().split())
    year = held.starts.year
    for part in (
        "1. Voirie",
        f"La proposition est adoptée. Délibération n° 1 de l’année {year}",
        "3. École",
        "Le point est reporté.",
    ):
        assert part in said
    ask(portal, held)
    assert make(portal) == "2 made"
    assert worker.sweep(portal) == 0, "a service is told once"


def test_a_rectified_decision_gets_an_extract_of_its_version(portal, held):
    ask(portal, held)
    make(portal)
    first = agenda.items_of(held)[0]
    with acting(portal, "secretary"):
        first.decision = "<p>Article 1. Rectifié.</p>"
        numbering.rectify(first, "Faute de frappe")
        assert extracting.current(first) is None
        assert "Version 2" in text(extracting.extract(first))
    transaction.commit()
    ask(portal, held)
    make(portal)
    assert [row["version"] for row in first.extracts] == [1, 2]
    assert "Rectifié" in text(extracting.current(first).data)
    assert "Rectifié" not in text(first.extracts[0]["file"].data), (
        "what was issued stays"
    )


def test_what_changes_while_they_are_made_is_made_again(portal, held, monkeypatch):
    job = getUtility(IJob, name="plonegov.deliberations.make_extracts")
    real = type(job).make

    def slow(self, meeting):
        made = real(self, meeting)
        monkeypatch.setattr(type(job), "make", real)
        agenda.items_of(meeting)[0].title = "Voirie (corrigé)"
        transaction.commit()
        return made

    monkeypatch.setattr(type(job), "make", slow)
    ask(portal, held)
    assert job.run(portal) is None
    assert job.run(portal) == "2 made"
    assert "corrigé" in text(held.extracted["file"].data)


def test_numbers_that_were_cancelled_give_no_extract(portal, held):
    ask(portal, held)
    with acting(portal, "secretary"):
        meetings.change(held, "resume", reason="Vote oublié")
    transaction.commit()
    assert make(portal) is None
    assert not extracting.is_due(held)
    assert "file" not in held.extracted


def test_before_the_end_of_the_sitting_there_is_nothing_to_extract(portal, sitting):
    with acting(portal, "secretary"), pytest.raises(NothingRegistered):
        extracting.ask(sitting)


def test_the_secretary_alone_asks_for_them(portal, held):
    for person in ("drafter", "councillor"):
        with acting(portal, person), pytest.raises(ActionNotAllowed):
            extracting.ask(held)


def test_a_service_without_address_is_told_by_its_head(
    portal, held, listener, monkeypatch
):
    head = "reviewer"
    with api.env.adopt_roles(["Manager"]):
        api.user.get(head).setMemberProperties({"email": "chef@exempleville.example"})
    town = extracting.municipality()
    services = tuple(
        replace(one, contact=replace(one.contact, email=""), head=("gone", head))
        for one in town.services
    )
    known = replace(town, services=services)
    monkeypatch.setattr(extracting, "municipality", lambda: known)
    ask(portal, held)
    make(portal)
    worker.sweep(portal)
    assert [mail.recipient for mail in listener.received] == [
        "chef@exempleville.example"
    ]


def test_a_service_that_can_not_be_told_is_named(portal, held, monkeypatch):
    town = extracting.municipality()
    for email in ("", "no address"):
        services = tuple(
            replace(one, contact=replace(one.contact, email=email), head=())
            for one in town.services
        )
        known = replace(town, services=services)
        monkeypatch.setattr(extracting, "municipality", lambda known=known: known)
        held.extracted = {}
        ask(portal, held)
        make(portal)
        assert [row["email"] for row in held.extracted["told"]] == [""]
