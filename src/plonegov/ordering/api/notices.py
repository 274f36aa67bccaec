"""The mails that tell a citizen where an order is.

The first one carries no text that was typed, since the address is not proved to be
the applicant's. No mail holds a document; the link leads to the tracking page.
"""

from babel.dates import format_date
from datetime import date
from plone.uuid.interfaces import IUUID
from plonegov.core.api import municipality
from plonegov.core.mail.model import Facts
from plonegov.core.mail.model import Link
from plonegov.core.mail.model import Mail
from plonegov.core.mail.model import Paragraph
from plonegov.core.mail.model import Steps
from plonegov.core.mail.outbox import queue
from plonegov.ordering import _
from plonegov.ordering.api.links import tracking_url
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.reference import format_reference
from plonegov.ordering.domain.remedies import remedies
from plonegov.ordering.domain.states import ENDS
from plonegov.ordering.domain.waiting import Wait
from typing import Any
from zope.i18nmessageid import Message


#: Subject and first line of the mail after a transition; others tell nothing.
CHANGES: dict[str, tuple[Message, Message]] = {
    "ask": (
        _("mail_ask_subject", default="We need something from you: order ${reference}"),
        _(
            "mail_ask_line",
            default="To go on with your order we need an answer from you.",
        ),
    ),
    "make_ready": (
        _("mail_ready_subject", default="Your document is ready: order ${reference}"),
        _("mail_ready_line", default="The document that you ordered is ready."),
    ),
    "hand_over": (
        _("mail_delivered_subject", default="Delivered: order ${reference}"),
        _("mail_delivered_line", default="Your document was posted or handed over."),
    ),
    "reject": (
        _("mail_reject_subject", default="We can't issue it: order ${reference}"),
        _(
            "mail_reject_line",
            default="We can't issue the document that you ordered. Here is why.",
        ),
    ),
    "withdraw": (
        _("mail_withdraw_subject", default="Withdrawn: order ${reference}"),
        _("mail_withdraw_line", default="The order was withdrawn."),
    ),
    "expire": (
        _("mail_expire_subject", default="Closed: order ${reference}"),
        _(
            "mail_expire_line",
            default="The order was closed because nobody answered or fetched it.",
        ),
    ),
    "reopen": (
        _("mail_reopen_subject", default="We are working on it again: ${reference}"),
        _("mail_reopen_line", default="We took up your order again."),
    ),
}

#: Subject and first line of the one reminder while the town waits.
REMINDERS: dict[Wait, tuple[Message, Message]] = {
    Wait.ANSWER: (
        _("mail_remind_answer_subject", default="We still wait: order ${reference}"),
        _(
            "mail_remind_answer_line",
            default="We asked you a question about your order and have no answer yet.",
        ),
    ),
    Wait.FETCH: (
        _(
            "mail_remind_fetch_subject",
            default="Your document waits for you: order ${reference}",
        ),
        _(
            "mail_remind_fetch_line",
            default="Your document is ready and waits for you at the counter.",
        ),
    ),
}

FOLLOW = _("mail_follow_link", default="Follow your order")


def acknowledge(order: Order) -> None:
    """Queue the receipt of a new order, where there is an address."""
    subject = _("mail_placed_subject", default="We received your order ${reference}")
    _send(
        order,
        subject,
        Paragraph(
            _("mail_placed_line", default="We received your order of a document.")
        ),
        _facts(order),
        Steps(next_steps(order)),
    )


def tell_change(order: Order, transition: str, data: dict[str, Any]) -> None:
    """Queue the mail that a transition calls for, if any."""
    if transition not in CHANGES:
        return
    subject, line = CHANGES[transition]
    blocks: list[Any] = [Paragraph(line)]
    blocks += [
        Paragraph(data[name]) for name in ("text", "motive", "law") if name in data
    ]
    if transition == "reject":
        known = remedies(municipality().country)
        blocks.append(Paragraph(known.texts[order.language]))
    if order.state not in ENDS:
        blocks.append(_facts(order))
    _send(order, subject, *blocks)


def send_link(order: Order) -> None:
    """Queue the order's current link, where there is an address."""
    subject = _("mail_link_subject", default="Your new link: order ${reference}")
    line = _(
        "mail_link_line",
        default="Here is a new link to your order. The link you had before no longer "
        "works.",
    )
    unasked = _(
        "mail_link_unasked",
        default="You did not ask for it? Then somebody typed your reference. You need "
        "do nothing; nobody but you got this link.",
    )
    _send(order, subject, Paragraph(line), Paragraph(unasked))


def remind(order: Order, wait: Wait, last: date) -> None:
    """Queue the reminder that the town waits, where there is an address.

    :param last: the last day on which the citizen may act.
    """
    subject, line = REMINDERS[wait]
    day = format_date(last, "full", locale=order.language)
    until = _(
        "mail_remind_until",
        default="We wait until ${day}. After that we close the order; you can order "
        "again.",
        mapping={"day": day},
    )
    _send(order, subject, Paragraph(line), Paragraph(until), _facts(order))


def next_steps(order: Order, language: str = "") -> tuple[Message, ...]:
    """Return what happens next and when, in words, for a new order.

    :param language: of the dates; that of the correspondence unless told.
    """
    day = format_date(order.due, "full", locale=language or order.language)
    last = (
        _("step_fetch", default="You fetch the document at the counter.")
        if order.delivery == "counter"
        else _("step_post", default="We post the document to your address.")
    )
    return (
        _("step_check", default="A clerk checks your order against the register."),
        _("step_due", default="The document is ready by ${day}.", mapping={"day": day}),
        last,
    )


def _facts(order: Order) -> Facts:
    title = order.document_title[order.language]
    day = format_date(order.due, "full", locale=order.language)
    return Facts(
        (
            (_("fact_document", default="Document"), title),
            (
                _("fact_reference", default="Reference"),
                format_reference(order.reference),
            ),
            (_("fact_due", default="Promised for"), day),
        )
    )


def _send(order: Order, subject: Message, *blocks: Any) -> None:
    recipient = order.applicant["email"]
    if not recipient:
        return
    values = {"reference": format_reference(order.reference)}
    queue(
        Mail(
            recipient=recipient,
            language=order.language,
            subject=Message(subject, mapping=values),
            blocks=(*blocks, Link(FOLLOW, tracking_url(order))),
            about=IUUID(order),
            service=order.service,
        )
    )
