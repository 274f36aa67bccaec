"""A decision as a row of the open data of deliberations (SCDL 2.1.4)."""

from collections.abc import Mapping
from datetime import date
from plonegov.core.municipality.model import Municipality
from plonegov.deliberations.domain.categories import categories
from plonegov.deliberations.domain.publishing import prefecture_of
from plonegov.deliberations.domain.publishing import reference
from typing import Any


#: The matter of what has no category: other fields of competence of municipalities.
OTHER_MATTER = "9.1"
OTHER_NAME = "autres domaines de competences des communes"

#: What an imported decision keeps of the open data that it came from.
KEPT = (
    "DELIB_ID",
    "DELIB_MATIERE_CODE",
    "BUDGET_ANNEE",
    "BUDGET_NOM",
    "PREF_ID",
    "PREF_DATE",
)


def scdl_values(
    row: Mapping[str, Any], town: Municipality, decisions_url: str
) -> dict[str, object]:
    """Return the values of a decision by column, from its row of metadata.

    One that was imported keeps what it was called and sent as before.

    The vote's columns stay empty where nobody voted, those of the prefecture where the
    decision was not sent there; a town without SIRET leaves that column empty.

    :param decisions_url: the address below which the decisions stand.
    """
    legal = town.legal_language
    category = categories().get(row["subject"])
    registered = (row["year"], row["registered"]) if row["registered"] else ()
    return {
        "COLL_NOM": town.name.get(legal, ""),
        "COLL_SIRET": _siret(town),
        "DELIB_ID": reference(row["body"], registered, row["key"]),
        "DELIB_DATE": _iso(row["day"]),
        "DELIB_MATIERE_CODE": category.code if category else OTHER_MATTER,
        "DELIB_MATIERE_NOM": category.titles[legal] if category else OTHER_NAME,
        "DELIB_OBJET": row["title"],
        **_control(row, town),
        **_votes(row),
        **{name: row["imported"][name] for name in KEPT if name in row["imported"]},
        "DELIB_URL": f"{decisions_url}/{row['key']}",
    }


def _siret(town: Municipality) -> str:
    """Return the digits of a French town's number; no other country has a SIRET."""
    if town.country != "FR":
        return ""
    return "".join(filter(str.isdigit, town.enterprise_number))


def _control(row: Mapping[str, Any], town: Municipality) -> dict[str, object]:
    if not row["controlled"]:
        return {}
    return {
        "PREF_ID": prefecture_of(town.country, town.official_code),
        "PREF_DATE": _iso(row["controlled"]),
    }


def _votes(row: Mapping[str, Any]) -> dict[str, object]:
    if not row["voters"]:
        return {}
    return {
        "VOTE_EFFECTIF": row["members"],
        "VOTE_REEL": row["voters"],
        "VOTE_POUR": row["in_favour"],
        "VOTE_CONTRE": row["against"],
        "VOTE_ABSTENTION": row["abstained"],
    }


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
