"""What the catalogue of Belgium says is what Belgian law and practice say."""

from helpers.intake import terms_of
from lxml import etree
from plonegov.ordering.domain import catalogue
from plonegov.ordering.domain.model import Delivery
from plonegov.ordering.domain.model import Kind
from plonegov.ordering.domain.model import Relation

import pytest


BELGIAN = (
    "birth-act",
    "criminal-record",
    "death-act",
    "household",
    "legal-cohabitation",
    "legalisation",
    "life",
    "marriage-act",
    "nationality",
    "nationality-act",
    "recognition-act",
    "residence",
    "residence-history",
)
BELGIAN_ACTS = tuple(name for name in BELGIAN if name.endswith("-act"))
NAMESPACE = "{http://namespaces.plone.org/supermodel/schema}"


def entry(document_id: str) -> catalogue.CatalogueEntry:
    return catalogue.entry("BE", document_id)


def choices(document_id: str, question: str) -> list[str]:
    """Return what may be chosen at a question."""
    root = etree.fromstring(entry(document_id).questions.encode())
    (field,) = root.iterfind(f".//{NAMESPACE}field[@name='{question}']")
    return [element.get("key") for element in field.iter(f"{NAMESPACE}element")]


def test_the_catalogue_of_belgium_holds_these_documents():
    assert catalogue.document_ids("BE") == BELGIAN


@pytest.mark.parametrize(
    "document_id",
    [name for name in BELGIAN if entry(name).kind is Kind.CERTIFICATE],
)
def test_no_third_party_orders_online_what_the_population_register_says(document_id):
    """BE: Royal Decree of 16-07-1992, article 3."""
    found = terms_of("BE", document_id)
    assert set(found.relations) <= {
        Relation.SELF,
        Relation.PARENT,
        Relation.GUARDIAN,
        Relation.MANDATARY,
    }
    assert found.deceased_allowed is False


@pytest.mark.parametrize("document_id", BELGIAN_ACTS)
def test_an_act_is_for_the_circle_of_the_law(document_id):
    """BE: Old Civil Code, articles 28 to 31; nobody orders one's own death act."""
    found = terms_of("BE", document_id)
    own = set() if document_id == "death-act" else {Relation.SELF}
    circle = {"spouse", "parent", "child", "guardian", "heir", "lawyer", "notary"}
    assert set(found.relations) == circle | {"mandatary", "other"} | own
    assert found.subject_deceased is (document_id == "death-act")
    assert found.kind is Kind.ATTACHED and found.deceased_allowed


@pytest.mark.parametrize("document_id", BELGIAN_ACTS)
def test_only_birth_marriage_and_death_have_a_multilingual_extract(document_id):
    many = document_id in ("birth-act", "marriage-act", "death-act")
    forms = choices(document_id, "form")
    assert forms == ["copy", "extract", *(["multilingual"] if many else [])]


def test_a_criminal_record_is_handed_to_the_person():
    """BE: Code of Criminal Procedure, articles 595 and 596; a town may add the post."""
    found = entry("criminal-record")
    assert terms_of("BE", "criminal-record").relations == ("self", "mandatary")
    assert tuple(found.delivery_prices) == (Delivery.COUNTER,)
    assert choices("criminal-record", "model") == ["595", "596-1", "596-2"]
    for texts in (found.summaries, found.legal_basis):
        assert all("595" in text and "596" in text for text in texts.values())


def test_a_signature_is_legalised_before_the_clerk_one_by_one():
    found = entry("legalisation")
    assert terms_of("BE", "legalisation").relations == (Relation.SELF,)
    assert tuple(found.delivery_prices) == (Delivery.COUNTER,)
    assert found.max_copies == 1


@pytest.mark.parametrize(
    ("document_id", "ids"),
    [
        ("residence", "full_name birth_date birth_place address address_since"),
        ("residence-history", "full_name birth_date birth_place since addresses"),
        ("household", "full_name address as_of members"),
        (
            "nationality",
            "full_name birth_date birth_place nationality nationality_since",
        ),
        ("life", "full_name birth_date birth_place address appeared_on"),
        (
            "legal-cohabitation",
            "full_name birth_date partner_name partner_birth_date address declared_on"
            " declared_in",
        ),
        ("legalisation", "signatory document signed_on"),
    ],
)
def test_a_certificate_states_these_findings(document_id, ids):
    assert [finding.id for finding in entry(document_id).findings] == ids.split()
