"""What a person can do against a rejection: the country's text, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from plonegov.core.law.tomlfile import Source
from plonegov.core.law.tomlfile import Table
from plonegov.ordering.domain.catalogue import FOLDER
from plonegov.ordering.domain.errors import RemediesUnknown


@dataclass(frozen=True)
class Remedies:
    """The remedies against a decision of a town.

    The time limit counts from the notification, in ``days`` (Belgium) or in calendar
    ``months`` (France: code de justice administrative, article R. 421-1); the other one
    is 0. ``texts`` name the body, the form and the time limit in every language;
    ``verified`` False: a jurist should compare the text with its sources.
    """

    body: str
    days: int
    months: int
    texts: Mapping[str, str]
    sources: tuple[Source, ...]
    verified: bool


def remedies(country: str, folder: Path = FOLDER) -> Remedies:
    """Return a country's remedies.

    :param country: ISO 3166-1 alpha-2.
    :raises RemediesUnknown: none are known for the country.
    :raises LawFileError: its file is wrong.
    """
    file = folder / f"{country.lower()}.toml"
    if not file.is_file():
        raise RemediesUnknown(country=country)
    table = Table.of_file(file).table("remedies")
    table.only(("body", "days", "months", "verified", "texts", "sources"))
    if ("days" in table.data) == ("months" in table.data):
        raise table.error("days", "a time limit, either in days or in months")
    return Remedies(
        body=table.text("body"),
        days=table.count("days") if "days" in table.data else 0,
        months=table.count("months") if "months" in table.data else 0,
        texts=table.texts("texts"),
        sources=table.sources(),
        verified=table.flag("verified"),
    )
