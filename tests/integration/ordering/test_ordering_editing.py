"""Editors word a form and add own questions, and publish the difference."""

from helpers.editing import add
from helpers.editing import asked
from helpers.editing import publish
from helpers.editing import typed
from helpers.people import add_person
from plone import api
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import InvalidInput
from plonegov.ordering.adapters.questions import check_answers
from plonegov.ordering.adapters.questions import json_schema
from plonegov.ordering.api import documents
from plonegov.ordering.api import forms
from plonegov.ordering.api import versions
from plonegov.ordering.browser.changewords import lines
from plonegov.ordering.domain.errors import EditionChanged
from plonegov.ordering.domain.errors import NothingToPublish
from plonegov.ordering.domain.errors import QuestionNotOwn
from plonegov.ordering.domain.errors import QuestionsFull
from plonegov.ordering.domain.errors import QuestionUnknown
from plonegov.ordering.domain.errors import VersionUnknown
from plonegov.ordering.domain.formchanges import ChangeKind
from plonegov.ordering.domain.forms import AnswerType
from plonegov.ordering.interfaces import EDIT_QUESTIONS

import pytest


@pytest.fixture
def document(portal):
    return documents.get("residence")


@pytest.fixture(autouse=True)
def editor(portal):
    """Work as a town's highest role: no Manager."""
    add_person(portal, "itstaff", ["Member", "Site Administrator"])
    with api.env.adopt_user("itstaff"):
        yield


@pytest.mark.parametrize(
    ("roles", "groups", "expected"),
    [
        (["Site Administrator"], [], True),
        (["Local Editor"], [], True),
        (["Clerk"], ["service-population"], True),
        (["Clerk"], ["service-works"], False),
        (["Drafter"], ["service-population"], False),
        (["Editor"], [], False),
        (["Contributor"], [], False),
        (["Member"], [], False),
    ],
)
def test_who_words_a_form(portal, document, roles, groups, expected):
    add_person(portal, "somebody", ["Member", *roles], groups)
    user = api.user.get("somebody")
    for permission, target, granted in (
        (EDIT_QUESTIONS, document, expected),
        ("plonegov: Manage questions", document.questions, False),
        ("Modify portal content", document.questions, False),
    ):
        found = api.user.has_permission(permission, user=user, obj=target)
        assert bool(found) is granted
    with api.env.adopt_user(user=user):
        if expected:
            forms.discard(document)
        else:
            for verb, arguments in (
                (forms.reword, ("purpose", typed("x"))),
                (forms.write, (forms.new_question(AnswerType.LINE), typed("x"))),
                (forms.remove, ("own_1",)),
                (forms.move, ("own_1", 1)),
                (forms.discard, ()),
                (forms.take_up, (0,)),
                (forms.publish, ("",)),
            ):
                with pytest.raises(ActionNotAllowed):
                    verb(document, *arguments)


def test_citizens_see_nothing_before_it_is_published(document):
    before, digest = json_schema(document), versions.digest(document)
    own = add(document)
    forms.reword(document, "purpose", typed("Pourquoi"))
    assert json_schema(document) == before
    assert versions.digest(document) == digest
    publish(document)
    assert asked(document) == ["purpose", own]
    properties = json_schema(document)["properties"]
    assert properties["purpose"]["title"] == "Pourquoi (fr)"
    assert versions.digest(document) != digest


def test_the_models_stay_as_the_catalogue_has_them(document):
    form = document.questions
    before = (form.fields_model, form.actions_model)
    add(document)
    publish(document)
    assert (form.fields_model, form.actions_model) == before


@pytest.mark.parametrize(
    ("answer_type", "right", "wrong"),
    [
        (AnswerType.LINE, "Exempleville", "x" * 201),
        (AnswerType.TEXT, "a\nb", "x" * 5001),
        (AnswerType.YES_NO, False, "no"),
        (AnswerType.DATE, "2026-01-31", "31/01/2026"),
        (AnswerType.NUMBER, 3, "3"),
    ],
)
def test_own_questions_of_each_kind_have_their_rule(
    document, answer_type, right, wrong
):
    own = add(document, answer_type)
    publish(document)
    assert own in check_answers(document, {"purpose": "x", own: right})
    for answer in (wrong, None):
        with pytest.raises(InvalidInput):
            check_answers(document, {"purpose": "x", own: answer})


