"""The daily mail to each clerk: numbers that are links, and references; no names."""

from babel.dates import format_date
from collections.abc import Collection
from datetime import date
from plonegov.core.api import municipality
from plonegov.core.mail.errors import MailAddressInvalid
from plonegov.core.mail.model import Facts
from plonegov.core.mail.model import Link
from plonegov.core.mail.model import Mail
from plonegov.core.mail.model import Paragraph
from plonegov.core.mail.outbox import queue
from plonegov.ordering import _
from plonegov.ordering import logger
from plonegov.ordering.api import workload
from plonegov.ordering.api.staff import heads
from plonegov.ordering.domain.reference import format_reference
from plonegov.ordering.domain.staffing import Clerk
from plonegov.ordering.domain.staffing import Staff
from plonegov.ordering.domain.staffing import told_of_overdue
from typing import Any
from zope.i18nmessageid import Message


#: Lines of the mail: part of the queue, and its number in words.
LINES: dict[str, Message] = {
    "late": _("digest_late", default="Yours, overdue: ${count}"),
    "due": _("digest_due", default="Yours, due by the next working day: ${count}"),
    "answered": _("digest_answered", default="Answers of citizens: ${count}"),
    "new": _("digest_new", default="New, with nobody yet: ${count}"),
    "unconfirmed": _(
        "digest_unconfirmed", default="Address not confirmed by the citizen: ${count}"
    ),
}
OVERDUE = _("digest_overdue", default="Overdue in the service: ${count}")
LED = _("digest_led", default="Running in the service that you head: ${count}")

#: Parts whose orders are named by their reference, and how many at most.
NAMED, MOST = ("late", "due"), 20

Line = tuple[str, Message]


def send(staff: Staff) -> int:
    """Owe each clerk the mail of the day, where it says anything; return how many."""
    sent = 0
    for clerk in staff.values():
        mail = mail_of(clerk) if wants(clerk) else None
        if mail is not None:
            sent += _queued(clerk, mail)
    return sent


def wants(clerk: Clerk) -> bool:
    """Whether a clerk gets the mail: an address is known, and it was not switched
    off; who is away need not read it."""
    away = clerk.settings.is_away(workload.asker(clerk.user).today)
    return bool(clerk.email) and clerk.settings.digest and not away


def mail_of(clerk: Clerk) -> Mail | None:
    """Return the mail of the day for a clerk, or None where there is nothing to say."""
    who = workload.asker(clerk.user)
    services = clerk.services
    lines = _counted(who, services, LINES)
    overdue = told_of_overdue(clerk, heads())
    lines += _counted(who, overdue, {"overdue": OVERDUE})
    if not lines:
        return None
    lines += _counted(who, clerk.headed, {"running": LED})
    day = format_date(who.today, "full", locale=clerk.language)
    blocks: list[Any] = [
        Paragraph(_("digest_intro", default="This waits for you and your service."))
    ]
    blocks += _blocks(lines, bool(clerk.headed))
    named = _named(who, services, clerk.language)
    if named:
        blocks.append(Facts(named))
    off = _(
        "digest_off",
        default="You can switch this mail off on the page “My absence and my daily "
        "mail”.",
    )
    return Mail(
        recipient=clerk.email,
        language=clerk.language,
        subject=_("digest_subject", default="Orders, ${day}", mapping={"day": day}),
        blocks=(*blocks, Paragraph(off)),
    )


def _counted(
    who: workload.Asker, services: Collection[str], words: dict[str, Message]
) -> list[Line]:
    counts = workload.counts(words, who, services)
    return [
        (part, Message(words[part], mapping={"count": str(number)}))
        for part, number in counts.items()
        if number
    ]


def _blocks(lines: list[Line], is_head: bool) -> list[Any]:
    """Return the lines, each a link where the town says how its site is reached."""
    base = municipality().site_url.rstrip("/")
    if not base:
        return [Paragraph(text) for _part, text in lines]
    scopes = {"overdue": "headed"} if is_head else {}
    return [
        Link(text, f"{base}/counter/queue?scope={scopes.get(part, part)}")
        for part, text in lines
    ]


def _named(
    who: workload.Asker, services: Collection[str], language: str
) -> tuple[tuple[str, str], ...]:
    rows = [
        row for part in NAMED for row in workload.rows(part, who, services, size=MOST)
    ]
    return tuple(
        (
            format_reference(row["reference"]),
            format_date(date.fromordinal(row["promised"]), "medium", locale=language),
        )
        for row in rows[:MOST]
    )


def _queued(clerk: Clerk, mail: Mail) -> bool:
    """Owe a mail; an account with an impossible address stops nobody else's."""
    try:
        queue(mail)
    except MailAddressInvalid:
        logger.warning("Account %s has no mail address that works.", clerk.user)
        return False
    return True
