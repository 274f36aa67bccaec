"""What the minutes of a sitting say of what was entered, in the legal language."""

from collections.abc import Iterable
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from html import escape
from pathlib import Path
from plonegov.core.api import municipality
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import law
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.attendance import roll
from plonegov.deliberations.domain.attendance import Slot
from plonegov.deliberations.domain.attendance import Step
from plonegov.deliberations.domain.attendance import steps
from plonegov.deliberations.domain.model import Choice
from typing import Any

import tomllib


WORDS = Path(__file__).parents[1] / "documents" / "words"
#: What is said of who came and went, in the order of the minutes.
MOVES = ("came", "left", "came_during", "left_during", "withdrew")
#: Votes whose names the minutes give (CDLD, article L1122-27).
NAMED = (Choice.AGAINST, Choice.ABSTAIN)


def sections_of(meeting: Meeting) -> list[tuple[str, str]]:
    """Return key and HTML of each section: the opening, then each item."""
    words = words_in(municipality().legal_language)
    names = {
        mandate.UID(): mandate.title
        for mandate in bodies.members(bodies.get(meeting.body), law.day_of(meeting))
    }
    items = agenda.items_of(meeting)
    slots = {item.getId(): slot for item in items if (slot := slot_of(meeting, item))}
    moved = {step.item: step for step in _steps(meeting, slots.values())}
    found = [("opening", _opening(meeting, slots.values(), names, words))]
    for item in items:
        lines = _item(item, moved.get(item.getId()), names, words)
        found.append((item.getId(), "".join(lines)))
    return found


def slot_of(meeting: Meeting, item: Item) -> Slot | None:
    """Return when an item was called and voted on; None: it was neither."""
    whole = [row for row in item.ballots.rows if row["whole"]]
    if not whole:
        return None
    voted = datetime.fromisoformat(whole[-1]["at"])
    return attendance.presence_of(meeting, item, voted).slot


@cache
def words_in(language: str) -> dict[str, str]:
    """Return the words of the documents in a language (ISO 639-1)."""
    text = (WORDS / f"{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["words"]


def _steps(meeting: Meeting, slots: Iterable[Slot]) -> tuple[Step, ...]:
    return steps(attendance.attendance_of(meeting), slots)


def _opening(
    meeting: Meeting,
    slots: Iterable[Slot],
    names: dict[str, str],
    words: dict[str, str],
) -> str:
    found = roll(attendance.attendance_of(meeting), names, slots)
    lines = []
    for word in ("present", "excused", "absent"):
        members = getattr(found, word)
        if members:
            lines.append(f"<p>{_said(words[word], members, names)}</p>")
    president = names.get(meeting.president, "")
    if president:
        text = words["president"].format(name=president)
        lines.insert(0, f"<p>{escape(text)}</p>")
    return "".join(lines)


def _item(
    item: Item, moved: Step | None, names: dict[str, str], words: dict[str, str]
) -> Iterator[str]:
    for word in MOVES if moved is not None else ():
        members = getattr(moved, word)
        if members:
            yield f"<p>{_said(words[word], members, names)}</p>"
    yield f"<h2>{escape(item.title)}</h2>"
    yield item.motivation
    for row in item.ballots.rows:
        for line in vote_lines(row, names, words):
            yield f"<p>{escape(line)}</p>"
    yield item.decision
    if item.state in words:
        yield f"<p>{escape(words[item.state])}</p>"


def vote_lines(
    row: dict[str, Any], names: dict[str, str], words: dict[str, str]
) -> Iterator[str]:
    """Yield what is said of a vote: its counts, and who was not in favour.

    :param names: of members, by UID.
    """
    if "election" in row:
        yield from _round(row["election"], words)
        return
    counts = row["result"]["counts"]
    label = f"{row['label']}: " if row["label"] else ""
    sentence = words["secret_vote" if row["mode"] == "secret" else "vote"]
    yield label + sentence.format(**counts)
    for choice in NAMED:
        who = sorted(name for name, voted in row["votes"].items() if voted == choice)
        if who:
            yield said(words[f"voted_{choice}"], who, names)


def said(sentence: str, members: Iterable[str], names: dict[str, str]) -> str:
    """Return a sentence with the names of members."""
    told = ", ".join(sorted(names.get(member, member) for member in members))
    return sentence.format(names=told)


def _round(held: dict[str, Any], words: dict[str, str]) -> Iterator[str]:
    """Yield what was counted in a round of an election, and who is elected."""
    if not held["unopposed"]:
        yield words["round"].format(**held)
        votes = "; ".join(
            words["candidate"].format(name=name, votes=count)
            for name, count in held["votes"].items()
        )
        yield f"{votes}."
    else:
        yield words["unopposed"]
    if held["elected"]:
        yield words["elected"].format(names=", ".join(held["elected"]))
    else:
        yield words["nobody_elected"]


def _said(sentence: str, members: Iterable[str], names: dict[str, str]) -> str:
    return escape(said(sentence, members, names))
