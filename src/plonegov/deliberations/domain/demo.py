"""What a demonstration's council deliberates on, and who sits in it: pooled texts."""

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from html import escape
from pathlib import Path
from plonegov.deliberations.domain.ballots import Counts
from plonegov.deliberations.domain.model import Choice
from typing import Any

import tomllib


FOLDER = Path(__file__).parent.parent / "demo"

#: Where the minority begins among the groups of a council.
MINORITY = 2


class Trend(StrEnum):
    """How a council votes on a topic."""

    UNANIMOUS = "unanimous"
    ABSTENTION = "abstention"
    CONTESTED = "contested"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Topic:
    """A topic of the pool; words in braces are taken in turn from the pool's."""

    title: str
    category: str
    why: str
    what: tuple[str, ...]
    service: str
    matter: str
    privacy: str
    amount: str
    trend: Trend


@dataclass(frozen=True)
class Pool:
    """The topics of a country, and what all its motivations and decisions say.

    ``minutes``: that of the minutes of the sitting before.
    """

    visa: str
    decides: str
    words: Mapping[str, Sequence[str]]
    minutes: Topic
    topics: tuple[Topic, ...]

    def of_privacy(self, privacy: str) -> tuple[Topic, ...]:
        """Return the topics of the open or of the closed session."""
        return tuple(topic for topic in self.topics if topic.privacy == privacy)


@dataclass(frozen=True)
class Member:
    """Who sits in a body; ``group`` is the place of the political group in the list."""

    name: str
    role: str
    group: int


@dataclass(frozen=True)
class People:
    """The people of a demonstration: by kind of body, and who holds which office.

    ``account`` is the name of the member who signs in as ``councillor``.
    """

    groups: tuple[str, ...]
    account: str
    members: Mapping[str, tuple[Member, ...]]
    offices: Mapping[str, str]


def countries() -> tuple[str, ...]:
    """Return the countries (ISO 3166-1 alpha-2) that have topics and people."""
    return tuple(_read(FOLDER / "people.toml"))


@cache
def pool(country: str) -> Pool:
    """Return the topics of a country."""
    files = sorted(FOLDER.glob(f"{country.lower()}-*.toml"))
    tables = [_read(file) for file in files]
    head = next(table for table in tables if "words" in table)
    rows = [row for table in tables for row in table["items"]]
    return Pool(
        head["visa"],
        head["decides"],
        head["words"],
        _topic(head["minutes"]),
        tuple(_topic(row) for row in rows),
    )


@cache
def people(country: str) -> People:
    """Return the people of a country's demonstrations."""
    table = _read(FOLDER / "people.toml")[country]
    members = {
        kind: tuple(Member(**row) for row in table[kind]["members"])
        for kind in ("council", "college")
        if kind in table
    }
    groups, offices = tuple(table["groups"]), table["offices"]
    return People(groups, table["account"], members, offices)


def texts(topic: Topic, found: Pool, number: int, year: int) -> dict[str, str]:
    """Return title, motivation and decision of an item, the last two as HTML.

    :param number: which of the pool's words are taken; the same gives the same.
    :param year: of the sitting.
    """
    words = {name: each[number % len(each)] for name, each in found.words.items()}
    words |= {"year": str(year), "next": str(year + 1)}
    articles = [text.format(**words) for text in topic.what]
    motivation = (found.visa, topic.why.format(**words))
    decision = (found.decides, *map(_article, range(len(articles)), articles))
    title = topic.title.format(**words)
    return {
        "title": title[:1].upper() + title[1:],
        "motivation": "".join(f"<p>{escape(text)}</p>" for text in motivation),
        "decision": "".join(f"<p>{escape(text)}</p>" for text in decision),
    }


def exceptions(
    trend: Trend, groups: Mapping[str, int], number: int
) -> dict[str, Choice]:
    """Return who does not vote in favour, and how.

    :param groups: of each member who is there, the place of the group.
    :param number: makes the votes of like topics differ.
    """
    against: set[int] = set()
    abstain: set[int] = set()
    if trend is Trend.REJECTED:
        against = set(range(MINORITY))
    elif trend is Trend.CONTESTED:
        against = {MINORITY} if number % 2 else {MINORITY, MINORITY + 1}
        abstain = {MINORITY + 1} - against
    elif trend is Trend.ABSTENTION:
        abstain = {MINORITY + number % 2}
    return {
        member: Choice.AGAINST if group in against else Choice.ABSTAIN
        for member, group in groups.items()
        if group in against | abstain
    }


def papers(voters: int, number: int) -> Counts:
    """Return the papers of a secret ballot."""
    against, blank = min(number % 3, voters // 4), min(number % 2, voters // 4)
    return Counts(voters - against - blank, against, 0, blank)


def _article(place: int, text: str) -> str:
    return f"Article {'1er' if place == 0 else place + 1}. – {text}"


def _topic(row: Mapping[str, Any]) -> Topic:
    trends = [trend for trend in Trend if row.get(str(trend))]
    return Topic(
        title=row["title"],
        category=row["category"],
        why=row["why"],
        what=tuple(row["what"]),
        service=row.get("service", ""),
        matter=row.get("matter", "ordinary"),
        privacy=row.get("privacy", "open"),
        amount=f"{row['amount']}.00" if "amount" in row else "",
        trend=trends[0] if trends else Trend.UNANIMOUS,
    )


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
