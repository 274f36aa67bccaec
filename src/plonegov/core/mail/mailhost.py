"""Plone's own mails (password reset, registration, content rules) go the same way."""

from Acquisition import aq_base
from email.utils import getaddresses
from email.utils import parseaddr
from plone import api
from plonegov.core.mail import outbox
from plonegov.core.mail.model import new_key
from plonegov.core.municipality.interfaces import IMunicipalityApplier
from plonegov.core.municipality.model import Municipality
from Products.MailHost.interfaces import IMailHost
from Products.MailHost.MailHost import MailHost
from zope.interface import implementer


MAILHOST = "MailHost"


class TownMailHost(MailHost):
    """A MailHost that owes its mails in the outbox instead of sending them.

    Plone sends a password reset with ``immediate=True``, which would ask the mail
    server inside the write transaction even where a queue is configured.
    """

    def _send(self, mfrom, mto, messageText, immediate=False) -> None:
        """Owe the mail, one entry per recipient, in the current transaction.

        :raises MailAddressInvalid: a recipient is not a plain address.
        """
        key = new_key()
        message = messageText
        if not isinstance(message, bytes):
            message = message.encode()
        head = message.partition(b"\r\n\r\n")[0].lower()
        if b"message-id:" not in head:
            domain = parseaddr(mfrom)[1].rpartition("@")[2] or "localhost"
            message = f"Message-ID: <{key}@{domain}>\r\n".encode() + message
        recipients = [mto] if isinstance(mto, str) else mto
        for _name, recipient in getaddresses(recipients):
            outbox.put(message, parseaddr(mfrom)[1], recipient)


@implementer(IMunicipalityApplier)
class MailHostApplier:
    """Gives a town's site its MailHost when the municipality is applied."""

    order = 100

    def apply(self, portal, municipality: Municipality) -> None:
        """Replace the site's MailHost once."""
        configure_mailhost(portal)


def configure_mailhost(portal) -> bool:
    """Make the site's MailHost a ``TownMailHost``; tell whether anything changed."""
    return _replace(portal, TownMailHost)


def restore_mailhost(portal) -> bool:
    """Give the site Plone's own MailHost back; tell whether anything changed."""
    return _replace(portal, MailHost)


def uninstall(tool) -> None:
    """Undo ``configure_mailhost`` (handler of the uninstall profile)."""
    restore_mailhost(api.portal.get())


def _replace(portal, factory: type[MailHost]) -> bool:
    old = aq_base(portal[MAILHOST])
    if type(old) is factory:
        return False
    new = factory(MAILHOST, title=old.title)
    new.__dict__.update(old.__dict__)
    setattr(portal, MAILHOST, new)
    manager = portal.getSiteManager()
    manager.unregisterUtility(provided=IMailHost)
    manager.registerUtility(new, provided=IMailHost)
    return True
