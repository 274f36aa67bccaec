"""A document's questions: EasyForm shows them, the counter alone takes the answers."""

from collective.easyform.api import get_actions
from collective.easyform.api import get_schema
from collective.easyform.interfaces import IActionFactory
from datetime import date
from plone.app.testing import logout
from plonegov.core.api import municipality
from plonegov.core.errors import InvalidInput
from plonegov.ordering.adapters.easyform import CreateOrder
from plonegov.ordering.adapters.easyform import ICreateOrder
from plonegov.ordering.adapters.editions import questions_of
from plonegov.ordering.adapters.questions import check_answers
from plonegov.ordering.adapters.questions import json_schema
from plonegov.ordering.api import documents
from plonegov.ordering.api import versions
from plonegov.ordering.domain.errors import DirectOrderRefused
from plonegov.ordering.interfaces import IOrderingLayer
from zope.component import getMultiAdapter
from zope.component import getUtility
from zope.i18n import translate
from zope.interface import alsoProvides
from zope.interface.verify import verifyObject
from zope.schema import getFieldNamesInOrder
from zope.schema import getFieldsInOrder

import pytest


QUESTIONS = {
    "residence": ["purpose"],
    "household": ["purpose", "as_of"],
    "birth-act": ["form", "birth_place", "first_parent", "second_parent", "purpose"],
}
ACT = {"form": "copy", "birth_place": "Exempleville", "purpose": "Mariage"}

ALL_KINDS = """
<model xmlns="http://namespaces.plone.org/supermodel/schema"
       xmlns:easyform="http://namespaces.plone.org/supermodel/easyform">
  <schema>
    <field name="note" type="collective.easyform.fields.Label"><title>N</title></field>
    <field name="story" type="zope.schema.Text">
      <title>Story</title><required>False</required></field>
    <field name="sure" type="zope.schema.Bool">
      <title>Sure</title><required>False</required></field>
    <field name="count" type="zope.schema.Int">
      <title>Count</title><min>1</min><max>9</max><required>False</required></field>
    <field name="day" type="zope.schema.Date">
      <title>Day</title><min>2020-01-01</min><max>2030-12-31</max>
      <required>False</required></field>
    <field name="several" type="zope.schema.Set">
      <title>Several</title><required>False</required>
      <value_type type="zope.schema.Choice">
        <values><element>a</element><element>b</element></values>
      </value_type></field>
    <field name="site" type="zope.schema.TextLine" easyform:validators="isNotLinkSpam">
      <title>Site</title><required>False</required></field>
    <field name="file" type="plone.namedfile.field.NamedBlobFile">
      <title>File</title><required>False</required></field>
    <field name="two" type="zope.schema.List">
      <title>Two</title><required>False</required><max_length>2</max_length>
      <value_type type="zope.schema.TextLine" /></field>
  </schema>
</model>"""


def faults(document, answers) -> dict[str, str]:
    try:
        check_answers(document, answers)
    except InvalidInput as error:
        return {fault.field: fault.code for fault in error.faults}
    return {}


@pytest.fixture
def any_kind(portal):
    document = documents.get("residence")
    document.questions.fields_model = ALL_KINDS
    return document


@pytest.mark.parametrize("document_id", QUESTIONS)
def test_the_form_holds_the_documents_questions_and_nothing_else(portal, document_id):
    form = documents.get(document_id).questions
    assert getFieldNamesInOrder(get_schema(form)) == QUESTIONS[document_id]


@pytest.mark.parametrize("document_id", QUESTIONS)
def test_the_forms_only_action_refuses_to_make_an_order(portal, document_id):
    ((name, action),) = getFieldsInOrder(
        get_actions(documents.get(document_id).questions)
    )
    assert name == "create_order" and action.required
    assert verifyObject(ICreateOrder, action) and isinstance(action, CreateOrder)
    with pytest.raises(DirectOrderRefused):
        action.onSuccess({}, portal.REQUEST)


def test_the_action_is_a_managers_to_add(portal):
    factory = getUtility(
        IActionFactory, name="plonegov.ordering.adapters.easyform.CreateOrder"
    )
    assert not factory.available(portal)
    logout()
    assert not factory.available(portal)


@pytest.mark.parametrize("name", ["view", "embedded", "z3cform_validate_field"])
def test_the_forms_own_address_leads_to_the_counters_steps(portal, name):
    request = portal.REQUEST
    alsoProvides(request, IOrderingLayer)
    document = documents.get("residence")
    view = getMultiAdapter((document.questions, request), name=name)
    request["REQUEST_METHOD"] = request.method = "GET"
    view()
    assert request.response.getHeader("location") == f"{document.absolute_url()}/order"
    for method in ("POST", "PUT", "PATCH"):
        request["REQUEST_METHOD"] = request.method = method
        with pytest.raises(DirectOrderRefused):
            view()


