"""Decisions and sittings as linked data (schema.org, ELI)."""

from datetime import datetime
from plonegov.core.municipality.example import FACTS
from plonegov.core.municipality.profile import build
from plonegov.deliberations.domain.linkeddata import block
from plonegov.deliberations.domain.linkeddata import event
from plonegov.deliberations.domain.linkeddata import legislation
from plonegov.deliberations.domain.linkeddata import organization

import dataclasses
import json
import pytest


@dataclasses.dataclass(frozen=True)
class Choice:
    id: str
    title: dict[str, str]


TOWN = dataclasses.replace(
    build(FACTS), bodies=(Choice("council", {"fr": "Conseil communal"}),)
)
SITE = "https://ville.example"
DECISIONS = f"{SITE}/decisions"
ROW = {
    "key": "0123456789",
    "body": "council",
    "year": 2026,
    "registered": 12,
    "day": 739_000,
    "subject": "roads",
    "title": "Réfection",
    "outcome": "accepted",
    "meeting": "MMMMMMMMMM",
    "controlled": 0,
    "members": 7,
    "voters": 0,
    "imported": {},
}


def decision(sitting=True, **values):
    return legislation({**ROW, **values}, TOWN, SITE, DECISIONS, sitting=sitting)


def test_a_decision_says_what_it_is_by_whom_and_when():
    found = decision()
    assert found["@type"] == ["Legislation", "eli:LegalResource"]
    assert found["@id"] == found["url"] == f"{DECISIONS}/0123456789"
    assert found["name"] == "Réfection"
    assert found["inLanguage"] == "fr"
    assert found["legislationIdentifier"] == "council-2026-12"
    assert found["legislationDate"] == "2024-04-24"
    assert found["eli:number"] == "2026/12"
    assert found["creativeWorkStatus"] == "accepted"
    assert found["legislationPassedBy"] == {
        "@type": "GovernmentOrganization",
        "name": "Conseil communal",
        "parentOrganization": {"@id": organization(TOWN, SITE)["@id"]},
    }
    assert found["about"]["termCode"] == "8.3"
    assert found["recordedAt"] == {"@id": f"{DECISIONS}/meeting/MMMMMMMMMM"}


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("recordedAt", {"sitting": False}),
        ("recordedAt", {"meeting": ""}),
        ("eli:number", {"registered": 0}),
        ("creativeWorkStatus", {"outcome": ""}),
    ],
)
def test_what_the_public_does_not_know_is_left_out(name, values):
    assert name in decision()
    assert name not in decision(**values)


def test_what_was_imported_keeps_its_own_id():
    found = decision(imported={"DELIB_ID": "2019-DL-7"})
    assert found["legislationIdentifier"] == "2019-DL-7"


@pytest.mark.parametrize(
    ("cancelled", "status"), [(False, "EventScheduled"), (True, "EventCancelled")]
)
def test_a_sitting_is_an_event_of_its_body(cancelled, status):
    starts = datetime.fromisoformat("2026-11-26T19:00:00+01:00")
    given = ("KEY", "council", starts, "Salle du conseil", TOWN, SITE, DECISIONS)
    found = event(*given, cancelled=cancelled)
    assert found["@id"] == f"{DECISIONS}/meeting/KEY"
    assert found["startDate"] == "2026-11-26T19:00+01:00"
    assert found["eventStatus"] == f"https://schema.org/{status}"
    assert found["name"] == found["organizer"]["name"] == "Conseil communal"
    assert found["location"]["name"] == "Salle du conseil"


def test_a_sitting_without_place_and_a_body_without_title():
    starts = datetime.fromisoformat("2026-11-26T19:00:00+01:00")
    found = event("KEY", "board", starts, "", TOWN, SITE, DECISIONS)
    assert "location" not in found
    assert found["name"] == "board"


def test_a_block_neither_ends_nor_opens_an_element():
    title = "</script><!-- <script>x()</script>"
    text = block(decision(title=title))
    assert "<" not in text
    assert json.loads(text)["name"] == title
    assert json.loads(text)["@context"][0] == "https://schema.org"
