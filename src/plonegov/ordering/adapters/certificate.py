"""The documents that the town draws up: certificates and the covering letter.

One page template makes every certificate, one the letter; what a certificate
certifies is data of its catalogue entry, the words around it stand in
``documents/words/<language>.toml``. The document is written in the town's legal
language whatever language a page is read in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from plonegov.core.municipality.model import Address
from plonegov.core.municipality.model import Municipality
from plonegov.core.pdf import letterhead
from plonegov.core.pdf.letterhead import Letterhead
from plonegov.core.pdf.letterhead import letterhead_words
from plonegov.core.pdf.sealplace import SealPlace
from plonegov.core.pdf.wording import address_lines
from plonegov.core.pdf.wording import date_in_words
from plonegov.ordering.adapters.wording import certified
from plonegov.ordering.domain.model import Finding
from typing import Any

import tomllib


DOCUMENTS = Path(__file__).parents[1] / "documents"


@dataclass(frozen=True)
class CertificateFacts:
    """All that a certificate states; nothing of it comes from a citizen's answers.

    ``title``, ``statement`` (what is certified) and ``legal_basis`` are texts in the
    town's legal language, ``values`` are what the clerk confirmed against the
    register: a value for each id in ``findings`` (text, ``date`` or ISO date, number,
    or a list of mappings column id to value). ``service`` is a service id of the
    town, ``emblem`` the town's emblem as SVG (empty: none), ``specimen`` says on the
    paper that it is worth nothing (a demonstration site), ``replaces`` that one handed
    over before under the same reference counts no more, ``seal`` what stands where it is
    sealed (None: room for the stamp and the signature).
    """

    municipality: Municipality
    title: str
    statement: str
    reference: str
    service: str
    issued: date
    findings: tuple[Finding, ...]
    values: Mapping[str, Any]
    legal_basis: str = ""
    emblem: bytes = b""
    specimen: bool = False
    replaces: bool = False
    seal: SealPlace | None = None


@dataclass(frozen=True)
class LetterFacts:
    """What the covering letter of an act says: to whom, which act, how many copies.

    ``title`` is the act's title in the town's legal language, ``name`` and ``address``
    the applicant's (without a street the letter has no address window).
    """

    municipality: Municipality
    title: str
    reference: str
    service: str
    issued: date
    name: str
    address: Address
    copies: int = 1
    emblem: bytes = b""
    specimen: bool = False


def render_certificate(facts: CertificateFacts) -> bytes:
    """Return the certificate as PDF/UA-1.

    :raises FindingMissing: a required finding has no value.
    :raises FindingUnknown: a value belongs to no finding of the document.
    """
    language = facts.municipality.legal_language
    rows, tables = certified(facts.findings, facts.values, language)
    return draw(
        facts,
        "certificate",
        statement=facts.statement,
        rows=rows,
        tables=tables,
        legal_basis=facts.legal_basis,
        replaces=facts.replaces,
        seal=facts.seal,
    )


def render_letter(facts: LetterFacts) -> bytes:
    """Return the covering letter of an attached act as PDF/UA-1."""
    town = facts.municipality
    lines = address_lines(facts.address, town.country, town.legal_language)
    recipient = [facts.name, *lines] if facts.address.street else []
    return draw(facts, "letter", recipient=recipient, copies=facts.copies)


def draw(facts: Any, template: str, **values) -> bytes:
    """Return the PDF/UA-1 of one of the templates, in the town's legal language.

    :param facts: with ``municipality``, ``title``, ``reference``, ``service``,
        ``issued``, ``emblem`` and ``specimen``, as in ``CertificateFacts``.
    """
    town = facts.municipality
    said = words(town.legal_language, town.country)
    head = Letterhead(
        municipality=town,
        title=facts.title,
        running=f"{said['reference']}{said['colon']} {facts.reference}",
        service=facts.service,
        emblem=facts.emblem,
        specimen=facts.specimen,
    )
    return letterhead.draw(
        DOCUMENTS,
        template,
        head,
        said,
        place=town.address.locality or letterhead.town_name(town),
        issued=date_in_words(facts.issued, town.legal_language),
        reference=facts.reference,
        **values,
    )


@cache
def words(language: str, country: str) -> dict[str, str]:
    """Return the words of the documents in a language, as a country says them.

    :param language: one of ``core.languages.LANGUAGES``.
    :param country: ISO 3166-1 alpha-2 (see ``core.pdf.letterhead``).
    """
    text = (DOCUMENTS / "words" / f"{language}.toml").read_text(encoding="utf-8")
    found = tomllib.loads(text)
    return letterhead_words(language, country) | found["words"]
