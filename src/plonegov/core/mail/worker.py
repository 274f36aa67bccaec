"""Brings the mails that a site owes to its mail server, outside every request.

Each step can be the last one before a power failure, and the next sweep goes on:

1. owed, no file: the file is written to ``new``;
2. owed, file in ``new``: sent; a kill between the server's acceptance and step 3
   sends it again with the same ``Message-ID``, the only thing that can double;
3. accepted: the file is moved to ``sent``;
4. file in ``sent``: no longer owed, in a transaction of its own;
5. file in ``sent``, not owed: removed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from plonegov.core import logger
from plonegov.core.api import municipality
from plonegov.core.mail import outbox
from plonegov.core.mail.backoff import Backoff
from plonegov.core.mail.backoff import SERVER
from plonegov.core.mail.delivery import hand_over
from plonegov.core.mail.delivery import MailPutOff
from plonegov.core.mail.delivery import MailRefused
from plonegov.core.mail.delivery import ServerTrouble
from plonegov.core.mail.delivery import session
from plonegov.core.mail.maildir import TownMaildir
from plonegov.core.mail.rate import HourlyRate
from plonegov.core.mail.sender import sender_address
from plonegov.core.mail.sender import Server
from plonegov.core.mail.sender import server
from plonegov.core.municipality.facts import settings
from plonegov.core.ops.interfaces import IJob
from plonegov.core.ops.writelock import town_lock
from zope.interface import implementer

import time
import transaction


#: Mails sent between two transactions that clear them.
BATCH = 20


@dataclass(frozen=True)
class Owed:
    """A mail owed, read from the database."""

    key: str
    message: bytes
    sender: str
    recipient: str
    about: str
    refused: str


@implementer(IJob)
class MailJob:
    """The sweep as a job of ``plonegov serve`` and ``plonegov jobs run``."""

    every = 5

    def run(self, portal) -> str | None:
        """Deliver what is due; return how many mails left, or None."""
        left = sweep(portal)
        return f"{left} sent" if left else None


def sweep(portal) -> int:
    """Deliver the mails that a site owes; return how many left the machine.

    On a demonstration site and without a mail server they stay in the folder; there
    a demonstration's mails are no longer owed. Runs its own transactions and takes
    the town's write lock for each; never holds it while a server is asked.
    """
    transaction.begin()
    maildir = TownMaildir(municipality().id)
    owed = _owed(portal)
    target, sender, demo = server(), sender_address(), settings().demo
    limit = municipality().limits.mails_per_hour
    transaction.abort()
    with maildir.held() as mine:
        if not mine:
            return 0
        maildir.tidy()
        waiting = _lay_out(maildir, owed)
        _settle(portal, maildir, maildir.sent(), _refused(owed))
        if demo:
            _settle(portal, maildir, [mail.key for mail in waiting], {}, kept=True)
        elif target is not None:
            rate = HourlyRate(maildir.folder, limit)
            return Delivery(portal, maildir, target, sender, rate).run(waiting)
    return 0


def _owed(portal) -> list[Owed]:
    return [
        Owed(key, m.message, m.sender, m.recipient, m.about, m.refused)
        for key, m in sorted(
            outbox.entries(portal).items(), key=lambda item: item[1].queued
        )
    ]


def _refused(owed: Iterable[Owed]) -> dict[str, str]:
    return {mail.key: mail.refused for mail in owed if mail.refused}


def _lay_out(maildir: TownMaildir, owed: Iterable[Owed]) -> list[Owed]:
    """Write the files that are missing; return the mails that wait for delivery."""
    waiting = []
    for mail in owed:
        place = maildir.place(mail.key)
        if not place:
            maildir.write(mail.key, mail.sender, mail.recipient, mail.message)
        if place in ("", "new") and not mail.refused:
            waiting.append(mail)
    return waiting


def _settle(
    portal, maildir: TownMaildir, done: list[str], refused: dict, kept: bool = False
) -> None:
    """Clear and mark in a transaction of its own, then do the same to the files."""
    owed = outbox.entries(portal)
    marked = {key for key, mail in owed.items() if mail.refused}
    if any(key in owed for key in done) or refused.keys() - marked:
        with town_lock(portal.getId()):
            transaction.begin()
            outbox.settle(portal, done, refused, kept)
            transaction.commit()
    for key in refused:
        if maildir.place(key) == "new":
            maildir.move(key, "new", "failed")
    for key in done:
        maildir.forget(key)


class Delivery:
    """One run over the waiting mails with one connection."""

    def __init__(
        self,
        portal,
        maildir: TownMaildir,
        target: Server,
        sender: str,
        rate: HourlyRate,
    ) -> None:
        self.portal = portal
        self.maildir = maildir
        self.target = target
        self.sender = sender
        self.rate = rate
        self.backoff = Backoff(maildir.folder)

    def run(self, waiting: list[Owed]) -> int:
        """Send what may be tried now; return how many mails the server accepted.

        What is beyond the town's mails per hour waits for a later run.
        """
        now = time.time()
        ready = [
            mail
            for mail in waiting
            if (mail.sender or self.sender) and self.backoff.is_ready(mail.key, now)
        ][: self.rate.left(now)]
        if not ready or not self.backoff.is_ready(SERVER, now):
            return 0
        left = 0
        try:
            with session(self.target) as smtp:
                for start in range(0, len(ready), BATCH):
                    left += self._send(smtp, ready[start : start + BATCH])
            self.backoff.forget(SERVER)
        except ServerTrouble as error:
            self.backoff.put_off(SERVER, now)
            logger.warning("Mail server of %s: %s", self.portal.getId(), error)
        return left

    def _send(self, smtp, batch: list[Owed]) -> int:
        done: list[str] = []
        refused: dict[str, str] = {}
        now = time.time()
        self.rate.take(now, len(batch))
        try:
            for mail in batch:
                self._try(smtp, mail, done, refused)
        finally:
            self.rate.give_back(now, len(batch) - len(done))
            _settle(self.portal, self.maildir, done, refused)
            self.backoff.forget(*done, *refused)
        return len(done)

    def _try(self, smtp, mail: Owed, done: list, refused: dict) -> None:
        sender = mail.sender or self.sender
        try:
            hand_over(smtp, sender, mail.recipient, with_sender(mail.message, sender))
        except MailRefused as error:
            refused[mail.key] = str(error)
        except MailPutOff as error:
            if not self.backoff.put_off(mail.key, time.time()):
                refused[mail.key] = str(error)
        else:
            self.maildir.move(mail.key, "new", "sent")
            done.append(mail.key)
        if mail.key in refused:
            logger.error(
                "Mail %s about %s was refused for good: %s",
                mail.key,
                mail.about or "-",
                refused[mail.key],
            )


def with_sender(message: bytes, sender: str) -> bytes:
    """Return the message with a ``From``, which it lacks when the town had no address
    yet at the time it was written."""
    head = message.partition(b"\r\n\r\n")[0].lower()
    if head.startswith(b"from:") or b"\nfrom:" in head:
        return message
    return b"From: %s\r\n%s" % (sender.encode(), message)
