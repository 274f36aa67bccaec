"""Dates, addresses and pictures as the town's documents have them."""

from babel import Locale
from babel.dates import format_date
from base64 import b64encode
from collections.abc import Mapping
from datetime import date
from plonegov.core.municipality.model import Address


#: Where a language of the documents has its dates and numbers from (CLDR).
LOCALES = {"en": "en_GB"}


def text_in(texts: Mapping[str, str], language: str) -> str:
    """Return a text in a language, or in the first one that it is written in."""
    return texts.get(language) or next(iter(texts.values()))


def date_in_words(day: date, language: str) -> str:
    """Return a date in words: ``24 novembre 2026``, ``1er mars 2026``."""
    words = format_date(day, format="long", locale=LOCALES.get(language, language))
    return f"1er{words[1:]}" if language == "fr" and day.day == 1 else words


def day_in_words(day: date, language: str) -> str:
    """Return a day in words: ``mardi 1er décembre 2026``."""
    said = format_date(day, "full", locale=LOCALES.get(language, language))
    return said.replace(" 1 ", " 1er ", 1) if language == "fr" else said


def address_lines(address: Address, home: str, language: str) -> list[str]:
    """Return the lines of a postal address; the country only when it is abroad.

    :param home: the country (ISO 3166-1 alpha-2) that the letter is posted in.
    """
    place = f"{address.postal_code} {address.locality}".strip()
    country = ""
    if address.country not in ("", home):
        country = Locale(language).territories[address.country].upper()
    return [line for line in (address.street_line, place, country) if line]


def data_address(svg: bytes) -> str:
    """Return a ``data:`` address of an SVG picture; empty when there is none."""
    return f"data:image/svg+xml;base64,{b64encode(svg).decode()}" if svg else ""
