"""Who the town's mails come from, and by which server they leave."""

from dataclasses import dataclass
from dataclasses import field
from plone.base.interfaces import IMailSchema
from plone.registry.interfaces import IRegistry
from plonegov.core.api import municipality
from plonegov.core.municipality.facts import settings
from zope.component import getUtility


#: Seconds after which a mail server that does not answer counts as down.
TIMEOUT = 20


@dataclass(frozen=True)
class Server:
    """The town's mail server, as Plone's mail control panel keeps it."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)


def sender_address() -> str:
    """Return the address that mails come from; empty when the town names none.

    The address of Plone's mail control panel goes before the town's own contact
    address; none is ever made up.
    """
    return _mail_settings().email_from_address or municipality().contact.email


def server() -> Server | None:
    """Return the town's mail server; None when it has none or is a demonstration."""
    stored = _mail_settings()
    if settings().demo or not stored.smtp_host:
        return None
    return Server(
        host=stored.smtp_host,
        port=stored.smtp_port or 25,
        user=stored.smtp_userid or "",
        password=stored.smtp_pass or "",
    )


def _mail_settings():
    return getUtility(IRegistry).forInterface(IMailSchema, prefix="plone", check=False)
