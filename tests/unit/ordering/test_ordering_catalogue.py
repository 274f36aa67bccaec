"""The pooled catalogue: complete in four languages, strict when read, never guessed."""

from collections.abc import Mapping
from decimal import Decimal
from helpers.intake import TODAY
from lxml import etree
from pathlib import Path
from plonegov.core.languages import LANGUAGES
from plonegov.core.law.dated import in_force
from plonegov.core.law.tomlfile import LawFileError
from plonegov.core.municipality.model import DocumentChoice
from plonegov.core.municipality.model import Municipality
from plonegov.core.municipality.model import Service
from plonegov.core.municipality.model import Theme
from plonegov.ordering.domain import catalogue
from plonegov.ordering.domain.choices import problems
from plonegov.ordering.domain.errors import DocumentUnknown
from plonegov.ordering.domain.errors import RemediesUnknown
from plonegov.ordering.domain.model import Delivery
from plonegov.ordering.domain.model import Kind
from plonegov.ordering.domain.remedies import remedies

import json
import pytest
import re
import shutil


#: The catalogues as found on disk; each entry is (country, id).
COUNTRIES = sorted(
    path.name.upper() for path in catalogue.FOLDER.iterdir() if path.is_dir()
)
ENTRIES = [
    (country, document_id)
    for country in COUNTRIES
    for document_id in catalogue.document_ids(country)
]
NAMESPACE = "{http://namespaces.plone.org/supermodel/schema}"
TRANSLATE = "{http://xml.zope.org/namespaces/i18n}translate"

#: A plain space where French typography wants one that does not break.
BREAKING = re.compile(r" [:;?!»]|« ")

every_entry = pytest.mark.parametrize(("country", "document_id"), ENTRIES)


def entry(document_id: str, country: str = "BE") -> catalogue.CatalogueEntry:
    return catalogue.entry(country, document_id)


def texts_of(found: catalogue.CatalogueEntry) -> dict[str, Mapping[str, str]]:
    """Return all texts of an entry by their place in its file."""
    texts = {name: getattr(found, name) for name in catalogue.TEXTS}
    if found.kind is Kind.CERTIFICATE:
        texts["statement"] = found.statement
    if found.free_url:
        texts["free_titles"] = found.free_titles
    for finding in found.findings:
        texts[finding.id] = finding.title
        texts |= {f"{finding.id}.{name}": t for name, t in finding.columns.items()}
    return texts


def questions_of(found: catalogue.CatalogueEntry) -> dict[str, etree._Element]:
    root = etree.fromstring(found.questions.encode())
    return {field.get("name"): field for field in root.iter(f"{NAMESPACE}field")}


def test_a_country_without_catalogue_has_no_documents():
    assert catalogue.document_ids("XX") == ()


def test_a_document_that_the_country_has_not_is_unknown():
    with pytest.raises(DocumentUnknown):
        catalogue.entry("BE", "passport")


@every_entry
def test_every_text_stands_in_every_language(country, document_id):
    found = entry(document_id, country)
    for name, texts in texts_of(found).items():
        assert tuple(texts) == LANGUAGES, name
        assert all("${" not in text for text in texts.values()), name
        if name in ("summaries", "entitled", "needed", "statement"):
            assert len(set(texts.values())) == len(LANGUAGES), f"{name}: not translated"


@every_entry
def test_french_has_spaces_that_do_not_break(country, document_id):
    for name, texts in texts_of(entry(document_id, country)).items():
        assert not BREAKING.search(texts["fr"]), f"{name}: {texts['fr']}"


@every_entry
def test_only_french_has_a_space_before_a_colon(country, document_id):
    for name, texts in texts_of(entry(document_id, country)).items():
        for language in ("nl", "en", "es"):
            assert not re.search(r"[ \u00a0][:;?!]", texts[language]), name


@every_entry
def test_terms_can_be_kept(country, document_id):
    """A citizen can get the document in some way, and is told the truth about it."""
    found = entry(document_id, country)
    assert found.id == document_id
    assert found.entitlement and found.delivery_prices and found.max_copies > 0
    assert found.retention_days > 0
    assert not found.free_url or found.free_url.startswith("https://")
    assert all(re.match("https?://", source.url) for source in found.sources)


@every_entry
def test_a_certificate_certifies_and_an_act_states_nothing_of_ours(
    country, document_id
):
    found = entry(document_id, country)
    certificate = found.kind is Kind.CERTIFICATE
    assert bool(found.statement) is bool(found.findings) is certificate
    ids = [finding.id for finding in found.findings]
    assert len(set(ids)) == len(ids)


@every_entry
def test_questions_hold_no_expression_and_every_text_is_translated(
    country, document_id
):
    root = etree.fromstring(entry(document_id, country).questions.encode())
    for element in root.iter():
        for name in element.attrib:
            assert "easyform" not in name
        if etree.QName(element).localname in ("title", "description", "element"):
            assert element.get(TRANSLATE)


