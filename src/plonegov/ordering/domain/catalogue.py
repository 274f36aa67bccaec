"""The pooled catalogue of documents that can be ordered, one TOML file for each.

``ordering/catalogue/<country>/<id>.toml`` and, beside it, the document's questions in
``questions/<id>.xml``. A town's profile picks by id and overrides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.law.dated import in_force
from plonegov.core.law.tomlfile import Source
from plonegov.core.law.tomlfile import Table
from plonegov.core.municipality.model import DocumentChoice
from plonegov.ordering.domain.errors import DocumentUnknown
from plonegov.ordering.domain.model import Delivery
from plonegov.ordering.domain.model import DocumentTerms
from plonegov.ordering.domain.model import EntitlementRule
from plonegov.ordering.domain.model import Finding
from plonegov.ordering.domain.model import FindingType
from plonegov.ordering.domain.model import Kind
from plonegov.ordering.domain.pool import FOLDER
from plonegov.ordering.domain.ruletable import read_rules
from plonegov.ordering.domain.ruletable import rule_from_plain
from plonegov.ordering.domain.ruletable import rule_to_plain
from typing import Any

import re


ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII)
FINDING_ID = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)

#: Texts of an entry, each in every language.
TEXTS = (
    "titles",
    "summaries",
    "entitled",
    "needed",
    "legal_basis",
    "purpose",
    "processing_basis",
    "retention_reason",
)


class LanguageRule(StrEnum):
    """In which language the document is drawn up."""

    LEGAL_LANGUAGE = "legal_language"


@dataclass(frozen=True)
class CatalogueEntry:
    """A document as the pooled catalogue knows it.

    Texts stand in every language: ``summaries`` what one gets, ``entitled`` who may
    ask, ``needed`` what one needs, ``purpose``, ``processing_basis`` and
    ``retention_reason`` for the privacy notice, ``free_titles`` the name of the
    service at ``free_url`` that gives the document free of charge (both empty: none).
    ``statement`` is what a certificate certifies, before the table of its findings
    (empty for an attached act). ``questions`` is the XML of the form's model.
    ``entitlement`` are the rules of all times; see ``DocumentTerms`` for the rest.
    """

    id: str
    kind: Kind
    identity: AssuranceLevel
    deceased_allowed: bool
    subject_deceased: bool
    act_date: str
    entitlement: tuple[EntitlementRule, ...]
    currency: str
    price: Decimal
    delivery_prices: Mapping[Delivery, Decimal]
    max_copies: int
    delay_days: int
    validity_months: int
    retention_days: int
    language_rule: LanguageRule
    titles: Mapping[str, str]
    summaries: Mapping[str, str]
    entitled: Mapping[str, str]
    needed: Mapping[str, str]
    legal_basis: Mapping[str, str]
    purpose: Mapping[str, str]
    processing_basis: Mapping[str, str]
    retention_reason: Mapping[str, str]
    statement: Mapping[str, str]
    free_url: str
    free_titles: Mapping[str, str]
    findings: tuple[Finding, ...]
    sources: tuple[Source, ...]
    questions: str


def document_ids(country: str, folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the ids of a country's documents, sorted.

    :param country: ISO 3166-1 alpha-2; one without a catalogue has none.
    """
    files = (folder / country.lower()).glob("*.toml")
    return tuple(sorted(file.stem for file in files if ID.fullmatch(file.stem)))


def entry(country: str, document_id: str, folder: Path = FOLDER) -> CatalogueEntry:
    """Return a document of a country's catalogue.

    :raises DocumentUnknown: the country's catalogue has no such document.
    :raises LawFileError: its file is wrong.
    """
    if document_id not in document_ids(country, folder):
        raise DocumentUnknown(document=document_id)
    return read_entry(folder / country.lower() / f"{document_id}.toml")


def read_entry(file: Path) -> CatalogueEntry:
    """Return the entry of a file.

    :raises LawFileError: file, key and what is allowed there.
    """
    table = Table.of_file(file)
    known = {field.name for field in fields(CatalogueEntry)}
    table.only(
        known - {"id", "questions", "free_url", "free_titles"} | {"free_elsewhere"}
    )
    free_url, free_titles = _free_elsewhere(table)
    return CatalogueEntry(
        id=file.stem,
        kind=table.choice("kind", Kind),
        identity=table.choice("identity", AssuranceLevel),
        deceased_allowed=table.flag("deceased_allowed"),
        subject_deceased=table.flag("subject_deceased", False),
        act_date=table.text("act_date", ""),
        entitlement=read_rules(table),
        currency=table.text("currency"),
        price=table.amount("price"),
        delivery_prices=_delivery_prices(table),
        max_copies=table.count("max_copies"),
        delay_days=table.count("delay_days"),
        validity_months=table.count("validity_months"),
        retention_days=table.count("retention_days"),
        language_rule=table.choice("language_rule", LanguageRule),
        **{name: table.texts(name) for name in TEXTS},
        statement=_statement(table),
        free_url=free_url,
        free_titles=free_titles,
        findings=tuple(map(_finding, table.tables("findings"))),
        sources=table.sources(),
        questions=_questions(table),
    )


