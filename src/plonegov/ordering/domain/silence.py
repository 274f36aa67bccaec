"""What it means in law when the town does not answer: the country's text, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from plonegov.core.law.tomlfile import Source
from plonegov.core.law.tomlfile import Table
from plonegov.ordering.domain.catalogue import FOLDER

import calendar


@dataclass(frozen=True)
class Silence:
    """The meaning of silence on a request.

    ``months`` count from the day of receipt; ``texts`` say in every language what
    silence then means, with ``{day}`` for the day on which it does.
    """

    months: int
    texts: Mapping[str, str]
    sources: tuple[Source, ...]
    verified: bool

    def ends(self, received: date) -> date:
        """Return the day on which silence has its meaning: the same day of the later
        month, or that month's last one."""
        later = received.month - 1 + self.months
        year, month = received.year + later // 12, later % 12 + 1
        last = calendar.monthrange(year, month)[1]
        return date(year, month, min(received.day, last))

    def text(self, language: str, day: str) -> str:
        """Return what silence means, in a language.

        :param day: the day on which it does, in words.
        """
        return self.texts[language].format(day=day)


def silence(country: str, folder: Path = FOLDER) -> Silence | None:
    """Return what silence means in a country, or None where law gives it no meaning.

    :param country: ISO 3166-1 alpha-2.
    :raises LawFileError: its file is wrong.
    """
    file = folder / f"{country.lower()}.toml"
    table = Table.of_file(file) if file.is_file() else None
    if table is None or "silence" not in table.data:
        return None
    found = table.table("silence")
    found.only(("months", "verified", "texts", "sources"))
    texts = found.texts("texts")
    for language, text in texts.items():
        if "{day}" not in text:
            raise found.error(f"texts.{language}", "a text with {day}")
    return Silence(
        months=found.count("months"),
        texts=texts,
        sources=found.sources(),
        verified=found.flag("verified"),
    )