@every_entry
def test_a_finding_stands_beside_a_question_that_is_asked(country, document_id):
    found = entry(document_id, country)
    asked = {finding.question for finding in found.findings} - {""}
    assert asked <= set(questions_of(found))


@every_entry
def test_values_are_plain_and_give_the_terms_back(country, document_id):
    found = entry(document_id, country)
    plain = catalogue.values(found, DocumentChoice(document_id, "population"))
    assert json.loads(json.dumps(plain)) == plain
    assert plain["statement"] == found.statement
    terms = catalogue.terms_from(document_id, plain, found.currency, country, TODAY)
    assert (terms.price, terms.delivery_prices) == (found.price, found.delivery_prices)
    assert terms.entitlement == in_force(found.entitlement, TODAY)
    assert (terms.act_date, terms.findings) == (found.act_date, found.findings)
    assert (terms.service, terms.country) == ("population", country)
    assert (terms.kind, terms.identity) == (found.kind, found.identity)


def test_one_text_of_a_question_has_one_wording():
    """The same message id in two forms says the same."""
    wordings: dict[str, set[str]] = {}
    for country, document_id in ENTRIES:
        root = etree.fromstring(entry(document_id, country).questions.encode())
        for element in root.iter():
            if element.get(TRANSLATE):
                wordings.setdefault(element.get(TRANSLATE), set()).add(element.text)
    assert {name: texts for name, texts in wordings.items() if len(texts) > 1} == {}


def test_the_town_overrides_price_delivery_delay_and_service():
    choice = DocumentChoice(
        "residence",
        "works",
        price="1.50",
        delivery_prices={"post": "3.00"},
        delay_days=0,
    )
    plain = catalogue.values(entry("residence"), choice)
    assert (plain["price"], plain["delay_days"], plain["service"]) == (
        "1.50",
        0,
        "works",
    )
    assert plain["delivery_prices"] == {
        "counter": "0.00",
        "post": "3.00",
        "email": "0.00",
        "download": "0.00",
    }


@pytest.fixture
def folder(tmp_path) -> Path:
    shutil.copytree(catalogue.FOLDER, tmp_path / "catalogue")
    return tmp_path / "catalogue"


#: Document, what stands in its file, what is written instead -> the key that is named.
BROKEN = [
    ("residence", 'kind = "certificate"', 'kind = "permit"', "kind"),
    ("residence", 'kind = "certificate"', "kind = 1", "kind"),
    ("residence", 'kind = "certificate"', "", "kind"),
    ("residence", 'kind = "certificate"', 'kind = "certificate"\nx = 1', "x"),
    ("residence", '"guardian"', '"cousin"', "entitlement[3].relations"),
    ("residence", '["self"]', '"self"', "entitlement[0].relations"),
    ("residence", '["self"]', "[]", "entitlement[0].relations"),
    ("residence", '"own_data"', '"whim"', "entitlement[0].reason"),
    ("residence", 'law = "mandate"', 'law = "custom"', "entitlement[4].law"),
    ("residence", '["mandate"]', '["word"]', "entitlement[4].proofs"),
    ("residence", '["mandate"]', "[1]", "entitlement[4].proofs"),
    ("residence", 'proofs = ["mandate"]\n', "", "entitlement[4].proofs"),
    ("residence", "= 1992-07-16", '= "1992"', "entitlement[0].valid_from"),
    (
        "residence",
        "minor = true",
        "min_age = 20\nvalid_until = 1",
        "entitlement[1].valid_until",
    ),
    (
        "residence",
        'relations = ["parent"]\noutcome = "refused"',
        'relations = ["parent"]\nminor = false\noutcome = "refused"',
        "entitlement",
    ),
    ("residence", 'price = "5.00"', "price = 5.0", "price"),
    ("residence", 'price = "5.00"', 'price = "5,00"', "price"),
    ("residence", 'price = "5.00"', 'price = "-5.00"', "price"),
    ("residence", 'post = "2.00"', 'pigeon = "2.00"', "delivery_prices"),
    (
        "residence",
        'counter = "0.00"\npost = "2.00"\nemail = "0.00"\ndownload = "0.00"',
        "",
        "delivery_prices",
    ),
    ("residence", "delay_days = 3", "delay_days = -1", "delay_days"),
    ("residence", "delay_days = 3", "delay_days = true", "delay_days"),
    (
        "residence",
        "deceased_allowed = false",
        "deceased_allowed = 0",
        "deceased_allowed",
    ),
    ("residence", 'en = "Certificate of residence"', 'en = " "', "titles.en"),
    ("residence", 'en = "Certificate of residence"', "", "titles.en"),
    ("residence", 'en = "Certificate of residence"', 'en = "a"\nde = "b"', "titles.de"),
    ("residence", "[titles]", 'titles = "x"\n[y]', "y"),
    ("residence", 'id = "full_name"', 'id = "Full name"', "findings[0].id"),
    ("residence", 'type = "text"', 'type = "rows"', "findings[0].columns"),
    ("residence", 'type = "text"', 'type = "text"\nhelp = 1', "findings[0].help"),
    ("household", 'type = "rows"', 'type = "text"', "findings[3].columns"),
    ("household", "verified = true", 'verified = "yes"', "sources[0].verified"),
    ("household", 'url = "https://mondossier', 'uri = "https://', "free_elsewhere.uri"),
    ("residence", "[statement]", "[statements]", "statements"),
    ("residence", "[titles]", "[x.titles]", "x"),
    ("birth-act", "[entitled]", "[statement]\n[entitled]", "statement"),
    ("birth-act", "[[sources]]", "[[origins]]", "origins"),
    ("birth-act", "act_date = ", "act_day = ", "act_day"),
    ("birth-act", "deceased_allowed = true", "deceased_allowed = [", "syntax"),
]


