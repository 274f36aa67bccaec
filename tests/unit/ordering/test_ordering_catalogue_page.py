"""The reference page of the catalogue says what the catalogue's files say."""

from datetime import date
from pathlib import Path
from plonegov.core.law.dated import in_force
from plonegov.core.law.tomlfile import Source
from plonegov.ordering.domain import catalogue
from plonegov.ordering.domain.catalogue import CatalogueEntry
from plonegov.ordering.domain.model import Outcome
from plonegov.ordering.domain.model import Relation

import os


PAGE = Path(__file__).parents[3] / "docs" / "reference" / "catalogue.md"
COUNTRIES = {"BE": "Belgium", "FR": "France"}
HEAD = """# Catalogue of documents

What towns issue, pooled per country in `src/plonegov/ordering/catalogue/<country>/`. A
town's profile picks by id and sets its own price, ways of delivery, delay and service.
Prices are defaults per copy, delays are working days. Of each document the catalogue
holds the texts for citizens in four languages, the questions, what the clerk confirms and,
for a certificate, [what it certifies](../decisions/0005-a-certificates-wording-is-data.md).

A certificate is drawn up by the town; an attached document comes out of a register as it is
and is passed on unchanged with a covering letter. A source with a question mark is still
to be compared with the law by a jurist.
"""
#: The page says what holds from this day on.
DAY = date(2026, 11, 22)
SAID = {
    Outcome.ALLOWED: "yes",
    Outcome.PROOF_NEEDED: "with a proof",
    Outcome.REFUSED: "no",
}
COLUMNS = ("Id", "Title", "Kind", "Price", "Delay", "Who may order", "Sources")


def row(found: CatalogueEntry) -> str:
    """Return an entry's line of the table."""
    cells = (
        f"`{found.id}`",
        found.titles["fr"],
        str(found.kind),
        f"{found.price:f} {found.currency}",
        str(found.delay_days),
        ", ".join(who(found)),
        " ".join(link(*numbered) for numbered in enumerate(found.sources, 1)),
    )
    return f"| {' | '.join(cells)} |"


def who(found: CatalogueEntry) -> list[str]:
    """Return the relations with what the law says to them, in some case."""
    rules = in_force(found.entitlement, DAY)
    told: dict[str, dict[str, None]] = {}
    for rule in rules:
        for relation in rule.relations:
            told.setdefault(relation, {})[SAID[rule.outcome]] = None
    return [
        f"{relation}: {' or '.join(told[relation])}"
        for relation in Relation
        if relation in told
    ]


def link(number: int, source: Source) -> str:
    """Return a source as a numbered link."""
    return f"[{number}]({source.url}){'' if source.verified else '?'}"


def written() -> str:
    """Return the page as the catalogue's files have it."""
    parts = [HEAD]
    for country, name in COUNTRIES.items():
        ids = catalogue.document_ids(country)
        lines = [f"| {' | '.join(COLUMNS)} |", "|" + "---|" * len(COLUMNS)]
        lines += [row(catalogue.entry(country, document_id)) for document_id in ids]
        parts += [f"## {name}\n", "\n".join(lines) + "\n"]
    return "\n".join(parts)


def test_every_country_of_the_catalogue_is_on_the_page():
    folders = {
        path.name.upper() for path in catalogue.FOLDER.iterdir() if path.is_dir()
    }
    assert folders == set(COUNTRIES)


def test_the_page_says_what_the_catalogue_says():
    if os.environ.get("PLONEGOV_WRITE_DOCS"):
        PAGE.write_text(written(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == written(), (
        "write it anew with PLONEGOV_WRITE_DOCS=1"
    )
