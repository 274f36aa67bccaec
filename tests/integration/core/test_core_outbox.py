"""A mail is owed exactly when the change it tells of is committed."""

from email import message_from_bytes
from email.policy import default
from plone.base.interfaces import IMailSchema
from plone.registry.interfaces import IRegistry
from plonegov.core.api import municipality
from plonegov.core.mail import outbox
from plonegov.core.mail.interfaces import IMailSettled
from plonegov.core.mail.mailhost import configure_mailhost
from plonegov.core.mail.mailhost import restore_mailhost
from plonegov.core.mail.mailhost import TownMailHost
from plonegov.core.mail.model import Mail
from plonegov.core.mail.model import Paragraph
from plonegov.core.municipality.interfaces import IMunicipalityApplier
from plonegov.core.testing import FACTS
from plonegov.core.testing import set_facts
from Products.MailHost.interfaces import IMailHost
from zope.component import getGlobalSiteManager
from zope.component import getUtility
from zope.component import provideHandler
from zope.globalrequest import clearRequest
from zope.interface.verify import verifyObject

import pytest
import transaction


@pytest.fixture
def owed(portal):
    return lambda: list(outbox.entries(portal).values())


def mail(**values):
    standard = {
        "recipient": "maria@example.org",
        "language": "fr",
        "subject": "Votre demande",
        "blocks": (Paragraph("Reçue."),),
        "about": "uid-1",
    }
    return Mail(**{**standard, **values})


def parsed(entry):
    return message_from_bytes(entry.message, policy=default)


def test_a_queued_mail_is_kept_with_its_record_and_message_id(owed):
    message_id = outbox.queue(mail())
    (entry,) = owed()
    assert entry.about == "uid-1"
    assert entry.recipient == "maria@example.org"
    assert parsed(entry)["Message-ID"] == message_id
    assert "Exempleville" in parsed(entry)["From"]


def test_a_mail_of_an_aborted_change_is_not_owed(owed):
    point = transaction.savepoint()
    outbox.queue(mail())
    point.rollback()
    assert owed() == []


def test_reading_the_outbox_writes_nothing(portal):
    point = transaction.savepoint()
    outbox.entries(portal)
    assert not portal._p_jar.isReadOnly()
    assert not portal._p_changed
    assert outbox.ANNOTATION not in (portal.__annotations__ or {})
    point.rollback()


def test_the_status_tells_what_a_doctor_asks(portal):
    outbox.queue(mail())
    outbox.queue(mail(key="refused"))
    outbox.settle(portal, [], {"refused": "550"})
    status = outbox.status(portal)
    assert (status.due, status.refused) == (1, 1)
    assert status.oldest is not None
    assert not status.sender_missing


def test_a_town_without_any_address_is_told_to_name_one(portal, owed):
    clearRequest()
    set_facts(portal, {**FACTS, "contact": {}})
    outbox.queue(mail())
    assert outbox.status(portal).sender_missing
    assert parsed(owed()[0])["From"] is None


def test_plones_own_mails_are_owed_even_when_sent_at_once(portal, owed):
    assert configure_mailhost(portal)
    host = getUtility(IMailHost)
    host.send(
        "Bonjour été",
        mto=["a@example.org", "Bé <b@example.org>"],
        mfrom="Town <town@example.org>",
        subject="Reset",
        charset="utf-8",
        immediate=True,
    )
    assert sorted(entry.recipient for entry in owed()) == [
        "a@example.org",
        "b@example.org",
    ]
    ids = {parsed(entry)["Message-ID"] for entry in owed()}
    assert len(ids) == 1
    assert {entry.sender for entry in owed()} == {"town@example.org"}
    assert parsed(owed()[0]).get_content().strip() == "Bonjour été"


def test_configuring_the_mailhost_twice_changes_nothing(portal):
    assert configure_mailhost(portal)
    assert isinstance(portal.MailHost, TownMailHost)
    assert not configure_mailhost(portal)
    assert restore_mailhost(portal)
    assert not isinstance(portal.MailHost, TownMailHost)
    assert not isinstance(getUtility(IMailHost), TownMailHost)


def test_the_mailhost_keeps_what_was_set_on_it(portal):
    portal.MailHost.smtp_host = "mail.example.org"
    configure_mailhost(portal)
    assert portal.MailHost.smtp_host == "mail.example.org"


def test_the_sender_that_somebody_set_goes_before_the_towns_contact(owed):
    stored = getUtility(IRegistry).forInterface(IMailSchema, prefix="plone")
    stored.email_from_address = "other@example.org"
    outbox.queue(mail())
    assert "<other@example.org>" in parsed(owed()[0])["From"]


def test_applying_the_municipality_configures_the_mailhost(portal):
    applier = getUtility(IMunicipalityApplier, name="plonegov.core.mail")
    assert verifyObject(IMunicipalityApplier, applier)
    applier.apply(portal, municipality())
    assert isinstance(portal.MailHost, TownMailHost)


def test_uninstalling_gives_plones_mailhost_back(portal):
    configure_mailhost(portal)
    portal.portal_setup.runAllImportStepsFromProfile("plonegov.core:uninstall")
    assert not isinstance(getUtility(IMailHost), TownMailHost)


def test_what_became_of_a_mail_is_told_once(portal, owed):
    told = []
    provideHandler(told.append, [IMailSettled])
    try:
        for key in ("left", "kept", "bad"):
            outbox.queue(mail(key=key))
        outbox.settle(portal, ["left", "unknown"], {"bad": "550"})
        outbox.settle(portal, ["kept"], {"bad": "550"}, kept=True)
    finally:
        getGlobalSiteManager().unregisterHandler(told.append, [IMailSettled])
    assert all(verifyObject(IMailSettled, one) for one in told)
    assert [(one.key, one.about, one.refused, one.kept) for one in told] == [
        ("left", "uid-1", "", False),
        ("bad", "uid-1", "550", False),
        ("kept", "uid-1", "", True),
    ]
    assert [entry.refused for entry in owed()] == ["550"]
