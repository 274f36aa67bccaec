"""The receipt of an order, from what stands on the order."""

from plone import api
from plonegov.core.api import municipality
from plonegov.core.errors import RecordNotFound
from plonegov.core.money import money
from plonegov.core.municipality.facts import settings
from plonegov.core.records.events import entries
from plonegov.core.theme.emblem import emblem
from plonegov.ordering.adapters.certificate import words
from plonegov.ordering.adapters.receipt import Part
from plonegov.ordering.adapters.receipt import ReceiptFacts
from plonegov.ordering.adapters.receipt import render_receipt
from plonegov.ordering.api.links import tracking_url
from plonegov.ordering.api.notices import next_steps
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.model import Channel
from plonegov.ordering.domain.reference import format_reference
from plonegov.ordering.domain.remedies import remedies
from plonegov.ordering.domain.silence import silence
from zope.i18n import translate
from zope.i18nmessageid import Message


#: Orders whose applicant was given no page with the link: the clerk prints it.
PRINTED = (Channel.DESK, Channel.PAPER)


def has_receipt(order: Order) -> bool:
    """Whether a receipt can be printed: a clerk entered it, and it is about somebody
    still."""
    return order.channel in PRINTED and not order.anonymised


def receipt(order: Order, delivery: Message) -> bytes:
    """Return the receipt of an order as PDF/UA-1.

    :param delivery: the order's way of delivery in words.
    :raises RecordNotFound: the order has none (see ``has_receipt``).
    """
    if not has_receipt(order):
        raise RecordNotFound()
    town = municipality()
    meaning = silence(town.country)
    languages = dict.fromkeys((town.legal_language, order.language))
    return render_receipt(
        ReceiptFacts(
            municipality=town,
            title=words(town.legal_language, town.country)["receipt_title"],
            reference=format_reference(order.reference),
            service=order.service,
            issued=town_today(order.placed),
            due=order.due,
            name=order.applicant_name,
            clerk=_clerk(order),
            copies=order.copies,
            price=money(order.price, order.currency),
            link=tracking_url(order),
            parts=tuple(_part(order, language, delivery) for language in languages),
            silence=meaning,
            remedies=dict(remedies(town.country).texts) if meaning else None,
            emblem=emblem().encode(),
            specimen=bool(settings().demo),
        )
    )


def _part(order: Order, language: str, delivery: Message) -> Part:
    def say(text: Message) -> str:
        return translate(text, target_language=language)

    return Part(
        language=language,
        document=order.document_title[language],
        delivery=say(delivery),
        steps=tuple(map(say, next_steps(order, language))),
    )


def _clerk(order: Order) -> str:
    """Return the name of who handles the order, else of who entered it."""
    entered = [entry.who for entry in entries(order) if entry.action == "placed"]
    user = api.user.get(order.assigned or entered[0])
    return user.getProperty("fullname", "") if user else ""
