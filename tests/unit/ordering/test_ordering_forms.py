"""What editors may make of a form: words and own questions, and nothing else."""

from dataclasses import replace
from plonegov.ordering.domain.errors import QuestionNotOwn
from plonegov.ordering.domain.errors import QuestionUnknown
from plonegov.ordering.domain.forms import AnswerType
from plonegov.ordering.domain.forms import Edition
from plonegov.ordering.domain.forms import edition_from_plain
from plonegov.ordering.domain.forms import edition_to_plain
from plonegov.ordering.domain.forms import OWN_TYPES
from plonegov.ordering.domain.forms import Question
from plonegov.ordering.domain.forms import question_from_plain
from plonegov.ordering.domain.forms import question_to_plain
from plonegov.ordering.domain.forms import Wording

import json
import pytest


PURPOSE = Question(
    "purpose",
    AnswerType.LINE,
    {"fr": "Pourquoi ?", "nl": "Waarom?"},
    {"fr": "Par exemple : l'école."},
)
FORM = Question(
    "form",
    AnswerType.CHOICE,
    {"fr": "Forme", "nl": "Vorm"},
    choices={"copy": {"fr": "Copie"}, "extract": {"fr": "Extrait"}},
)
CATALOGUE = (PURPOSE, FORM)
SCHOOL = Question("own_1", AnswerType.LINE, {"fr": "École", "nl": "School"})
CLASS = Question("own_2", AnswerType.NUMBER, {"fr": "Classe", "nl": "Klas"})
WORDS = Wording({"fr": "À quoi sert-il ?"}, {"nl": "Bijvoorbeeld de school."})


def ids(edition):
    return [question.id for question in edition.own]


def test_the_catalogues_form_is_an_edition_without_anything():
    assert Edition().of(CATALOGUE) == CATALOGUE
    assert edition_to_plain(Edition()) == {}
    assert edition_from_plain({}) == Edition()


def test_words_replace_those_of_their_language_only():
    found = Edition().reword(PURPOSE, WORDS).of(CATALOGUE)[0]
    assert found.titles == {"fr": "À quoi sert-il ?", "nl": "Waarom?"}
    assert found.helps == {
        "fr": "Par exemple : l'école.",
        "nl": "Bijvoorbeeld de school.",
    }
    assert replace(found, titles=PURPOSE.titles, helps=PURPOSE.helps) == PURPOSE


@pytest.mark.parametrize(
    "words",
    [
        Wording(),
        Wording(PURPOSE.titles, PURPOSE.helps),
        Wording({"fr": "Pourquoi\xa0?"}),
        Wording({"fr": ""}),
    ],
)
def test_words_that_are_the_catalogues_or_none_are_not_kept(words):
    edition = Edition().reword(FORM, Wording({"fr": "Sous quelle forme ?"}))
    worded = edition.reword(PURPOSE, WORDS)
    assert worded != edition
    assert worded.reword(PURPOSE, words) == edition


def test_own_questions_stand_after_the_catalogues_in_their_order():
    edition = Edition().put(SCHOOL).put(CLASS)
    assert edition.of(CATALOGUE) == (*CATALOGUE, SCHOOL, CLASS)
    other = replace(SCHOOL, required=False)
    assert edition.put(other).own == (other, CLASS)
    assert [one.own for one in edition.of(CATALOGUE)] == [False, False, True, True]


@pytest.mark.parametrize(
    ("question", "by", "expected"),
    [
        ("own_2", -1, ["own_2", "own_1"]),
        ("own_1", 1, ["own_2", "own_1"]),
        ("own_1", -1, ["own_1", "own_2"]),
        ("own_2", 1, ["own_1", "own_2"]),
    ],
)
def test_an_own_question_moves_among_the_own_ones(question, by, expected):
    edition = Edition().put(SCHOOL).put(CLASS)
    assert ids(edition.move(question, by)) == expected


def test_an_own_question_is_removed():
    edition = Edition().put(SCHOOL).put(CLASS)
    assert ids(edition.remove("own_1")) == ["own_2"]


@pytest.mark.parametrize(
    ("question", "error"), [("purpose", QuestionNotOwn), ("own_9", QuestionUnknown)]
)
@pytest.mark.parametrize("verb", ["remove", "move", "find"])
def test_a_catalogue_question_is_never_removed_or_moved(question, error, verb):
    edition = Edition().put(SCHOOL)
    arguments = (question, 1) if verb == "move" else (question,)
    with pytest.raises(error):
        getattr(edition, verb)(*arguments)


def test_an_edition_is_kept_as_json():
    edition = Edition().reword(PURPOSE, WORDS).put(SCHOOL).put(CLASS)
    plain = json.loads(json.dumps(edition_to_plain(edition)))
    assert edition_from_plain(plain) == edition
    assert set(plain) == {"wordings", "own"}


def test_a_question_is_kept_as_json_with_its_choices_in_order():
    plain = json.loads(json.dumps(question_to_plain(FORM), sort_keys=True))
    assert question_from_plain(plain) == FORM
    assert list(question_from_plain(plain).choices) == ["copy", "extract"]


def test_editors_add_no_question_of_the_catalogues_other_types():
    assert not {AnswerType.SEVERAL, AnswerType.OTHER} & set(OWN_TYPES)
