"""A document's questions as plain values: the catalogue's, and what editors made of them."""

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from enum import StrEnum
from plonegov.ordering.domain.errors import QuestionNotOwn
from plonegov.ordering.domain.errors import QuestionUnknown
from typing import Any


#: A text by language (ISO 639-1).
Texts = Mapping[str, str]

#: How the ids of a town's own questions begin; no catalogue question's does.
OWN = "own_"


class AnswerType(StrEnum):
    """What answers a question takes; ``several`` and ``other`` are the catalogue's."""

    LINE = "line"
    TEXT = "text"
    YES_NO = "yes_no"
    DATE = "date"
    CHOICE = "choice"
    NUMBER = "number"
    SEVERAL = "several"
    OTHER = "other"


#: The types that editors may add, in the order in which they are offered.
OWN_TYPES = (
    AnswerType.LINE,
    AnswerType.TEXT,
    AnswerType.YES_NO,
    AnswerType.DATE,
    AnswerType.CHOICE,
    AnswerType.NUMBER,
)


@dataclass(frozen=True)
class Question:
    """A question with its texts in every language.

    ``choices`` are the values that may be chosen, in their order, with their titles.
    """

    id: str
    type: AnswerType
    titles: Texts
    helps: Texts = field(default_factory=dict)
    required: bool = True
    choices: Mapping[str, Texts] = field(default_factory=dict)

    @property
    def own(self) -> bool:
        """Whether it is the town's own, not the catalogue's."""
        return self.id.startswith(OWN)


@dataclass(frozen=True)
class Wording:
    """The town's words for a catalogue question; a missing language has none."""

    titles: Texts = field(default_factory=dict)
    helps: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Edition:
    """What editors made of a form: its words, and the town's own questions after the
    catalogue's. It holds nothing else: no expression, recipient or address."""

    wordings: Mapping[str, Wording] = field(default_factory=dict)
    own: tuple[Question, ...] = ()

    def of(self, catalogue: Iterable[Question]) -> tuple[Question, ...]:
        """Return the questions that citizens are asked."""
        worded = [_worded(one, self.wordings.get(one.id)) for one in catalogue]
        return (*worded, *self.own)

    def find(self, question_id: str) -> Question:
        """Return one of the town's own questions.

        :raises QuestionNotOwn: it is the catalogue's.
        :raises QuestionUnknown: there is no such question.
        """
        if not question_id.startswith(OWN):
            raise QuestionNotOwn()
        for question in self.own:
            if question.id == question_id:
                return question
        raise QuestionUnknown()

    def reword(self, question: Question, wording: Wording) -> "Edition":
        """Return the edition with the town's words for a catalogue question; words
        that are the catalogue's own, or empty, are none."""
        kept = Wording(
            _differing(wording.titles, question.titles),
            _differing(wording.helps, question.helps),
        )
        others = {key: one for key, one in self.wordings.items() if key != question.id}
        if kept != Wording():
            others[question.id] = kept
        return replace(self, wordings=others)

    def put(self, question: Question) -> "Edition":
        """Return the edition with an own question, in its old place or at the end."""
        if any(one.id == question.id for one in self.own):
            own = [question if one.id == question.id else one for one in self.own]
            return replace(self, own=tuple(own))
        return replace(self, own=(*self.own, question))

    def remove(self, question_id: str) -> "Edition":
        """Return the edition without an own question.

        :raises QuestionNotOwn: it is the catalogue's.
        :raises QuestionUnknown: there is no such question.
        """
        gone = self.find(question_id)
        return replace(self, own=tuple(one for one in self.own if one is not gone))

    def move(self, question_id: str, by: int) -> "Edition":
        """Return the edition with an own question moved among the own ones; at the
        ends it stays.

        :param by: -1 up, 1 down.
        :raises QuestionNotOwn: it is the catalogue's.
        :raises QuestionUnknown: there is no such question.
        """
        moved = self.find(question_id)
        own = [one for one in self.own if one is not moved]
        own.insert(max(self.own.index(moved) + by, 0), moved)
        return replace(self, own=tuple(own))


def question_to_plain(question: Question) -> dict[str, Any]:
    """Return a question as JSON types."""
    return {
        "id": question.id,
        "type": str(question.type),
        "titles": dict(question.titles),
        "helps": dict(question.helps),
        "required": question.required,
        "choices": [[value, dict(title)] for value, title in question.choices.items()],
    }


def question_from_plain(plain: Mapping[str, Any]) -> Question:
    """Return the question that ``question_to_plain`` gave."""
    return Question(
        **{
            **plain,
            "type": AnswerType(plain["type"]),
            "choices": dict(plain["choices"]),
        }
    )


def questions_from_plain(plain: Sequence[Mapping[str, Any]]) -> tuple[Question, ...]:
    """Return the questions of a list of plain ones."""
    return tuple(map(question_from_plain, plain))


def edition_to_plain(edition: Edition) -> dict[str, Any]:
    """Return an edition as JSON types; empty for the catalogue's form as it is."""
    if edition == Edition():
        return {}
    return {
        "wordings": {
            name: {"titles": dict(wording.titles), "helps": dict(wording.helps)}
            for name, wording in edition.wordings.items()
        },
        "own": [question_to_plain(question) for question in edition.own],
    }


def edition_from_plain(plain: Mapping[str, Any]) -> Edition:
    """Return the edition that ``edition_to_plain`` gave."""
    return Edition(
        {name: Wording(**one) for name, one in plain.get("wordings", {}).items()},
        questions_from_plain(plain.get("own", ())),
    )


def _worded(question: Question, wording: Wording | None) -> Question:
    if wording is None:
        return question
    return replace(
        question,
        titles={**question.titles, **wording.titles},
        helps={**question.helps, **wording.helps},
    )


def _differing(texts: Texts, usual: Texts) -> dict[str, str]:
    """Return what differs by more than its spaces: a typed text has ordinary ones."""
    return {
        language: text
        for language, text in texts.items()
        if text and text.split() != usual.get(language, "").split()
    }
