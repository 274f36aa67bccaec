"""The texts that a country's rules share: proofs, laws and reasons, by id."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from plonegov.ordering.domain.model import EntitlementRule
from plonegov.ordering.domain.tomlfile import Table
from typing import Any


FOLDER = Path(__file__).parent.parent / "catalogue"

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Law:
    """Where a rule stands; ``verified`` False: to be compared with the law."""

    titles: Texts
    url: str
    verified: bool


@dataclass(frozen=True)
class Pool:
    """The shared texts of a country, each in every language."""

    proofs: Mapping[str, Texts]
    laws: Mapping[str, Law]
    reasons: Mapping[str, Texts]


@cache
def pool_of(country: str, folder: Path = FOLDER) -> Pool:
    """Return a country's shared texts.

    :param country: ISO 3166-1 alpha-2.
    :raises CatalogueError: its file is wrong.
    """
    table = Table.of_file(folder / f"{country.lower()}.toml").table("entitlement")
    table.only(("proofs", "laws", "reasons"))
    return Pool(
        proofs=table.mapping("proofs", Table.texts),
        laws=table.mapping("laws", _law),
        reasons=table.mapping("reasons", Table.texts),
    )


def told(rule: EntitlementRule, country: str) -> dict[str, Any]:
    """Return what a rule says with all its texts, as JSON types; an order keeps it."""
    pool = pool_of(country)
    law = pool.laws[rule.law]
    return {
        "verdict": str(rule.outcome),
        "reason": {"id": rule.reason, "text": dict(pool.reasons[rule.reason])},
        "proofs": [
            {"id": proof, "title": dict(pool.proofs[proof])} for proof in rule.proofs
        ],
        "law": {
            "id": rule.law,
            "title": dict(law.titles),
            "url": law.url,
            "verified": law.verified,
        },
        "valid_from": rule.valid_from.isoformat(),
        "valid_until": rule.valid_until.isoformat() if rule.valid_until else None,
    }


def _law(table: Table, key: str) -> Law:
    inner = table.table(key)
    inner.only(("titles", "url", "verified"))
    return Law(inner.texts("titles"), inner.text("url"), inner.flag("verified"))
