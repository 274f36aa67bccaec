"""Mails to services whose advice is due soon; each advice is told of once."""

from babel.dates import format_date
from collections.abc import Iterator
from datetime import date
from plonegov.core.api import municipality
from plonegov.core.api import town_today
from plonegov.core.mail.errors import MailAddressInvalid
from plonegov.core.mail.model import Link
from plonegov.core.mail.model import Mail
from plonegov.core.mail.model import Paragraph
from plonegov.core.mail.outbox import queue
from plonegov.core.municipality.roles import held_in
from plonegov.core.municipality.roles import members_of
from plonegov.deliberations import _
from plonegov.deliberations import logger
from plonegov.deliberations.adapters.roles import ADVISING
from plonegov.deliberations.api import law
from plonegov.deliberations.api import store
from plonegov.deliberations.content.advice import Advice
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.domain.states import AdviceState


def due_items() -> list[str]:
    """Return the keys of the items on which an advice is due by the next working day;
    none is woken."""
    services = [service.id for service in municipality().services]
    latest = _soon().isoformat()
    rows = store.rows({"kind": "item", "awaited": services}).rows
    return [
        row["key"] for row in rows if row["advice_due"] and row["advice_due"] <= latest
    ]


def alert(keys: list[str]) -> int:
    """Owe the mails on the advices that are due, and keep that it was told; return how
    many advices there were."""
    told = 0
    for key in keys:
        item = store.item(key)
        for advice in _untold(item):
            for recipient, language in _advisers(advice.adviser):
                _owe(item, advice, recipient, language)
            advice.told = town_today()
            told += 1
    return told


def untold(keys: list[str]) -> list[str]:
    """Return the keys of those items on which there is something to tell."""
    return [key for key in keys if any(_untold(store.item(key)))]


def _soon() -> date:
    return law.calendar().add(town_today(), 1)


def _untold(item: Item) -> Iterator[Advice]:
    for part in item.parts.values():
        if not isinstance(part, Advice) or part.state != AdviceState.ASKED:
            continue
        if part.due and part.due <= _soon() and part.told is None:
            yield part


def _advisers(service: str) -> Iterator[tuple[str, str]]:
    """Yield address and language of who may give the advice of a service."""
    town = municipality()
    for user in members_of(service):
        email = user.getProperty("email", "")
        if not email or not set(held_in(user.getId(), service)) & set(ADVISING):
            continue
        language = user.getProperty("language", "")
        known = language in town.interface_languages
        yield email, language if known else town.legal_language


def _owe(item: Item, advice: Advice, recipient: str, language: str) -> None:
    """Owe one mail; it names no title: the item may belong to the closed session."""
    day = format_date(advice.due, "full", locale=language)
    text = _(
        "alert_advice_text",
        default="Your service was asked for its advice on an item. It is due on ${day}.",
        mapping={"day": day},
    )
    base = municipality().site_url.rstrip("/")
    url = f"{base}/{store.DELIBERATIONS_ID}/{item.getId()}"
    link = (Link(_("alert_advice_link", default="Open the item"), url),) if base else ()
    mail = Mail(
        recipient=recipient,
        language=language,
        subject=_("alert_advice_subject", default="An advice is due soon"),
        blocks=(Paragraph(text), *link),
        about=item.UID(),
    )
    try:
        queue(mail)
    except MailAddressInvalid:
        logger.warning("An account of %s has no address that works.", advice.adviser)
