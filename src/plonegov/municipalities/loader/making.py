"""A new municipality's profile: what is asked, what is known, the folder written.

Asked are only facts of the town itself; what its country has in common (time zone,
documents, the services that issue them, the bodies that deliberate) stands in ``countries.toml`` and in the
catalogue of documents.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from plonegov.core.languages import LANGUAGES
from plonegov.core.municipality.checks import Problem
from plonegov.core.municipality.checks import problems
from plonegov.core.municipality.profile import build
from plonegov.core.municipality.profile import FILE_NAME
from plonegov.core.municipality.rows import Key
from plonegov.core.municipality.schema import SCHEMA
from plonegov.core.ops.home import private_folder
from plonegov.deliberations.domain.choices import problems as body_problems
from plonegov.municipalities.errors import NoCatalogue
from plonegov.municipalities.errors import ProfileExists
from plonegov.municipalities.loader.folders import find_profiles
from plonegov.municipalities.loader.folders import template_folder
from plonegov.municipalities.loader.writer import write
from plonegov.ordering.domain.catalogue import document_ids
from plonegov.ordering.domain.choices import problems as document_problems
from string import Template
from typing import Any
from xml.sax.saxutils import escape

import shutil
import tomllib


#: Colours that everybody can read, until the town says its own.
BRAND, ACCENT = "#14506e", "#a8500f"
EMBLEM = "emblem.svg"

_FILE = Path(__file__).parent / "countries.toml"
_ROWS: dict[str, Key] = {key.path: key for key in SCHEMA}


@dataclass(frozen=True)
class Question:
    """One thing to ask: the option's name, the schema's key, and words for people."""

    option: str
    key: str
    text: str
    is_list: bool = False

    @property
    def allowed(self) -> str:
        """What may be answered, in the schema's words."""
        return _ROWS[self.key].allowed

    def value(self, text: str) -> Any:
        """Return an answer as the file holds it."""
        return [text] if self.is_list else text

    def accepts(self, text: str, facts: Mapping[str, Any]) -> bool:
        """Tell whether the schema accepts an answer beside what is known already."""
        value, row = self.value(text), _ROWS[self.key]
        return row.holds(value) and row.test(value, facts)


NAME = Question("--name", "localities", "Name of the municipality", True)
QUESTIONS = (
    NAME,
    Question("--official-code", "official_code", "Official code (NIS, INSEE)"),
    Question("--postal-code", "postal_codes", "Postal code", True),
    Question("--language", "content_languages", "Language of the contents", True),
    Question("--brand", "theme.brand", "Main colour"),
    Question("--accent", "theme.accent", "Second colour"),
)


def countries() -> dict[str, dict[str, Any]]:
    """Return what is known of each country that has a catalogue of documents."""
    known = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {code: known[code] for code in known if document_ids(code)}


def begin(municipality_id: str, country: str) -> dict[str, Any]:
    """Return the facts of a new municipality that follow from its country.

    :param country: ISO 3166-1 alpha-2, in either case.
    :raises ProfileExists: there is a profile with this id.
    :raises NoCatalogue: no documents are known for the country.
    """
    if found := find_profiles().get(municipality_id):
        raise ProfileExists(id=municipality_id, folder=str(found.path))
    known = countries()
    code = country.upper()
    if code not in known:
        raise NoCatalogue(country=country, known=", ".join(known).lower())
    service = known[code]["services"][0]["id"]
    return {
        "id": municipality_id,
        "country": code,
        "timezone": known[code]["timezone"],
        "currency": known[code]["currency"],
        "interface_languages": list(LANGUAGES),
        "services": known[code]["services"],
        "documents": [{"id": name, "service": service} for name in document_ids(code)],
    }


def suggestion(question: Question, facts: Mapping[str, Any]) -> str:
    """Return the answer that is likely right, or an empty text."""
    if question.key == "content_languages":
        languages = countries()[facts["country"]]["languages"]
        return languages.get(facts.get("region", ""), languages.get("*", ""))
    return {"theme.brand": BRAND, "theme.accent": ACCENT}.get(question.key, "")


def answered(facts: dict[str, Any], question: Question, text: str) -> dict[str, Any]:
    """Return the facts with an answer, and with what follows from it."""
    table, _, name = question.key.rpartition(".")
    if table:
        return facts | {table: facts.get(table, {}) | {name: question.value(text)}}
    facts = facts | {question.key: question.value(text)}
    if question is NAME:
        facts["name"] = dict.fromkeys(facts["interface_languages"], text)
    if question.key == "content_languages":
        facts["legal_language"] = text
    if question.key == "official_code":
        facts |= _place(facts["country"], text)
        facts |= _bodies(facts["country"], facts.get("region", ""))
    return facts


def completed(facts: dict[str, Any]) -> dict[str, Any]:
    """Return answered facts with the drawing that is made for them."""
    return facts | {"theme": facts["theme"] | {"emblem": EMBLEM}}


def wrong(facts: dict[str, Any]) -> list[Problem]:
    """Return what is wrong with the facts of a new profile."""
    found = problems(facts)
    if found:
        return found
    town = build(facts)
    return [Problem(*item) for item in (*document_problems(town), *body_problems(town))]


def profile_files(facts: dict[str, Any]) -> dict[str, bytes]:
    """Return the files of a new profile, by name."""
    template = template_folder()
    colours = {name: facts["theme"][name] for name in ("brand", "accent")}
    drawing = Template((template / EMBLEM).read_text(encoding="utf-8"))
    name = escape(facts["name"][facts["legal_language"]])
    return {
        FILE_NAME: write(facts).encode(),
        "metadata.xml": (template / "metadata.xml").read_bytes(),
        EMBLEM: drawing.substitute(colours, name=name).encode(),
    }


def make_profile(facts: dict[str, Any]) -> Path:
    """Write a new profile into ``$PLONEGOV_HOME/profiles``, whole or not at all.

    :raises ProfileExists: there is a folder with this id.
    """
    folder = private_folder("profiles")
    target, draft = folder / facts["id"], folder / f"_new-{facts['id']}"
    if target.exists():
        raise ProfileExists(id=facts["id"], folder=str(target))
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    for name, data in profile_files(facts).items():
        (draft / name).write_bytes(data)
    draft.rename(target)
    return target


def _bodies(country: str, region: str) -> dict[str, Any]:
    """Return the bodies of a region, as far as their law is known."""
    known = countries()[country].get("bodies", {})
    bodies = known.get(region, known.get("*", []))
    return {"bodies": bodies} if bodies else {}


def _place(country: str, code: str) -> dict[str, str]:
    """Return region and time zone of an official code, as far as they are known."""
    known = countries()[country]
    beginnings = {
        beginning: region
        for region, each in known["regions"].items()
        for beginning in each
    }
    fitting = [each for each in beginnings if code.startswith(each)]
    zones = [
        zone
        for beginning, zone in known.get("timezones", {}).items()
        if code.startswith(beginning)
    ]
    place = {"timezone": zones[0]} if zones else {}
    return place | ({"region": beginnings[max(fitting, key=len)]} if fitting else {})