@pytest.mark.parametrize(("document_id", "there", "instead", "key"), BROKEN)
def test_a_wrong_file_is_refused_with_file_key_and_what_is_allowed(
    folder, document_id, there, instead, key
):
    file = folder / "be" / f"{document_id}.toml"
    text = file.read_text(encoding="utf-8")
    assert there in text
    file.write_text(text.replace(there, instead, 1), encoding="utf-8")
    with pytest.raises(LawFileError) as caught:
        catalogue.entry("BE", document_id, folder)
    assert (caught.value.file, caught.value.key) == (file, key)
    assert caught.value.allowed


def test_a_document_that_nobody_may_order_by_law_is_refused(folder):
    file = folder / "be" / "residence.toml"
    text = file.read_text(encoding="utf-8")
    start, end = text.index("[[entitlement]]"), text.index("[[sources]]")
    file.write_text(text[:start] + text[end:], encoding="utf-8")
    with pytest.raises(LawFileError, match=r"residence\.toml: entitlement"):
        catalogue.entry("BE", "residence", folder)


def test_a_document_without_sources_is_refused(folder):
    file = folder / "be" / "birth-act.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.index("[[sources]]")], encoding="utf-8")
    with pytest.raises(LawFileError, match=r"birth-act\.toml: sources"):
        catalogue.entry("BE", "birth-act", folder)


def test_a_document_without_questions_is_refused(folder):
    (folder / "be" / "questions" / "residence.xml").unlink()
    with pytest.raises(LawFileError, match=r"questions/residence\.xml"):
        catalogue.entry("BE", "residence", folder)


def test_a_document_may_be_free_nowhere(folder):
    file = folder / "be" / "residence.toml"
    text = file.read_text(encoding="utf-8")
    start, end = text.index("[free_elsewhere]"), text.index("[[findings]]")
    file.write_text(text[:start] + text[end:], encoding="utf-8")
    found = catalogue.entry("BE", "residence", folder)
    assert (found.free_url, found.free_titles) == ("", {})


def test_a_rejection_names_body_form_and_time_limit_in_every_language():
    """BE: laws of 29-07-1991 and 11-04-1994."""
    found = remedies("BE")
    assert found.days == 60
    assert tuple(found.texts) == LANGUAGES
    assert all("1040" in text for text in found.texts.values())
    assert not found.verified and any(not source.verified for source in found.sources)


def test_remedies_of_a_country_that_is_not_known_are_not_guessed():
    with pytest.raises(RemediesUnknown):
        remedies("XX")


def town(*documents: DocumentChoice) -> Municipality:
    return Municipality(
        id="x",
        name={"fr": "X"},
        country="BE",
        region="wallonia",
        official_code="1",
        postal_codes=(),
        localities=(),
        timezone="Europe/Brussels",
        currency="EUR",
        interface_languages=("fr",),
        content_languages=("fr",),
        legal_language="fr",
        theme=Theme("#000000", "#000000"),
        services=(Service("population", {"fr": "Population"}),),
        documents=documents,
    )


@pytest.mark.parametrize(
    ("choice", "key"),
    [
        (DocumentChoice("passport", "population"), "documents[1].id"),
        (DocumentChoice("residence", "police"), "documents[1].service"),
        (DocumentChoice("residence", "population", price="5"), "documents[1].price"),
        (
            DocumentChoice("residence", "population", delivery_prices={"fax": "1.00"}),
            "documents[1].delivery_prices.fax",
        ),
        (
            DocumentChoice("residence", "population", delivery_prices={"post": "1"}),
            "documents[1].delivery_prices.post",
        ),
        (
            DocumentChoice("residence", "population", delay_days=-1),
            "documents[1].delay_days",
        ),
    ],
)
def test_a_wrong_choice_of_the_town_is_named_by_its_key(choice, key):
    right = DocumentChoice("household", "population")
    ((found, _value, allowed),) = problems(town(right, choice))
    assert found == key and allowed


def test_a_right_choice_of_the_town_has_no_problem():
    choice = DocumentChoice(
        "residence", "population", "0.00", {str(Delivery.POST): "1.00"}, 0
    )
    assert problems(town(choice)) == []
    assert catalogue.values(entry("residence"), choice)["price"] == str(Decimal("0.00"))
