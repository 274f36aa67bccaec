"""What differs between two versions of a form, and what that means for answers given."""

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from plonegov.ordering.domain.forms import Question
from plonegov.ordering.domain.forms import Texts
from typing import Any


class ChangeKind(StrEnum):
    """How a question changed."""

    ADDED_REQUIRED = "added_required"
    ADDED = "added"
    REMOVED = "removed"
    RETYPED = "retyped"
    REWORDED = "reworded"
    HELP = "help"
    REQUIRED = "required"
    OPTIONAL = "optional"
    CHOICES_ADDED = "choices_added"
    CHOICES_REMOVED = "choices_removed"
    CHOICES_REWORDED = "choices_reworded"
    MOVED = "moved"


@dataclass(frozen=True)
class Change:
    """One change of a question, as it is now (as it was, when it is removed).

    A text that changed has its ``language``, ``before`` and ``after``; ``choices``
    are the titles of those that came, went or were reworded.
    """

    kind: ChangeKind
    question: Question
    language: str = ""
    before: str = ""
    after: str = ""
    choices: tuple[Texts, ...] = ()


def changes(old: Sequence[Question], new: Sequence[Question]) -> tuple[Change, ...]:
    """Return what differs, question by question in the order of the new form."""
    before, after = _by_id(old), _by_id(new)
    found = []
    for question in new:
        former = before.get(question.id)
        found += [_added(question)] if former is None else _of(former, question)
    found += [
        Change(ChangeKind.REMOVED, question)
        for question in old
        if question.id not in after
    ]
    stayed = [question.id for question in old if question.id in after]
    now = [question.id for question in new if question.id in before]
    places = zip(stayed, now, strict=True)
    moved = next((key for former, key in places if former != key), None)
    if moved is not None:
        found.append(Change(ChangeKind.MOVED, after[moved]))
    return tuple(found)


def carried(
    answers: Mapping[str, Any], old: Sequence[Question], new: Sequence[Question]
) -> dict[str, Any]:
    """Return the answers to an old form that answer the new one too."""
    before, after = _by_id(old), _by_id(new)
    return {
        name: answer
        for name, answer in answers.items()
        if name in after and _still_answers(answer, before.get(name), after[name])
    }


def to_ask(
    answers: Mapping[str, Any], old: Sequence[Question], new: Sequence[Question]
) -> frozenset[str]:
    """Return the questions of the new form that who answered the old one is asked:
    new ones, those that take other answers now, those that became required."""
    before, kept = _by_id(old), carried(answers, old, new)
    return frozenset(
        question.id
        for question in new
        if question.id not in before
        or (question.id in answers) > (question.id in kept)
        or (question.required and kept.get(question.id) in (None, "", []))
    )


def _by_id(questions: Sequence[Question]) -> dict[str, Question]:
    return {question.id: question for question in questions}


def _still_answers(answer: Any, former: Question | None, now: Question) -> bool:
    if former is None or former.type != now.type:
        return False
    chosen = answer if isinstance(answer, list) else [answer]
    return not now.choices or all(value in ("", None, *now.choices) for value in chosen)


def _added(question: Question) -> Change:
    kind = ChangeKind.ADDED_REQUIRED if question.required else ChangeKind.ADDED
    return Change(kind, question)


def _of(old: Question, new: Question) -> list[Change]:
    found = []
    if old.type != new.type:
        found.append(Change(ChangeKind.RETYPED, new))
    for kind, before, after in (
        (ChangeKind.REWORDED, old.titles, new.titles),
        (ChangeKind.HELP, old.helps, new.helps),
    ):
        found += [
            Change(
                kind, new, language, before.get(language, ""), after.get(language, "")
            )
            for language in dict.fromkeys([*before, *after])
            if before.get(language, "") != after.get(language, "")
        ]
    if old.required != new.required:
        kind = ChangeKind.REQUIRED if new.required else ChangeKind.OPTIONAL
        found.append(Change(kind, new))
    return found + _choices(old, new)


def _choices(old: Question, new: Question) -> list[Change]:
    was, now = old.choices, new.choices
    sides = {
        ChangeKind.CHOICES_ADDED: [now[one] for one in now if one not in was],
        ChangeKind.CHOICES_REMOVED: [was[one] for one in was if one not in now],
        ChangeKind.CHOICES_REWORDED: [
            now[one] for one in now if one in was and now[one] != was[one]
        ],
    }
    return [
        Change(kind, new, choices=tuple(titles))
        for kind, titles in sides.items()
        if titles
    ]