def values(entry: CatalogueEntry, choice: DocumentChoice) -> dict[str, Any]:
    """Return an entry with the town's overrides as plain values (JSON types), by the
    names of the attributes of the site's document."""
    prices = {str(way): f"{price:f}" for way, price in entry.delivery_prices.items()}
    plain = {name: dict(getattr(entry, name)) for name in TEXTS}
    return plain | {
        "kind": str(entry.kind),
        "identity": str(entry.identity),
        "deceased_allowed": entry.deceased_allowed,
        "subject_deceased": entry.subject_deceased,
        "act_date": entry.act_date,
        "entitlement": [rule_to_plain(rule) for rule in entry.entitlement],
        "price": choice.price if choice.price is not None else f"{entry.price:f}",
        "delivery_prices": prices | choice.delivery_prices,
        "max_copies": entry.max_copies,
        "delay_days": (
            choice.delay_days if choice.delay_days is not None else entry.delay_days
        ),
        "validity_months": entry.validity_months,
        "retention_days": entry.retention_days,
        "language_rule": str(entry.language_rule),
        "service": choice.service,
        "statement": dict(entry.statement),
        "free_url": entry.free_url,
        "free_titles": dict(entry.free_titles),
        "findings": [finding_to_plain(finding) for finding in entry.findings],
    }


def terms_from(
    document_id: str, plain: Mapping[str, Any], currency: str, country: str, day: date
) -> DocumentTerms:
    """Return the terms of a document from its plain values (see ``values``).

    :param day: the day on which somebody asks: other rules may hold on another.
    """
    prices = plain["delivery_prices"].items()
    return DocumentTerms(
        id=document_id,
        kind=Kind(plain["kind"]),
        title=dict(plain["titles"]),
        identity=AssuranceLevel(plain["identity"]),
        price=Decimal(plain["price"]),
        delivery_prices={Delivery(way): Decimal(price) for way, price in prices},
        currency=currency,
        delay_days=plain["delay_days"],
        service=plain["service"],
        findings=tuple(map(finding_from_plain, plain["findings"])),
        max_copies=plain["max_copies"],
        deceased_allowed=plain["deceased_allowed"],
        validity_months=plain["validity_months"],
        retention_days=plain["retention_days"],
        country=country,
        entitlement=in_force(map(rule_from_plain, plain["entitlement"]), day),
        act_date=plain["act_date"],
        subject_deceased=plain["subject_deceased"],
    )


def finding_to_plain(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON types; an order keeps this with its values."""
    return {
        "id": finding.id,
        "type": str(finding.type),
        "title": dict(finding.title),
        "question": finding.question,
        "required": finding.required,
        "columns": {name: dict(title) for name, title in finding.columns.items()},
    }


def finding_from_plain(plain: Mapping[str, Any]) -> Finding:
    """Return the finding that ``finding_to_plain`` gave."""
    return Finding(**{**plain, "type": FindingType(plain["type"])})


def _statement(table: Table) -> dict[str, str]:
    """Return what a certificate certifies; an act of a register states nothing of ours."""
    if table.choice("kind", Kind) is Kind.CERTIFICATE:
        return table.texts("statement")
    if "statement" in table.data:
        raise table.error("statement", 'nothing, for the kind "attached"')
    return {}


def _free_elsewhere(table: Table) -> tuple[str, dict[str, str]]:
    if "free_elsewhere" not in table.data:
        return "", {}
    free = table.table("free_elsewhere")
    free.only(("url", "titles"))
    return free.text("url"), free.texts("titles")


def _delivery_prices(table: Table) -> dict[Delivery, Decimal]:
    prices = table.mapping("delivery_prices", Table.amount)
    if not prices or not prices.keys() <= set(Delivery):
        raise table.error("delivery_prices", f"some of {', '.join(Delivery)}")
    return {Delivery(way): price for way, price in prices.items()}


def _finding(table: Table) -> Finding:
    table.only(("id", "type", "title", "question", "required", "columns"))
    kind = table.choice("type", FindingType)
    if not FINDING_ID.fullmatch(table.text("id")):
        raise table.error("id", "small letters, digits and underscores")
    if (kind is FindingType.ROWS) != ("columns" in table.data):
        raise table.error("columns", 'titles of columns, for the type "rows" only')
    columns = table.mapping("columns", Table.texts) if "columns" in table.data else {}
    return Finding(
        id=table.text("id"),
        type=kind,
        title=table.texts("title"),
        question=table.text("question", ""),
        required=table.flag("required", True),
        columns=columns,
    )


def _questions(table: Table) -> str:
    file = table.file.parent / "questions" / f"{table.file.stem}.xml"
    if not file.is_file():
        raise table.error("questions", f"a file {file.parent.name}/{file.name}")
    return file.read_text(encoding="utf-8")
