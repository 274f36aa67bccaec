"""The receipt of an order, for who came to the desk or sent a paper.

It states what the law wants on it (FR: CRPA, articles L112-3 and R112-5; BE: law of
11-04-1994, article 2, 3°): service with address and telephone, date, who handles it,
and in France what silence means. The first part is in the town's legal language and
counts; one in the applicant's language follows where that is another.
"""

from dataclasses import dataclass
from datetime import date
from plonegov.core.money import format_money
from plonegov.core.money import Money
from plonegov.core.municipality.model import Municipality
from plonegov.core.pdf.qrcode import qr_code
from plonegov.core.pdf.wording import address_lines
from plonegov.core.pdf.wording import data_address
from plonegov.core.pdf.wording import day_in_words
from plonegov.core.pdf.wording import text_in
from plonegov.ordering.adapters.certificate import draw
from plonegov.ordering.adapters.certificate import words
from plonegov.ordering.domain.silence import Silence
from typing import Any


@dataclass(frozen=True)
class Part:
    """What a receipt says in one language: what happens next, and how it comes."""

    language: str
    document: str
    delivery: str
    steps: tuple[str, ...]


@dataclass(frozen=True)
class ReceiptFacts:
    """All that a receipt states.

    ``parts`` are one or two: the town's legal language, then the applicant's.
    ``issued`` is the day of receipt, ``link`` the tracking page with its secret,
    ``clerk`` who knows more, ``silence`` what it means when no answer comes (None: the
    country's law gives it no meaning).
    """

    municipality: Municipality
    title: str
    reference: str
    service: str
    issued: date
    due: date
    name: str
    clerk: str
    copies: int
    price: Money
    link: str
    parts: tuple[Part, ...]
    silence: Silence | None = None
    remedies: dict[str, str] | None = None
    emblem: bytes = b""
    specimen: bool = False


def render_receipt(facts: ReceiptFacts) -> bytes:
    """Return the receipt as PDF/UA-1."""
    return draw(
        facts,
        "receipt",
        sections=[_section(facts, part) for part in facts.parts],
        link=facts.link,
        code=data_address(qr_code(facts.link)),
    )


def _section(facts: ReceiptFacts, part: Part) -> dict[str, Any]:
    language = part.language
    found = words(language, facts.municipality.country)
    silence = facts.silence
    return {
        "language": language,
        "words": found,
        "rows": _rows(facts, part, found),
        "office": _office(facts, language, found),
        "steps": part.steps,
        "silence": silence
        and silence.text(language, day_in_words(silence.ends(facts.issued), language)),
        "remedies": silence and (facts.remedies or {}).get(language, ""),
    }


def _rows(
    facts: ReceiptFacts, part: Part, found: dict[str, str]
) -> list[tuple[str, str]]:
    language = part.language
    price = facts.price
    return [
        (found["letter_document"], part.document),
        (found["letter_copies"], str(facts.copies)),
        (found["receipt_name"], facts.name),
        (found["receipt_received"], day_in_words(facts.issued, language)),
        (found["receipt_due"], day_in_words(facts.due, language)),
        (found["receipt_delivery"], part.delivery),
        (
            found["receipt_price"],
            format_money(price, language) if price.amount else found["receipt_free"],
        ),
    ]


def _office(
    facts: ReceiptFacts, language: str, found: dict[str, str]
) -> list[tuple[str, str]]:
    """Return the service with what the town knows of how to reach it."""
    town, service = facts.municipality, facts.municipality.service(facts.service)
    own = service.address.street or service.address.locality
    lines = address_lines(
        service.address if own else town.address, town.country, language
    )
    rows = [
        (found["receipt_office"], text_in(service.title, language)),
        (found["receipt_contact"], facts.clerk),
        (found["receipt_address"], ", ".join(lines)),
        (found["phone"], service.contact.phone or town.contact.phone),
        (found["email"], service.contact.email or town.contact.email),
    ]
    return [(title, value) for title, value in rows if value]
