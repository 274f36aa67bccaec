"""What the minutes of a sitting say of what was entered, in the legal language."""

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import datetime
from html import escape
from plonegov.core.api import municipality
from plonegov.deliberations.adapters import papers
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import law
from plonegov.deliberations.api import signing
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.attendance import present_at
from plonegov.deliberations.domain.attendance import roll
from plonegov.deliberations.domain.attendance import Slot
from plonegov.deliberations.domain.attendance import Step
from plonegov.deliberations.domain.attendance import steps
from plonegov.deliberations.domain.ballots import OpenBallot
from plonegov.deliberations.domain.ballots import Vote
from plonegov.deliberations.domain.model import Choice
from plonegov.deliberations.domain.model import Mode
from plonegov.deliberations.domain.modes import names_to_record
from plonegov.deliberations.domain.ruleset import Rules
from typing import Any


#: What is said of who came and went, in the order of the minutes.
MOVES = ("came", "left", "came_during", "left_during", "withdrew")
#: The kinds of rows of a log by which the sitting passes to another part.
PASSINGS = ("closed_session", "closing_refused", "open_session")


def sections_of(meeting: Meeting) -> list[tuple[str, str]]:
    """Return key and HTML of each section: the opening, then each item."""
    words = papers.legal_words()
    items = agenda.items_of(meeting)
    slots = {item.getId(): slot for item in items if (slot := slot_of(meeting, item))}
    moved = {step.item: step for step in _steps(meeting, slots.values())}
    passed = _passings(meeting, slots, words)
    found = [("opening", "".join(_opening(meeting, slots.values(), words)))]
    for item in items:
        key = item.getId()
        lines = (*_moves(meeting, moved.get(key), words), *passed.get(key, ()))
        found.append((key, "".join((*lines, *_item(meeting, item, words)))))
    return found


def slot_of(meeting: Meeting, item: Item) -> Slot | None:
    """Return when an item was called and voted on; None: it was neither."""
    whole = [row for row in item.ballots.rows if row["whole"]]
    if not whole:
        return None
    voted = datetime.fromisoformat(whole[-1]["at"])
    return attendance.presence_of(meeting, item, voted).slot


def _steps(meeting: Meeting, slots: Iterable[Slot]) -> tuple[Step, ...]:
    return steps(attendance.attendance_of(meeting), slots)


def opening(meeting: Meeting) -> list[str]:
    """Return who presided and kept the minutes, and who was there, in sentences that hold
    names and numbers only."""
    items = agenda.items_of(meeting)
    slots = [slot for item in items if (slot := slot_of(meeting, item))]
    return list(_roll(meeting, slots, papers.legal_words()))


def _opening(
    meeting: Meeting, slots: Collection[Slot], words: dict[str, str]
) -> Iterator[str]:
    yield from map(_line, _roll(meeting, slots, words))
    if meeting.call_judged:
        yield _line(words[f"call_{meeting.call_judged}"].format(reason=meeting.urgency))


def _roll(
    meeting: Meeting, slots: Collection[Slot], words: dict[str, str]
) -> Iterator[str]:
    """Yield who presides and keeps the minutes, who is there, and for whom (CGCT
    L2121-15 and -20)."""
    log, names = attendance.attendance_of(meeting), papers.members_of(meeting)
    chair = {
        "president": signing.president_of(meeting),
        "secretary": signing.keeper_of(meeting),
    }
    for word, name in chair.items():
        if name:
            yield words[word].format(name=name)
    found = roll(log, names, slots)
    for word in ("present", "excused", "absent"):
        members = getattr(found, word)
        if members:
            yield said(words[word], members, names)
    proxies = sorted(attendance.proxies_of(meeting), key=lambda one: one.given)
    if proxies:
        given = ", ".join(
            words["to"].format(
                giver=names.get(one.giver, ""), holder=names.get(one.holder, "")
            )
            for one in proxies
        )
        yield words["by_proxy"].format(names=given)
    if slots:
        begin = min(slot.opened for slot in slots)
        yield words["numbers"].format(
            members=len(names),
            present=len(present_at(log, begin) & names.keys()),
            represented=len(proxies),
        )