def test_an_own_choice_takes_the_offered_values_only(document):
    own = add(document, AnswerType.CHOICE, choices=["Oui", "Non"])
    publish(document)
    schema = json_schema(document)["properties"][own]
    assert schema["enumNames"] == ["Oui (fr)", "Non (fr)"]
    assert check_answers(document, {"purpose": "x", own: schema["enum"][0]})
    with pytest.raises(InvalidInput):
        check_answers(document, {"purpose": "x", own: "Oui (fr)"})


@pytest.mark.parametrize("verb", [forms.remove, lambda d, q: forms.move(d, q, 1)])
def test_a_catalogue_question_is_neither_removed_nor_moved(document, verb):
    with pytest.raises(QuestionNotOwn):
        verb(document, "purpose")
    with pytest.raises(QuestionUnknown):
        verb(document, "own_0")
    with pytest.raises(QuestionUnknown):
        forms.reword(document, "own_0", typed("x"))


def test_a_form_holds_no_more_questions_than_an_order_takes(document, monkeypatch):
    monkeypatch.setattr(forms, "COUNT_LIMIT", 2)
    add(document)
    with pytest.raises(QuestionsFull):
        add(document)


def test_one_publishes_what_one_has_seen(document):
    with pytest.raises(NothingToPublish):
        forms.publish(document, "")
    add(document)
    seen = forms.pending_digest(document)
    add(document, words="Classe")
    with pytest.raises(EditionChanged):
        forms.publish(document, seen)
    assert asked(document) == ["purpose"]


def test_what_is_as_published_does_not_wait(document):
    own = add(document)
    forms.remove(document, own)
    assert document.questions.pending is None
    add(document)
    forms.discard(document)
    assert document.questions.pending is None


def test_a_former_version_is_published_again(document):
    own = add(document)
    publish(document)
    add(document, words="Classe")
    forms.move(document, own, 1)
    publish(document)
    rows = document.questions.versions
    assert [row["who"] for row in rows] == ["", "itstaff", "itstaff"]
    forms.take_up(document, 1)
    assert {change.kind for change in forms.difference(document)} == {
        ChangeKind.REMOVED
    }
    publish(document)
    assert asked(document) == ["purpose", own]
    forms.take_up(document, 0)
    publish(document)
    assert asked(document) == ["purpose"]
    assert len(document.questions.versions) == 5
    for number in (-1, 5):
        with pytest.raises(VersionUnknown):
            forms.take_up(document, number)


def test_the_difference_is_told_in_words(portal, document):
    own = add(document, AnswerType.CHOICE, choices=["Oui", "Non"])
    publish(document)
    values = list(json_schema(document)["properties"][own]["enum"])
    question = forms.drafted_questions(document)[-1]
    forms.write(
        document,
        question,
        typed("École", required=False, choices=[(values[0], "Oui"), "Peut-être"]),
    )
    forms.reword(document, "purpose", {"titles": {"fr": "Pourquoi ?"}, "helps": {}})
    told = lines(forms.difference(document), "fr", portal.REQUEST)
    assert [line.replace("\xa0", " ") for line in told] == [
        "Reformulée (Français) : « Pour quel usage avez-vous besoin du certificat ? » "
        "devient « Pourquoi ? »",
        "On peut maintenant ne pas y répondre : « École (fr) »",
        "Nouveaux choix dans « École (fr) » : Peut-être (fr)",
        "Choix retirés de « École (fr) » : Non (fr)",
    ]
    dutch = lines(forms.difference(document), "nl", portal.REQUEST, only=True)
    assert len(dutch) == 3


def test_a_forms_versions_are_reached_by_no_address(portal, document):
    form = document.questions
    add(document)
    for name in ("pending", "edition", "versions", "applied"):
        with api.env.adopt_roles(["Manager"]), pytest.raises(Exception) as caught:
            form.restrictedTraverse(name)
        assert type(caught.value).__name__ in ("Unauthorized", "NotFound")
