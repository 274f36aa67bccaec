"""Orders keep the form that they answered; drafts and applies meet a changed one."""

from datetime import date
from datetime import timedelta
from helpers.editing import add
from helpers.editing import asked
from helpers.editing import publish
from helpers.editing import texts
from helpers.editing import typed
from helpers.orders import request
from helpers.people import add_person
from plone import api
from plonegov.core.api import now
from plonegov.core.municipality.differences import State
from plonegov.core.municipality.facts import current
from plonegov.ordering.adapters.questions import json_schema
from plonegov.ordering.api import documents
from plonegov.ordering.api import drafts
from plonegov.ordering.api import forms
from plonegov.ordering.api import handling
from plonegov.ordering.api import orders
from plonegov.ordering.api import versions
from plonegov.ordering.api.counters import counter
from plonegov.ordering.browser.answers import answer_rows
from plonegov.ordering.domain.errors import FormChanged
from plonegov.ordering.domain.forms import AnswerType
from plonegov.ordering.exportimport.reader import CounterReader
from plonegov.ordering.setuphandlers import apply_counter

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


def place(**answers):
    return orders.place(request(answers={"purpose": "Inscription", **answers}))


def test_who_answers_the_present_version_is_counted(document):
    drafts.keep(None, "residence", request())
    drafts.keep(None, "household", request())
    place()
    closed = place()
    with api.env.adopt_roles(["Service Clerk", "Manager"]):
        handling.withdraw(closed)
    found = forms.impact(document)
    assert (found.drafts, found.orders) == (1, 1)
    add(document, required=False)
    publish(document)
    assert forms.impact(document).orders == 0


def test_an_order_shows_what_it_answered_whatever_became_of_the_form(portal, document):
    own = add(document, AnswerType.CHOICE, choices=["Oui", "Non"])
    day = add(document, AnswerType.DATE, words="Jour")
    sure = add(document, AnswerType.YES_NO, words="Urgent")
    publish(document)
    value = json_schema(document)["properties"][own]["enum"][1]
    order = place(**{own: value, day: "2026-01-31", sure: True})
    for name in (own, day, sure):
        forms.remove(document, name)
    forms.reword(document, "purpose", typed("Autre chose"))
    publish(document)
    rows = answer_rows(order, "fr", portal.REQUEST)
    assert [(row["label"], row["value"]) for row in rows] == [
        ("Pour quel usage avez-vous besoin du certificat\xa0?", "Inscription"),
        ("École (fr)", "Non (fr)"),
        ("Jour (fr)", "31 janvier 2026"),
        ("Urgent (fr)", "Oui"),
    ]
    assert answer_rows(order, "nl", portal.REQUEST)[1]["label"] == "École (nl)"
    assert order.answers[day] == date(2026, 1, 31)


def test_an_order_keeps_what_its_clerk_confirms(document):
    order = place()
    before = handling.findings_of(order)
    document.findings = document.findings[:1]
    assert handling.findings_of(order) == before
    assert len(handling.findings_of(place())) == 1


def test_orders_of_one_version_share_it(document):
    place()
    count = len(counter().schemas)
    assert place().schema_digest == place().schema_digest
    assert len(counter().schemas) == count


def test_a_version_in_use_is_young(document):
    store = counter().schemas
    digest = versions.keep(document)
    store._schemas[digest].used = now() - timedelta(days=2)
    versions.keep(document)
    assert now() - store._schemas[digest].used < timedelta(days=1)


def content_of(document, **answers):
    content = request(answers={"purpose": "Inscription", **answers})
    return content | {"schema": versions.keep(document)}


def test_a_draft_whose_form_changed_is_not_sent_unseen(document):
    draft = drafts.keep(None, "residence", content_of(document))
    forms.reword(document, "purpose", typed("Pourquoi"))
    publish(document)
    with pytest.raises(FormChanged):
        drafts.send(draft, draft.token, "")
    order = drafts.send(draft, draft.token, "", versions.digest(document))
    assert order.schema_digest == versions.digest(document)


@pytest.mark.parametrize("required", [True, False])
def test_a_draft_is_not_sent_before_a_new_question_was_asked(document, required):
    draft = drafts.keep(None, "residence", content_of(document))
    add(document, required=required)
    publish(document)
    with pytest.raises(FormChanged):
        drafts.send(draft, draft.token, "", versions.digest(document))


def test_an_answer_that_is_asked_no_more_does_not_stop_an_order(document):
    own = add(document)
    publish(document)
    draft = drafts.keep(None, "residence", content_of(document, **{own: "x"}))
    forms.remove(document, own)
    publish(document)
    order = drafts.send(draft, draft.token, "", versions.digest(document))
    assert order.answers == {"purpose": "Inscription"}


def state_of(portal):
    found = CounterReader().differences(portal, current())
    return {one.key: one.state for one in found}


def test_an_apply_keeps_what_editors_published_and_what_waits(portal, document):
    key = "documents.residence.questions"
    assert key not in state_of(portal)
    own = add(document)
    publish(document)
    add(document, words="Classe")
    pending = document.questions.pending
    assert state_of(portal)[key] is State.KEPT
    with api.env.adopt_roles(["Manager"]):
        apply_counter(portal)
    assert asked(document) == ["purpose", own]
    assert document.questions.pending == pending


def test_a_forced_apply_brings_the_catalogues_form_back(portal, document):
    key = "documents.residence.questions"
    add(document)
    publish(document)
    with api.env.adopt_roles(["Manager"]):
        CounterReader().release(portal, [key])
        apply_counter(portal)
    assert asked(document) == ["purpose"]
    assert key not in state_of(portal)


def test_a_new_catalogue_keeps_the_towns_words(portal, document):
    forms.reword(document, "purpose", {"titles": texts("Pourquoi"), "helps": {}})
    publish(document)
    form = document.questions
    old = form.applied["fields_model"].replace("<max_length>200", "<max_length>100")
    form.fields_model, form.applied = old, form.applied | {"fields_model": old}
    with api.env.adopt_roles(["Manager"]):
        apply_counter(portal)
    schema = json_schema(document)["properties"]["purpose"]
    assert (schema["maxLength"], schema["title"]) == (200, "Pourquoi (fr)")
