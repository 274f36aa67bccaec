"""Telling applicants before their order is erased, so that they can download it."""

from babel.dates import format_date
from collections.abc import Iterator
from datetime import date
from datetime import timedelta
from plone.uuid.interfaces import IUUID
from plonegov.core.mail.model import Link
from plonegov.core.mail.model import Mail
from plonegov.core.mail.model import Paragraph
from plonegov.core.mail.outbox import queue
from plonegov.ordering import _
from plonegov.ordering.api import foresight
from plonegov.ordering.api.links import tracking_url
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.content.counter import Counter
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.reference import format_reference
from plonegov.ordering.domain.retention import reminder_due
from plonegov.ordering.domain.retention import REMINDERS
from zope.i18nmessageid import Message


def waiting(counter: Counter) -> Iterator[str]:
    """Yield the references of the orders whose applicant is to be told today."""
    today = town_today()
    last = today + timedelta(days=max(REMINDERS))
    for due in foresight.erased_until(last):
        if due.day > today and due_today(counter.records.get(due.key), today):
            yield due.key


def due_today(order: Order, today: date) -> str:
    """Return the name of the mail that is due, or "".

    None is where there is no address. Where there is no file, details and answers can
    be fetched still. What was sent before the order was taken up again counts no more.
    """
    if not (order.erasure_day and order.applicant["email"]):
        return ""
    since = order.closed.isoformat()
    sent = {what for day, what in order.reminded if day >= since}
    return reminder_due(order.erasure_day, today, sent)


def remind(order: Order) -> bool:
    """Queue the mail that is due today, and note it; return whether there was one."""
    today = town_today()
    name = due_today(order, today)
    if name:
        order.reminded = (*order.reminded, (today.isoformat(), name))
        queue(_mail(order))
    return bool(name)


def _mail(order: Order) -> Mail:
    day = format_date(order.erasure_day, "long", locale=order.language)
    values = {
        "day": day,
        "reference": format_reference(order.reference),
        "document": order.document_title[order.language],
    }
    subject = _(
        "mail_erasure_subject",
        default="Your data will be erased on ${day}: order ${reference}",
    )
    line = _(
        "mail_erasure_line",
        default="On ${day} we erase for good what we hold on your order “${document}”: "
        "your details, your answers and the files.",
    )
    keep = _(
        "mail_erasure_keep",
        default="If you want to keep something, download it before. Follow the link and "
        "give your date of birth.",
    )
    return Mail(
        recipient=order.applicant["email"],
        language=order.language,
        subject=Message(subject, mapping=values),
        blocks=(
            Paragraph(Message(line, mapping=values)),
            Paragraph(keep),
            Link(
                _("mail_erasure_link", default="Download what we hold"),
                tracking_url(order),
            ),
        ),
        about=IUUID(order),
        service=order.service,
    )
