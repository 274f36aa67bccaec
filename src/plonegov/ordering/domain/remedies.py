"""What a person can do against a rejection: the country's text, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from plonegov.ordering.domain.catalogue import FOLDER
from plonegov.ordering.domain.errors import RemediesUnknown
from plonegov.ordering.domain.tomlfile import Source
from plonegov.ordering.domain.tomlfile import Table


@dataclass(frozen=True)
class Remedies:
    """The remedies against a decision of a town.

    ``days`` count from the notification; ``texts`` name the body, the form and the
    time limit in every language; ``verified`` False: a jurist should compare the
    text with its sources.
    """

    body: str
    days: int
    texts: Mapping[str, str]
    sources: tuple[Source, ...]
    verified: bool


def remedies(country: str, folder: Path = FOLDER) -> Remedies:
    """Return a country's remedies.

    :param country: ISO 3166-1 alpha-2.
    :raises RemediesUnknown: none are known for the country.
    :raises CatalogueError: its file is wrong.
    """
    file = folder / f"{country.lower()}.toml"
    if not file.is_file():
        raise RemediesUnknown(country=country)
    table = Table.of_file(file).table("remedies")
    table.only(("body", "days", "verified", "texts", "sources"))
    return Remedies(
        body=table.text("body"),
        days=table.count("days"),
        texts=table.texts("texts"),
        sources=table.sources(),
        verified=table.flag("verified"),
    )
