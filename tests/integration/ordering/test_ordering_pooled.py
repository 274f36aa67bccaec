"""Every document of the pooled catalogue can be ordered, drawn up and handed over."""

from collections import Counter
from helpers.intake import terms_of
from helpers.people import add_person
from io import BytesIO
from plone import api
from plonegov.core.languages import LANGUAGES
from plonegov.core.municipality.facts import settings
from plonegov.core.municipality.interfaces import IDemoData
from plonegov.core.testing import FACTS
from plonegov.core.testing import set_facts
from plonegov.ordering.adapters.demo import COUNTS
from plonegov.ordering.adapters.questions import json_schema
from plonegov.ordering.api import documents
from plonegov.ordering.api import handingout
from plonegov.ordering.api import handling
from plonegov.ordering.api import orders
from plonegov.ordering.api import relations
from plonegov.ordering.api.counters import counter
from plonegov.ordering.domain import catalogue
from plonegov.ordering.domain.model import FindingType
from plonegov.ordering.domain.model import Kind
from plonegov.ordering.setuphandlers import apply_counter
from pypdf import PdfReader
from zope.annotation.interfaces import IAnnotations
from zope.component import getUtility

import pdfstructure
import pytest


COUNTRIES = sorted(
    path.name.upper() for path in catalogue.FOLDER.iterdir() if path.is_dir()
)
ACT = b"%PDF-1.7\n% an act of a register\n%%EOF\n"
POSTAL_CODES = {"BE": "9999", "FR": "86000"}
PERSON = {"first_name": "Ada", "last_name": "Exemple", "birth_date": "1985-07-30"}


def town_with(portal, country, ids, language="fr"):
    """Make the site a town of a country that issues documents of its catalogue."""
    chosen = [{"id": name, "service": "population"} for name in ids]
    IAnnotations(portal.REQUEST).clear()
    with api.env.adopt_roles(["Manager"]):
        portal.manage_delObjects(["counter"])
    code = POSTAL_CODES[country]
    changed = {
        "country": country,
        "postal_codes": [code],
        "address": FACTS["address"] | {"country": country, "postal_code": code},
        "legal_language": language,
        "documents": chosen,
    }
    set_facts(portal, FACTS | changed)
    apply_counter(portal)


@pytest.fixture
def clerk(portal):
    add_person(portal, "clerk", ["Member", "Clerk"], ["service-population"])
    add_person(portal, "citizen", ["Member"])


def answer_to(question):
    if question.get("enum"):
        return question["enum"][-1]
    return "2015-06-01" if question.get("format") == "date" else "Exemple"


def order_of(document):
    """Order a document as the first of those who may; return the order."""
    terms, schema = document.terms, json_schema(document)
    relation = str(terms.relations[0])
    about = {} if relation == "self" else {"subject": PERSON | {"first_name": "Bea"}}
    code = {"country": terms.country, "postal_code": POSTAL_CODES[terms.country]}
    return orders.place(
        {
            "document": terms.id,
            "language": "nl",
            "relation": relation,
            "applicant": PERSON | {"address": FACTS["address"] | code},
            "copies": terms.max_copies,
            "delivery": str(next(iter(terms.delivery_prices))),
            "answers": {
                name: answer_to(question)
                for name, question in schema["properties"].items()
            },
            **about,
        }
    )


def confirmed(finding):
    if finding.type is FindingType.ROWS:
        return [dict.fromkeys(finding.columns, "Exemple")]
    return {"date": "2020-02-29", "number": "3"}.get(finding.type.value, "Exemple")


def issue(order):
    """Work on an order as a clerk does until it is handed over."""
    handling.take(order)
    if order.waits_for_proof:
        relations.accept_relation(order, "desk", "Article 29")
    values = {finding.id: confirmed(finding) for finding in handling.findings_of(order)}
    handling.confirm_findings(order, values, address_unprotected=True)
    if order.kind == Kind.ATTACHED:
        handling.attach_act(order, "act.pdf", ACT)
    handling.produce(order)
    if order.delivery == "post":
        handingout.register_address(order, order.applicant["address"])
    handling.make_ready(order)
    handling.hand_over(order, "identity_card")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("country", COUNTRIES)
def test_every_document_goes_the_whole_way_in_every_language(
    portal, clerk, country, language
):
    ids = catalogue.document_ids(country)
    town_with(portal, country, ids, language)
    assert sorted(item.getId() for item in documents.all_documents()) == sorted(ids)
    for document in documents.all_documents():
        order = order_of(document)
        with api.env.adopt_user(username="clerk"):
            issue(order)
        assert order.state == "delivered"
        text = pdfstructure.text(PdfReader(BytesIO(order.issued.data)))
        assert document.titles[language] in text, document.getId()
        if order.kind == Kind.ATTACHED:
            assert order.act.data == ACT


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_demonstration_has_only_documents_that_the_town_picked(
    portal, clerk, country
):
    picked = catalogue.document_ids(country)
    town_with(portal, country, picked)
    settings().demo = True
    getUtility(IDemoData, name="plonegov.ordering").create(portal, "")
    records = counter().records
    made = [records.get(key).__of__(counter()) for key in records]
    assert Counter(order.state for order in made) == COUNTS
    alone = {name for name in picked if "self" in terms_of(country, name).relations}
    assert {order.document for order in made} == alone


def test_a_town_that_issues_nothing_has_an_empty_demonstration(portal, clerk):
    town_with(portal, "BE", ())
    getUtility(IDemoData, name="plonegov.ordering").create(portal, "")
    assert len(counter().records) == 0
