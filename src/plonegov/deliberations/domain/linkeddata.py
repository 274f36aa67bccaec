"""Decisions and sittings as linked data: terms of schema.org and of ELI, in JSON-LD 1.1.

https://schema.org/Legislation follows the European Legislation Identifier; where it has
no term of its own (the number of an act) ELI's stands beside it.
"""

from collections.abc import Mapping
from datetime import datetime
from plonegov.core.municipality.model import Municipality
from plonegov.deliberations.domain.opendata import scdl_values
from typing import Any

import json


CONTEXT: list[Any] = [
    "https://schema.org",
    {"eli": "http://data.europa.eu/eli/ontology#"},
]
#: What stands behind the site's address to name the town itself.
TOWN = "#town"


def organization(town: Municipality, site_url: str) -> dict[str, Any]:
    """Return the town, whose bodies decide."""
    return {
        "@type": "GovernmentOrganization",
        "@id": f"{site_url}{TOWN}",
        "name": _named(town.name, town),
        "url": site_url,
    }


def legislation(
    row: Mapping[str, Any],
    town: Municipality,
    site_url: str,
    decisions_url: str,
    *,
    sitting: bool = False,
) -> dict[str, Any]:
    """Return a decision, from the row of metadata that the open data are made of.

    :param decisions_url: the address below which the decisions stand.
    :param sitting: whether the public reads of the sitting in which it was taken.
    """
    values = scdl_values(row, town, decisions_url)
    found: dict[str, Any] = {
        "@type": ["Legislation", "eli:LegalResource"],
        "@id": values["DELIB_URL"],
        "url": values["DELIB_URL"],
        "name": values["DELIB_OBJET"],
        "inLanguage": town.legal_language,
        "legislationIdentifier": values["DELIB_ID"],
        "legislationDate": values["DELIB_DATE"],
        "legislationPassedBy": _body(row["body"], town, site_url),
        "legislationJurisdiction": {
            "@type": "AdministrativeArea",
            "name": _named(town.name, town),
        },
        "about": {
            "@type": "DefinedTerm",
            "termCode": values["DELIB_MATIERE_CODE"],
            "name": values["DELIB_MATIERE_NOM"],
        },
    }
    if row["registered"]:
        found["eli:number"] = f"{row['year']}/{row['registered']}"
    if row["outcome"]:
        found["creativeWorkStatus"] = row["outcome"]
    if sitting and row["meeting"]:
        found["recordedAt"] = {"@id": sitting_url(decisions_url, row["meeting"])}
    return found


def event(
    key: str,
    body: str,
    starts: datetime,
    place: str,
    town: Municipality,
    site_url: str,
    decisions_url: str,
    *,
    cancelled: bool = False,
) -> dict[str, Any]:
    """Return a sitting.

    :param key: of the meeting.
    :param body: its id.
    :param starts: aware.
    """
    url = sitting_url(decisions_url, key)
    status = "EventCancelled" if cancelled else "EventScheduled"
    organizer = _body(body, town, site_url)
    found: dict[str, Any] = {
        "@type": "Event",
        "@id": url,
        "url": url,
        "name": organizer["name"],
        "inLanguage": town.legal_language,
        "startDate": starts.isoformat(timespec="minutes"),
        "eventStatus": f"https://schema.org/{status}",
        "organizer": organizer,
    }
    if place:
        found["location"] = {"@type": "Place", "name": place, "address": place}
    return found


def sitting_url(decisions_url: str, key: str) -> str:
    """Return the address at which the public reads of a meeting."""
    return f"{decisions_url}/meeting/{key}"


def block(found: Mapping[str, Any]) -> str:
    """Return a thing as JSON-LD for the head of its page: no text of it ends or opens an
    element there."""
    text = json.dumps({"@context": CONTEXT, **found}, ensure_ascii=False)
    return text.replace("<", "\\u003c")


def _body(body: str, town: Municipality, site_url: str) -> dict[str, Any]:
    titles = {choice.id: choice.title for choice in town.bodies}
    return {
        "@type": "GovernmentOrganization",
        "name": _named(titles.get(body, {}), town) or body,
        "parentOrganization": {"@id": f"{site_url}{TOWN}"},
    }


def _named(texts: Mapping[str, str], town: Municipality) -> str:
    return texts.get(town.legal_language, "")
