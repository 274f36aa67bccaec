"""What an editor types about a question is bounded, cleaned and complete."""

from itertools import count
from plonegov.core.errors import InvalidInput
from plonegov.ordering.domain.formreading import CHOICE_LIMIT
from plonegov.ordering.domain.formreading import HELP_LIMIT
from plonegov.ordering.domain.formreading import MOST_CHOICES
from plonegov.ordering.domain.formreading import read_own
from plonegov.ordering.domain.formreading import read_wording
from plonegov.ordering.domain.formreading import TITLE_LIMIT
from plonegov.ordering.domain.forms import AnswerType
from plonegov.ordering.domain.forms import Question
from plonegov.ordering.domain.forms import Wording

import pytest


LANGUAGES = ("fr", "nl")
LINE = Question("own_1", AnswerType.LINE, {})
CHOICE = Question(
    "own_2", AnswerType.CHOICE, {}, choices={"choice_a": {"fr": "A", "nl": "A"}}
)
TITLES = {"fr": " Quelle  école ? ", "nl": "Welke school?"}


def own(question=LINE, **typed):
    numbers = count()
    made = {"titles": TITLES, "helps": {}, "required": "1", **typed}
    return read_own(question, made, LANGUAGES, lambda: f"new_{next(numbers)}")


def faults(call, *args, **typed):
    with pytest.raises(InvalidInput) as caught:
        call(*args, **typed)
    return {fault.field: fault.code for fault in caught.value.faults}


def row(fr="", nl="", value=""):
    return {"value": value, "titles": {"fr": fr, "nl": nl}}


def test_texts_are_cleaned_and_other_languages_left_out():
    found = own(titles=TITLES | {"de": "Warum?"}, helps={"fr": "", "nl": "Klas"})
    assert found.titles == {"fr": "Quelle école ?", "nl": "Welke school?"}
    assert found.helps == {"nl": "Klas"}
    assert (found.id, found.type, found.required) == ("own_1", AnswerType.LINE, True)
    assert own(required="").required is False


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"titles": {"fr": "É"}}, {"titles.nl": "required"}),
        ({"titles": {}}, {"titles.fr": "required", "titles.nl": "required"}),
        ({"titles": TITLES | {"fr": 3}}, {"titles.fr": "required"}),
        (
            {"titles": TITLES | {"fr": "x" * (TITLE_LIMIT + 1)}},
            {"titles.fr": "too_long"},
        ),
        ({"titles": TITLES | {"nl": "a\x07"}}, {"titles.nl": "control_characters"}),
        ({"helps": {"nl": "x" * (HELP_LIMIT + 1)}}, {"helps.nl": "too_long"}),
    ],
)
def test_a_wrong_text_is_named_at_its_field(typed, expected):
    assert faults(own, **typed) == expected


def test_markup_is_text_like_any_other():
    titles = {"fr": "<script>alert(1)</script>", "nl": "${python: 1}"}
    assert own(titles=titles).titles == titles


def test_a_catalogue_question_needs_no_words_of_the_town():
    typed = {"titles": {"fr": " "}, "helps": {"nl": "Klas"}}
    assert read_wording(typed, LANGUAGES, complete=False) == Wording({}, {"nl": "Klas"})
    assert faults(read_wording, typed, LANGUAGES, complete=True) == {
        "titles.fr": "required",
        "titles.nl": "required",
    }


def test_choices_keep_their_value_and_new_ones_get_one():
    rows = [row("Oui", "Ja", "choice_a"), row(), row("Non", "Nee", "own_forged")]
    assert own(CHOICE, choices=rows).choices == {
        "choice_a": {"fr": "Oui", "nl": "Ja"},
        "new_0": {"fr": "Non", "nl": "Nee"},
    }


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], {"choices": "too_few_choices"}),
        ([row("A", "A"), row()], {"choices": "too_few_choices"}),
        ([row("A", "A"), row("B")], {"choices.1.nl": "required"}),
        ([row("A", "A"), row("B", "A")], {"choices.1.nl": "choice_twice"}),
        (
            [row("A", "A"), row("x" * (CHOICE_LIMIT + 1), "B")],
            {"choices.1.fr": "too_long"},
        ),
        (
            [row(f"F{n}", f"N{n}") for n in range(MOST_CHOICES + 1)],
            {"choices": "too_many_values"},
        ),
    ],
)
def test_a_wrong_choice_is_named_at_its_row(rows, expected):
    assert faults(own, CHOICE, choices=rows) == expected


def test_only_a_choice_has_choices():
    assert own(LINE, choices=[row("A", "A"), row("B", "B")]).choices == {}
