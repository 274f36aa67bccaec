"""The texts that a country's rules share: proofs, laws and reasons, by id."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from plonegov.core.law.laws import Law
from plonegov.core.law.laws import law_of
from plonegov.core.law.laws import law_told
from plonegov.core.law.laws import Texts
from plonegov.core.law.tomlfile import Table
from plonegov.ordering.domain.model import EntitlementRule
from typing import Any


FOLDER = Path(__file__).parent.parent / "catalogue"


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
    :raises LawFileError: its file is wrong.
    """
    table = Table.of_file(folder / f"{country.lower()}.toml").table("entitlement")
    table.only(("proofs", "laws", "reasons"))
    return Pool(
        proofs=table.mapping("proofs", Table.texts),
        laws=table.mapping("laws", law_of),
        reasons=table.mapping("reasons", Table.texts),
    )


def told(rule: EntitlementRule, country: str) -> dict[str, Any]:
    """Return what a rule says with all its texts, as JSON types; an order keeps it."""
    pool = pool_of(country)
    return {
        "verdict": str(rule.outcome),
        "reason": {"id": rule.reason, "text": dict(pool.reasons[rule.reason])},
        "proofs": [
            {"id": proof, "title": dict(pool.proofs[proof])} for proof in rule.proofs
        ],
        "law": law_told(rule.law, pool.laws[rule.law]),
        "valid_from": rule.valid_from.isoformat(),
        "valid_until": rule.valid_until.isoformat() if rule.valid_until else None,
    }