def test_answers_get_the_types_of_their_questions(portal):
    document = documents.get("household")
    answers = {"purpose": " Bourse  d'études ", "as_of": "2026-01-31"}
    assert check_answers(document, answers) == {
        "purpose": "Bourse d'études",
        "as_of": date(2026, 1, 31),
    }
    assert check_answers(document, {"purpose": "x", "as_of": ""}) == {"purpose": "x"}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, {"form": "required", "birth_place": "required", "purpose": "required"}),
        (ACT | {"form": "original"}, {"form": "unknown_choice"}),
        (ACT | {"form": 1}, {"form": "text_expected"}),
        (ACT | {"purpose": "  "}, {"purpose": "required"}),
        (ACT | {"purpose": 3}, {"purpose": "text_expected"}),
        (ACT | {"purpose": "x" * 201}, {"purpose": "too_long"}),
        (ACT | {"purpose": "a\x07"}, {"purpose": "control_characters"}),
        (ACT | {"colour": "red"}, {"colour": "unknown_key"}),
        (ACT | {"form": "extract", "first_parent": None}, {}),
        (ACT | {"purpose": "<script>alert(1)</script> Ελλάδα"}, {}),
    ],
)
def test_a_wrong_answer_is_named_at_its_question(portal, answers, expected):
    found = faults(documents.get("birth-act"), answers)
    assert found == {f"answers.{name}": code for name, code in expected.items()}


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"story": "x\ny"}, None),
        ({"story": "x" * 5001}, "too_long"),
        ({"sure": "yes"}, "boolean_expected"),
        ({"sure": True}, None),
        ({"count": 0}, "number_too_small"),
        ({"count": 10}, "number_too_large"),
        ({"count": "3"}, "whole_number_expected"),
        ({"count": True}, "whole_number_expected"),
        ({"count": 3}, None),
        ({"day": "2019-12-31"}, "date_too_early"),
        ({"day": "2031-01-01"}, "date_too_late"),
        ({"day": "31/12/2025"}, "date_invalid"),
        ({"day": "2025-12-31"}, None),
        ({"several": "a"}, "list_expected"),
        ({"several": ["c"]}, "unknown_choice"),
        ({"several": ["a", "b"]}, None),
        (
            {"site": "see http://spam.example and https://spam.example"},
            "answer_refused",
        ),
        ({"site": "Exempleville"}, None),
        ({"file": "x"}, "answer_type_refused"),
        ({"two": ["a", "b", "c"]}, "answer_refused"),
        ({"two": ["a", "b"]}, None),
        ({"note": "x"}, "unknown_key"),
    ],
)
def test_each_kind_of_question_has_its_rule(any_kind, answers, code):
    ((name, _value),) = answers.items()
    assert faults(any_kind, answers) == ({f"answers.{name}": code} if code else {})


def test_several_answers_have_the_type_of_their_question(any_kind):
    found = check_answers(any_kind, {"several": ["b", "a"], "two": ["x"]})
    assert found == {"several": {"a", "b"}, "two": ["x"]}


def test_the_json_schema_tells_what_the_check_takes(portal):
    form = json_schema(documents.get("birth-act"))["properties"]["form"]
    assert form["type"] == "string"
    assert form["enum"] == ["copy", "extract", "multilingual"]
    assert form["enumNames"] == ["Copie", "Extrait", "Extrait multilingue"]
    assert form["title"].startswith("Sous quelle forme")
    assert form["description"]
    found = json_schema(documents.get("household"))
    assert found["required"] == ["purpose"]
    assert found["additionalProperties"] is False
    assert found["properties"]["purpose"]["maxLength"] == 200
    as_of = found["properties"]["as_of"]
    assert (as_of["format"], as_of["formatMinimum"]) == ("date", "1985-01-01")


def test_the_json_schema_knows_every_kind(any_kind):
    found = json_schema(any_kind)["properties"]
    assert "note" not in found
    assert found["sure"]["type"] == "boolean"
    assert found["count"] == {
        "type": "integer",
        "minimum": 1,
        "maximum": 9,
        "title": "Count",
    }
    assert found["day"]["formatMaximum"] == "2030-12-31"
    assert found["several"]["items"]["enum"] == ["a", "b"]
    assert found["story"]["maxLength"] == 5000
    assert found["file"] == {"title": "File"}


def test_the_digest_says_which_questions_were_answered(portal):
    document = documents.get("residence")
    before = versions.digest(document)
    assert len(before) == 64 and versions.digest(document) == before
    document.questions.fields_model = ALL_KINDS
    assert versions.digest(document) != before


def test_questions_are_messages_of_ours_in_every_language_of_the_town(portal):
    document = documents.get("household")
    title = get_schema(document.questions)["as_of"].title
    assert (str(title), title.domain) == ("question_as_of", "plonegov.ordering")
    asked = {one.id: one for one in questions_of(document.questions)}
    assert asked["as_of"].titles == {
        language: translate(title, target_language=language)
        for language in municipality().interface_languages
    }
