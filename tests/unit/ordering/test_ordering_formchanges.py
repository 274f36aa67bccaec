"""What differs between two versions of a form, and whom it concerns."""

from dataclasses import replace
from plonegov.ordering.domain.formchanges import carried
from plonegov.ordering.domain.formchanges import changes
from plonegov.ordering.domain.formchanges import to_ask
from plonegov.ordering.domain.forms import AnswerType
from plonegov.ordering.domain.forms import Question

import pytest


PURPOSE = Question("purpose", AnswerType.LINE, {"fr": "Pourquoi ?"}, {"fr": "Aide"})
FORM = Question(
    "form",
    AnswerType.CHOICE,
    {"fr": "Forme"},
    required=False,
    choices={"copy": {"fr": "Copie"}, "extract": {"fr": "Extrait"}},
)
OWN = Question("own_1", AnswerType.YES_NO, {"fr": "Urgent ?"})
OLD = (PURPOSE, FORM)


def told(old, new):
    return [(change.kind, change.question.id) for change in changes(old, new)]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (OLD, []),
        ((*OLD, OWN), [("added_required", "own_1")]),
        ((*OLD, replace(OWN, required=False)), [("added", "own_1")]),
        ((PURPOSE,), [("removed", "form")]),
        ((FORM, PURPOSE), [("moved", "form")]),
        (
            (replace(PURPOSE, titles={"fr": "À quoi bon ?"}), FORM),
            [("reworded", "purpose")],
        ),
        ((replace(PURPOSE, helps={}), FORM), [("help", "purpose")]),
        ((replace(PURPOSE, required=False), FORM), [("optional", "purpose")]),
        ((PURPOSE, replace(FORM, required=True)), [("required", "form")]),
        (
            (replace(PURPOSE, type=AnswerType.TEXT), FORM),
            [("retyped", "purpose")],
        ),
        (
            (
                PURPOSE,
                replace(FORM, choices={"copy": {"fr": "Copie"}, "x": {"fr": "X"}}),
            ),
            [("choices_added", "form"), ("choices_removed", "form")],
        ),
        (
            (
                PURPOSE,
                replace(FORM, choices={**FORM.choices, "copy": {"fr": "Double"}}),
            ),
            [("choices_reworded", "form")],
        ),
    ],
)
def test_each_difference_is_named(new, expected):
    assert told(OLD, new) == expected


def test_a_rewording_tells_its_language_and_both_texts():
    titles = {"fr": "Pourquoi ?", "nl": "Waarom?"}
    (change,) = changes((PURPOSE,), (replace(PURPOSE, titles=titles),))
    assert (change.language, change.before, change.after) == ("nl", "", "Waarom?")


def test_choices_that_went_are_told_by_their_titles():
    (change,) = changes((FORM,), (replace(FORM, choices={"copy": {"fr": "Copie"}}),))
    assert change.choices == ({"fr": "Extrait"},)


ANSWERS = {"purpose": "École", "form": "copy"}


@pytest.mark.parametrize(
    ("new", "kept", "asked"),
    [
        (OLD, ANSWERS, set()),
        ((replace(PURPOSE, titles={"fr": "Autre"}), FORM), ANSWERS, set()),
        ((*OLD, OWN), ANSWERS, {"own_1"}),
        ((*OLD, replace(OWN, required=False)), ANSWERS, {"own_1"}),
        ((PURPOSE,), {"purpose": "École"}, set()),
        (
            (replace(PURPOSE, type=AnswerType.DATE), FORM),
            {"form": "copy"},
            {"purpose"},
        ),
        (
            (PURPOSE, replace(FORM, choices={"extract": {"fr": "Extrait"}})),
            {"purpose": "École"},
            {"form"},
        ),
        ((PURPOSE, replace(FORM, required=True)), ANSWERS, set()),
    ],
)
def test_nothing_that_still_answers_is_lost_and_only_the_rest_is_asked(
    new, kept, asked
):
    assert carried(ANSWERS, OLD, new) == kept
    assert to_ask(ANSWERS, OLD, new) == asked


@pytest.mark.parametrize("empty", [{}, {"form": None}, {"form": ""}])
def test_a_question_that_became_required_is_asked_of_who_left_it_empty(empty):
    new = (PURPOSE, replace(FORM, required=True))
    answers = {"purpose": "École", **empty}
    assert to_ask(answers, OLD, new) == {"form"}
    assert to_ask(answers, OLD, OLD) == set()


def test_several_choices_are_carried_while_all_are_offered():
    several = replace(FORM, type=AnswerType.SEVERAL)
    fewer = replace(several, choices={"copy": {"fr": "Copie"}})
    answers = {"form": ["copy", "extract"]}
    assert carried(answers, (several,), (several,)) == answers
    assert carried(answers, (several,), (fewer,)) == {}
