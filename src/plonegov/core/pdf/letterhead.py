"""Documents on the town's letterhead: who sends them, and the words around it.

An add-on has a folder of page templates that fill the slot ``body`` of ``letterhead.pt``,
with its own ``layout.css``; ``letterhead.css`` is the common style.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from plonegov.core.api import port
from plonegov.core.municipality.model import Municipality
from plonegov.core.pdf.interfaces import IPdfRenderer
from plonegov.core.pdf.wording import address_lines
from plonegov.core.pdf.wording import data_address

import chameleon
import tomllib


TEMPLATES = Path(__file__).parent / "static"
WORDS = Path(__file__).parent / "words"
STYLE = "letterhead.css"


@dataclass(frozen=True)
class Letterhead:
    """What stands around a document.

    ``title`` is the document's, ``running`` the line at the foot of each page, before
    the town's name. ``service`` is the id of the service that sends it (empty: the town
    itself). ``emblem`` is an SVG (empty: none), ``specimen`` says on the paper that it is
    worth nothing (a demonstration site), ``draft`` that it is not final (empty: it is).
    """

    municipality: Municipality
    title: str
    running: str
    service: str = ""
    emblem: bytes = b""
    specimen: bool = False
    draft: str = ""


def draw(
    folder: Path, template: str, head: Letterhead, words: Mapping[str, str], **values
) -> bytes:
    """Return the PDF/UA-1 of a page template, in the town's legal language.

    :param folder: of the template, with the ``layout.css`` that it needs.
    :param template: its name without suffix.
    :param words: those of the add-on, over those of the letterhead.
    """
    return render(folder, head, page(folder, template, head, words, **values))


def page(
    folder: Path, template: str, head: Letterhead, words: Mapping[str, str], **values
) -> str:
    """Return the HTML of a document, which ``render`` makes a PDF of."""
    town = head.municipality
    language = town.legal_language
    title, contact = "", town.contact
    if head.service:
        service = town.service(head.service)
        title = service.title.get(language) or next(iter(service.title.values()))
        contact = service.contact
    return _template(folder, template)(
        words=words,
        specimen=head.specimen,
        draft=head.draft,
        language=language,
        title=head.title,
        town=town_name(town),
        brand=town.theme.brand,
        emblem=data_address(head.emblem),
        running=head.running,
        sender=address_lines(town.address, town.country, language),
        service=title,
        phone=contact.phone or town.contact.phone,
        email=contact.email or town.contact.email,
        **values,
    )


def render(folder: Path, head: Letterhead, html: str) -> bytes:
    """Return the PDF/UA-1 of a document's HTML."""
    town = head.municipality
    return port(IPdfRenderer).render(
        html,
        title=head.title,
        language=town.legal_language,
        author=town_name(town),
        base=folder,
        styles=(STYLE,),
    )


def town_name(town: Municipality) -> str:
    """Return the town's name in its legal language."""
    return town.name.get(town.legal_language) or next(iter(town.name.values()))


@cache
def letterhead_words(language: str, country: str) -> dict[str, str]:
    """Return the words of the letterhead in a language, as a country says them.

    :param language: one of ``core.languages.LANGUAGES``.
    :param country: ISO 3166-1 alpha-2; its table in the file has the words that differ.
    """
    found = tomllib.loads((WORDS / f"{language}.toml").read_text(encoding="utf-8"))
    return found["words"] | found.get(country, {})


@cache
def _template(folder: Path, name: str) -> chameleon.PageTemplateFile:
    """Return a page template, compiled once per process (part of the code)."""
    path = str(folder / f"{name}.pt")
    return chameleon.PageTemplateFile(path, search_path=[str(TEMPLATES)])
