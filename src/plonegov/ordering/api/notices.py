"""The mails that tell a citizen where an order is.

The first one carries no text that was typed, since the address is not proved to be
the applicant's. No mail holds a document; the link leads to the tracking page.
"""

from babel.dates import format_date
from datetime import date
from plone.uuid.interfaces import IUUID
from plonegov.core.api import municipality
from plonegov.core.mail.model import Facts
from plonegov.core.mail.model import File
from plonegov.core.mail.model import Link
from plonegov.core.mail.model import Mail
from plonegov.core.mail.model import Paragraph
from plonegov.core.mail.model import Steps
from plonegov.core.mail.outbox import queue
from plonegov.core.municipality.model import MEGABYTE
from plonegov.ordering import _
from plonegov.ordering.api import confirming
from plonegov.ordering.api import seals
from plonegov.ordering.api.handingout import handed_out
from plonegov.ordering.api.links import tracking_url
from plonegov.ordering.api.misuse import is_blocked
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.identity import ELECTRONIC
from plonegov.ordering.domain.model import Delivery
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

#: The largest sum of files, in bytes, that goes into a mail; more is fetched.
LARGEST = 5 * MEGABYTE

ATTACHED = _(
    "mail_document_attached",
    default="Here is the document that you ordered, as a file of this mail.",
)
TO_FETCH = _(
    "mail_document_to_fetch",
    default="The document that you ordered can be downloaded now, on the page of your "
    "order.",
)
SEALED = _(
    "document_sealed",
    default="It bears the electronic seal of the town. Send the file on as it is: who "
    "receives it can check it.",
)
SEALED_OVER = _(
    "mail_sealed_over",
    default="The sealed document that you received counts no more. Please don't use it "
    "any more.",
)
CHECK = _("link_check_sealed", default="Check the sealed document")
CONFIRM_FIRST = _(
    "step_confirm",
    default="You open the link in our mail and confirm that the address is yours.",
)

#: What comes last, by the way in which a document comes.
LAST_STEPS: dict[str, Message] = {
    "counter": _(
        "step_fetch_identity",
        default="You fetch the document at the counter, with your identity document.",
    ),
    "post": _("step_post", default="We post the document to your address."),
    "email": _("step_email", default="We mail you the document."),
    "download": _(
        "step_download", default="You download it on the page of your order."
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
        *_confirmation(order),
        _facts(order),
        Steps(next_steps(order)),
    )


def _confirmation(order: Order) -> tuple[Any, ...]:
    """Return what a mail says to who has not confirmed the address yet."""
    if not order.unconfirmed:
        return ()
    return (
        Paragraph(
            _(
                "mail_confirm_line",
                default="Please confirm that this is your mail address: open the page "
                "and press the button.",
            )
        ),
        Link(
            _("mail_confirm_link", default="Confirm my order"),
            confirming.confirm_url(order),
        ),
        Paragraph(
            _(
                "mail_not_me_line",
                default="You did not order anything? Tell us, and nobody can order "
                "with this address for 30 days.",
            )
        ),
        Link(
            _("mail_not_me_link", default="That was not me"),
            confirming.not_me_url(order),
        ),
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
    files = ()
    if transition == "hand_over" and order.delivery in ELECTRONIC:
        line, files = _electronic(order)
        blocks = [Paragraph(line), *_sealed(order)]
    _send(order, subject, *blocks, files=files)


def _electronic(order: Order) -> tuple[Message, tuple[File, ...]]:
    """Return what the mail with a document says, and the files that come with it."""
    files = tuple(
        File(blob.filename, blob.contentType, blob.data) for blob in handed_out(order)
    )
    if order.delivery == Delivery.EMAIL and sum(len(file.data) for file in files) <= (
        LARGEST
    ):
        return ATTACHED, files
    return TO_FETCH, ()


def _sealed(order: Order) -> tuple[Any, ...]:
    """Return what the mail with a sealed document says of the seal."""
    url = seals.check_url(order)
    return (Paragraph(SEALED), Link(CHECK, url)) if url else ()


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
    _send(order, subject, Paragraph(line), *_confirmation(order), Paragraph(unasked))


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
    first = (CONFIRM_FIRST,) if order.unconfirmed else ()
    return (
        *first,
        _("step_check", default="A clerk checks your order against the register."),
        _("step_due", default="The document is ready by ${day}.", mapping={"day": day}),
        LAST_STEPS[order.delivery],
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


def _send(
    order: Order, subject: Message, *blocks: Any, files: tuple[File, ...] = ()
) -> None:
    recipient = order.applicant["email"]
    if not recipient or order.disowned or is_blocked(recipient):
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
            files=files,
        )
    )
