"""Mails that the town owes: kept in the site, written in the caller's transaction.

A mail is due exactly when the change it tells of is committed. The worker
(``worker.sweep``) brings it to a mail server afterwards and clears it here.
"""

from BTrees.OOBTree import OOBTree
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from persistent import Persistent
from plone import api
from plonegov.core.api import municipality
from plonegov.core.api import now
from plonegov.core.mail.compose import build
from plonegov.core.mail.compose import check_recipient
from plonegov.core.mail.interfaces import IMailSettled
from plonegov.core.mail.model import Mail
from plonegov.core.mail.model import new_key
from plonegov.core.mail.sender import sender_address
from zope.annotation.interfaces import IAnnotations
from zope.event import notify
from zope.interface import implementer


ANNOTATION = "plonegov.core.outbox"


class DueMail(Persistent):
    """One mail to one recipient, as it will be sent.

    ``sender`` is the envelope's (empty: the town's when it is sent), ``about`` the
    UID of a record, ``refused`` the code with which a mail server refused it for
    good.
    """

    refused = ""

    def __init__(
        self, message: bytes, sender: str, recipient: str, about: str, queued: datetime
    ) -> None:
        self.message = message
        self.sender = sender
        self.recipient = recipient
        self.about = about
        self.queued = queued

    def forget(self) -> None:
        """Forget what it says and to whom: nothing refers to it any more, but a storage
        keeps its row until it is packed."""
        self.message, self.sender, self.recipient, self.about = b"", "", "", ""


@dataclass(frozen=True)
class OutboxStatus:
    """How many mails are due, since when, and how many were refused for good.

    ``sender_missing`` tells that nothing can leave before the town names an address
    (Plone's mail settings or the contact of the municipality).
    """

    due: int
    oldest: datetime | None
    refused: int
    sender_missing: bool


def compose(mail: Mail) -> EmailMessage:
    """Return the message of a mail from the current site's town (see ``build``)."""
    return build(mail, municipality(), sender_address(), now())


def queue(mail: Mail) -> str:
    """Owe a mail from the current transaction on; return its ``Message-ID``.

    :raises MailAddressInvalid: the recipient is not one plain address.
    :raises MailLinkInvalid: a link is not a web address.
    """
    message = compose(mail)
    put(message.as_bytes(), "", mail.recipient, about=mail.about, key=mail.key)
    return message["Message-ID"]


def put(
    message: bytes, sender: str, recipient: str, *, about: str = "", key: str = ""
) -> None:
    """Owe a message that is composed already, to one recipient.

    :raises MailAddressInvalid: the recipient is not one plain address.
    """
    check_recipient(recipient)
    annotations = IAnnotations(api.portal.get())
    if ANNOTATION not in annotations:
        annotations[ANNOTATION] = OOBTree()
    entry = DueMail(message, sender, recipient, about, now())
    annotations[ANNOTATION][key or new_key()] = entry


def entries(portal) -> Mapping[str, DueMail]:
    """Return the mails owed, by key, refused ones too (never writes)."""
    return IAnnotations(portal).get(ANNOTATION, {})


@implementer(IMailSettled)
@dataclass(frozen=True)
class MailSettled:
    """What became of a mail (see ``IMailSettled``)."""

    key: str
    about: str
    refused: str = ""
    kept: bool = False


def settle(
    portal, done: Iterable[str], refused: Mapping[str, str], kept: bool = False
) -> None:
    """Clear the mails that left and mark those refused for good (key to code).

    What became of each is told to whom it concerns (``IMailSettled``).

    :param kept: those done left to no server: a demonstration keeps them.
    """
    owed = entries(portal)
    for key in done:
        if key in owed:
            about = _drop(owed, key)
            notify(MailSettled(key, about, kept=kept))
    for key, code in refused.items():
        if key in owed and owed[key].refused != code:
            owed[key].refused = code
            notify(MailSettled(key, owed[key].about, refused=code))


def forget(portal, uids: Collection[str]) -> int:
    """Drop the mails about some records, refused ones too; return how many."""
    owed = entries(portal)
    about = [key for key, mail in owed.items() if mail.about in uids]
    for key in about:
        _drop(owed, key)
    return len(about)


def status(portal) -> OutboxStatus:
    """Return what a doctor or a health check wants to know of the outbox."""
    owed = entries(portal).values()
    due = [entry.queued for entry in owed if not entry.refused]
    return OutboxStatus(
        due=len(due),
        oldest=min(due, default=None),
        refused=len(owed) - len(due),
        sender_missing=not sender_address(),
    )


def _drop(owed: OOBTree, key: str) -> str:
    """Owe a mail no longer; return what it was about."""
    mail = owed.pop(key)
    about = mail.about
    mail.forget()
    return about
