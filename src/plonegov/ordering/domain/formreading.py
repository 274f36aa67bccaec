"""Checks what an editor typed about a question."""

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.identity.errors import InvalidValue
from plonegov.core.typed.text import clean_line
from plonegov.ordering.domain.forms import AnswerType
from plonegov.ordering.domain.forms import Question
from plonegov.ordering.domain.forms import Wording
from typing import Any


#: Longest question, longest help, longest title of a choice, in characters.
TITLE_LIMIT = 200
HELP_LIMIT = 500
CHOICE_LIMIT = 100

#: Fewest and most values to choose from.
FEWEST_CHOICES = 2
MOST_CHOICES = 30


def read_wording(
    typed: Mapping[str, Any], languages: Sequence[str], *, complete: bool
) -> Wording:
    """Return the checked texts of a question.

    :param typed: ``titles`` and ``helps``, each a text by language.
    :param complete: the question needs a title in every language (an own one does).
    :raises InvalidInput: with the fields ``titles.<language>``, ``helps.<language>``.
    """
    faults: list[Fault] = []
    wording = _wording(typed, languages, complete, faults)
    if faults:
        raise InvalidInput(faults)
    return wording


def read_own(
    question: Question,
    typed: Mapping[str, Any],
    languages: Sequence[str],
    new_value: Callable[[], str],
) -> Question:
    """Return an own question with what was typed; id and type stay.

    :param typed: ``titles``, ``helps``, ``required`` and, for a choice, ``choices``:
        rows of ``value`` (empty: a new one) and ``titles``; a row without any title
        is none.
    :param new_value: makes the value of a new choice.
    :raises InvalidInput: with the fields ``titles.<language>``, ``helps.<language>``,
        ``choices.<number>.<language>`` and ``choices``.
    """
    faults: list[Fault] = []
    wording = _wording(typed, languages, True, faults)
    choices: dict[str, dict[str, str]] = {}
    if question.type is AnswerType.CHOICE:
        choices = _choices(
            question, typed.get("choices", ()), languages, new_value, faults
        )
    if faults:
        raise InvalidInput(faults)
    return replace(
        question,
        titles=wording.titles,
        helps=wording.helps,
        required=bool(typed.get("required")),
        choices=choices,
    )


def _wording(
    typed: Mapping[str, Any],
    languages: Sequence[str],
    complete: bool,
    faults: list[Fault],
) -> Wording:
    titles = _texts(typed, "titles", languages, TITLE_LIMIT, faults)
    if complete:
        faults += [
            Fault(f"titles.{language}", "required")
            for language in languages
            if titles.get(language) == ""
        ]
    helps = _texts(typed, "helps", languages, HELP_LIMIT, faults)
    return Wording(_filled(titles), _filled(helps))


def _texts(
    typed: Mapping[str, Any],
    name: str,
    languages: Sequence[str],
    limit: int,
    faults: list[Fault],
) -> dict[str, str]:
    """Return the cleaned texts by language; one that is wrong is left out."""
    given, found = typed.get(name, {}), {}
    for language in languages:
        text = given.get(language, "")
        try:
            found[language] = clean_line(text if isinstance(text, str) else "", limit)
        except InvalidValue as error:
            faults.append(Fault(f"{name}.{language}", error.code, error.context))
    return found


def _filled(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text for language, text in texts.items() if text}


def _choices(
    question: Question,
    rows: Sequence[Mapping[str, Any]],
    languages: Sequence[str],
    new_value: Callable[[], str],
    faults: list[Fault],
) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for number, row in enumerate(rows):
        titles = _texts(
            {f"choices.{number}": row["titles"]},
            f"choices.{number}",
            languages,
            CHOICE_LIMIT,
            faults,
        )
        if not any(titles.values()) and len(titles) == len(languages):
            continue
        for language, title in titles.items():
            fault = _fault_of(title, [one.get(language) for one in found.values()])
            if fault:
                faults.append(Fault(f"choices.{number}.{language}", fault))
        value = row.get("value", "")
        found[value if value in question.choices else new_value()] = titles
    if len(found) < FEWEST_CHOICES:
        faults.append(Fault("choices", "too_few_choices", {"least": FEWEST_CHOICES}))
    if len(found) > MOST_CHOICES:
        faults.append(Fault("choices", "too_many_values", {"limit": MOST_CHOICES}))
    return found


def _fault_of(title: str, others: Sequence[str | None]) -> str:
    """Return what is wrong with a choice's title, or an empty text."""
    if not title:
        return "required"
    return "choice_twice" if title in others else ""
