"""Every document of the pooled catalogue is ordered by its form, in four languages."""

from helpers.citizen import ABOUT
from helpers.citizen import DELIVERY
from helpers.citizen import WHO
from helpers.english import faults_of
from helpers.english import untranslated
from helpers.stores import only_order
from plone import api
from plonegov.core.languages import LANGUAGES
from plonegov.core.testing import FACTS
from plonegov.core.testing import set_facts
from plonegov.ordering.api import documents
from plonegov.ordering.domain import catalogue
from plonegov.ordering.setuphandlers import apply_counter
from zope.annotation.interfaces import IAnnotations

import pytest
import transaction


#: Country: a postal code of it.
COUNTRIES = {"BE": "7180", "FR": "86000"}
DOCUMENTS = [
    (country, document)
    for country in COUNTRIES
    for document in catalogue.document_ids(country)
]


#: Whom a document is about when that is not the applicant: of age.
OTHER = ABOUT | {"subject.birth_date-year": "1950"}


@pytest.fixture(params=DOCUMENTS, ids=lambda pair: "-".join(pair))
def document(request, portal):
    """One document in a town of its country that issues nothing else."""
    country, document = request.param
    IAnnotations(portal.REQUEST).clear()
    with api.env.adopt_roles(["Manager"]):
        portal.manage_delObjects(["counter"])
        place = {"country": country, "postal_code": COUNTRIES[country]}
        chosen = {
            "country": country,
            "postal_codes": [COUNTRIES[country]],
            "address": FACTS["address"] | place,
            "documents": [{"id": document, "service": "population"}],
        }
        set_facts(portal, FACTS | chosen)
        apply_counter(portal)
    transaction.commit()
    return documents.get(document)


def questions_answered(form) -> dict[str, str]:
    """Return an answer for each question of the document."""
    answers = {}
    for field in form.inputs:
        name = field.name or ""
        if not name.startswith("form.widgets.") or name.endswith("-empty-marker"):
            continue
        if options := getattr(field, "value_options", None):
            answers[name] = options[-1]
        elif field.get("type") not in ("hidden", "file"):
            date = field.get("type") == "date" or "date" in field.get("class", "")
            answers[name] = "2015-06-01" if date else "Exemple"
    return answers


def fields_of(page: str, document, language: str, form) -> dict[str, str | None]:
    terms = document.terms
    relation = str(terms.relations[0])
    if page == "who":
        number = None if terms.country == "FR" else WHO["applicant.national_number"]
        born = {name: None for name in WHO if "birth_date" in name}
        asked = {} if relation != "other" else born
        return WHO | asked | {"relation": relation, "applicant.national_number": number}
    if page == "about":
        told = terms.subject_deceased or not terms.deceased_allowed
        gone = {} if told else {"subject.deceased": "true"}
        return OTHER | gone
    if page == "delivery":
        code = {
            "applicant.address.postal_code": COUNTRIES[terms.country],
            "applicant.address.country": terms.country,
        }
        way = {"delivery": str(next(iter(terms.delivery_prices))), "copies": "1"}
        return DELIVERY | code | way | {"language": language}
    return questions_answered(form)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_document_is_ordered_by_its_form(browser, document, language):
    citizen = browser(language=language)
    english = untranslated(language) if language != "en" else frozenset()
    seen = []
    citizen.open(f"counter/{document.getId()}")
    seen.append(citizen.text())
    assert document.titles[language] in seen[0]
    citizen.open(f"counter/{document.getId()}/order")
    while (page := citizen.path.rpartition("/")[2]) not in ("check", "thanks"):
        seen.append(citizen.text())
        before = page
        citizen.send(fields_of(page, document, language, citizen.form()))
        assert citizen.path.rpartition("/")[2] != before, citizen.problems()
    seen.append(citizen.text())
    citizen.send()
    assert citizen.path == "counter/thanks", citizen.problems()
    seen.append(citizen.text())
    assert [faults_of(text, english) for text in seen] == [[]] * len(seen)
    assert only_order().language == language