def _passings(
    meeting: Meeting, slots: Mapping[str, Slot], words: dict[str, str]
) -> dict[str, list[str]]:
    """Return what is said of passing to the closed session and back, before the item
    that it was decided on, else the one that comes next (CDLD L1122-20 to -22)."""
    found: dict[str, list[str]] = {}
    opened = sorted((slot.opened, key) for key, slot in slots.items())
    for row in meeting.attendance.standing:
        if row["kind"] not in PASSINGS:
            continue
        when = datetime.fromisoformat(row["at"])
        later = (key for moment, key in opened if moment >= when)
        last = opened[-1][1] if opened else ""
        key = row.get("item") or next(later, last)
        lines = found.setdefault(key, [])
        lines.extend(map(_line, passing(row, papers.clock(when, meeting), words)))
    return found


def passing(
    row: Mapping[str, Any], time: str, words: Mapping[str, str]
) -> Iterator[str]:
    """Yield what is said of a row of the log by which a sitting passes to another part.

    :param time: of the row, in words.
    """
    if row["kind"] == "open_session":
        yield words["open_from"].format(time=time)
        return
    if row["kind"] == "closed_session":
        yield words["closed_from"].format(time=time)
    if row.get("needed"):
        refused = row["kind"] == "closing_refused"
        yield words["closing_refused" if refused else "closed_why"].format(**row)


def _moves(
    meeting: Meeting, moved: Step | None, words: dict[str, str]
) -> Iterator[str]:
    names = attendance.names_of(meeting)
    for word in MOVES if moved is not None else ():
        members = getattr(moved, word)
        if members:
            yield _line(said(words[word], members, names))


def _item(meeting: Meeting, item: Item, words: dict[str, str]) -> Iterator[str]:
    yield f"<h2>{escape(item.title)}</h2>"
    yield item.motivation
    yield from map(_line, item_lines(meeting, item, words))
    yield item.decision
    if item.state in words:
        yield _line(words[item.state])


def item_lines(meeting: Meeting, item: Item, words: Mapping[str, str]) -> Iterator[str]:
    """Yield what is said of the urgency of an item and of the votes on it."""
    names = attendance.names_of(meeting)
    found = item.urgency
    if found:
        word = "urgency_carried" if found["carried"] else "urgency_refused"
        yield words[word].format(reason=found["reason"])
        yield said(words["urgency_names"], found["names"], names)
    called = attendance.called_in(meeting, item)
    if called:
        yield said(words["called_in"], called, names)
    rules = law.rules_of(meeting)
    for row in item.ballots.rows:
        yield from _vote(row, names, words, rules)


def _vote(
    row: dict[str, Any],
    names: dict[str, str],
    words: Mapping[str, str],
    rules: Rules,
) -> Iterator[str]:
    """Yield what is said of a vote: its counts, and the names that the law wants.

    :param names: of members, by UID.
    """
    if "election" in row:
        yield from _round(row["election"], words)
        return
    counts = row["result"]["counts"]
    label = f"{row['label']}: " if row["label"] else ""
    secret = row["mode"] == Mode.SECRET
    yield label + words["secret_vote" if secret else "vote"].format(**counts)
    yield from (
        line["text"][municipality().legal_language]
        for line in row["result"]["trace"]
        if line["id"] == "quorum_waived"
    )
    if not secret:
        cast = (Vote(name, Choice(choice)) for name, choice in row["votes"].items())
        ballot = OpenBallot(tuple(cast), row["mode"] == Mode.NAMED)
        for choice, who in names_to_record(ballot, rules).items():
            yield said(words[f"voted_{choice}"], who, names)


def said(sentence: str, members: Iterable[str], names: Mapping[str, str]) -> str:
    """Return a sentence with the names of members."""
    told = ", ".join(sorted(names.get(member, member) for member in members))
    return sentence.format(names=told)


def _round(held: dict[str, Any], words: Mapping[str, str]) -> Iterator[str]:
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


def _line(text: str) -> str:
    return f"<p>{escape(text)}</p>"
