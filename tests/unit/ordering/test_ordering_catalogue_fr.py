"""What a French commune issues: who may ask, free of charge, nothing of Belgium's.

Decree no. 2017-890 of 6 May 2017 on civil status (articles 26 and 29 to 33), decree
no. 74-449 of 15 May 1974 on the family booklet, CGCT article L. 2122-30.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from helpers.intake import faults
from helpers.intake import PARENT
from helpers.intake import request
from helpers.intake import terms
from helpers.intake import terms_of
from lxml import etree
from pathlib import Path
from plonegov.core.languages import LANGUAGES
from plonegov.core.law.tomlfile import LawFileError
from plonegov.core.municipality.model import Address
from plonegov.core.pdf.wording import address_lines
from plonegov.ordering.browser.labels import relation_title
from plonegov.ordering.browser.labels import RELATIONS
from plonegov.ordering.browser.words import ABOUT
from plonegov.ordering.browser.words import about
from plonegov.ordering.browser.words import about_hint
from plonegov.ordering.domain import catalogue
from plonegov.ordering.domain.model import Kind
from plonegov.ordering.domain.model import Relation
from plonegov.ordering.domain.remedies import remedies

import polib
import pytest
import re
import shutil


ACTS = ("birth-act", "death-act", "marriage-act")
IDS = (
    "birth-act",
    "death-act",
    "family-booklet",
    "legalisation",
    "life",
    "marriage-act",
)
FILIATION = ("birth-act", "marriage-act")
FAMILY = ("self", "spouse", "parent", "child", "guardian", "lawyer", "notary")

FIELD = "{http://namespaces.plone.org/supermodel/schema}field"
ELEMENT = "{http://namespaces.plone.org/supermodel/schema}element"
TRANSLATE = "{http://xml.zope.org/namespaces/i18n}translate"
LOCALES = catalogue.FOLDER.parent / "locales"

#: Words of Belgium's institutions, and of its population register: France has none.
BELGIAN = re.compile(
    r"belg|BAEC|\bDABS\b|NISS|rijksregister|registre national|national register"
    r"|registro nacional|registres? de la population|bevolkingsregister"
    r"|population register|registros? de población|cohabitant légal"
    r"|legal cohabitant|wettelijk samenwonen|La Louvière|Nivelles|Seneffe",
    re.IGNORECASE,
)

every_document = pytest.mark.parametrize("document_id", IDS)


def entry(document_id: str) -> catalogue.CatalogueEntry:
    return catalogue.entry("FR", document_id)


def questions(document_id: str) -> dict[str, etree._Element]:
    """The questions of a document by id."""
    root = etree.fromstring(entry(document_id).questions.encode())
    return {field.get("name"): field for field in root.iter(FIELD)}


def said(document_id: str) -> Iterator[tuple[str, str]]:
    """All that people read of a document: where it stands, and the text."""
    yield "file", (catalogue.FOLDER / "fr" / f"{document_id}.toml").read_text("utf-8")
    root = etree.fromstring(entry(document_id).questions.encode())
    for element in root.iter():
        msgid = element.get(TRANSLATE)
        if msgid:
            yield msgid, element.text
            for language, texts in translations().items():
                yield f"{msgid}, {language}", texts.get(msgid, "")


@cache
def translations() -> dict[str, dict[str, str]]:
    """The texts of the add-on by language and id."""
    path = "LC_MESSAGES/plonegov.ordering.po"
    files = {name: polib.pofile(str(LOCALES / name / path)) for name in LANGUAGES}
    return {
        name: {item.msgid: item.msgstr for item in file} for name, file in files.items()
    }


def test_the_catalogue_of_france_holds_these_documents():
    assert catalogue.document_ids("FR") == IDS


@every_document
def test_a_document_is_always_free(document_id):
    """Decree no. 2017-890, article 29; no French entry has a fee."""
    found = entry(document_id)
    assert found.price == Decimal("0.00")
    assert set(found.delivery_prices.values()) == {Decimal("0.00")}


@every_document
def test_a_document_comes_on_paper(document_id):
    """Decree no. 2017-890, article 29: a copy bears a signature and a seal; what a
    person must be present for is handed over at the desk."""
    ways = {"counter", "post"} if document_id in ACTS else {"counter"}
    assert set(entry(document_id).delivery_prices) == ways


@pytest.mark.parametrize(
    ("document_id", "relations"),
    [
        ("birth-act", (*FAMILY, "other")),
        ("marriage-act", (*FAMILY, "other")),
        ("death-act", ("other",)),
        ("family-booklet", ("self",)),
        ("life", ("self", "parent", "guardian")),
        ("legalisation", ("self",)),
    ],
)
def test_who_may_ask(document_id, relations):
    """Decree no. 2017-890, articles 30, 32 and 33; decree no. 74-449, article 14; CGCT,
    article L. 2122-30: the signature is set in the mayor's presence."""
    assert french(document_id).relations == relations


@every_document
def test_nobody_asks_with_a_mandate(document_id):
    """Decree no. 2017-890, article 30: only professionals whom a text authorises."""
    found = french(document_id)
    assert "mandatary" not in found.relations
    assert found.mandate_for == ()


@pytest.mark.parametrize(
    ("document_id", "forms"),
    [
        (
            "birth-act",
            ["full_copy", "with_filiation", "without_filiation", "multilingual"],
        ),
        (
            "marriage-act",
            ["full_copy", "with_filiation", "without_filiation", "multilingual"],
        ),
        ("death-act", ["full_copy", "multilingual"]),
    ],
)
def test_the_forms_of_an_act(document_id, forms):
    """Decree no. 2017-890, articles 29 to 33; CIEC convention no. 16, article 1."""
    asked = questions(document_id)["form"]
    assert [item.get("key") for item in asked.iter(ELEMENT)] == forms


@every_document
def test_only_the_three_acts_have_a_multilingual_extract(document_id):
    """CIEC convention no. 16, article 1: birth, marriage and death."""
    assert ("multilingual" in entry(document_id).questions) == (document_id in ACTS)


@pytest.mark.parametrize("document_id", ACTS)
def test_nobody_is_asked_what_an_act_is_for(document_id):
    """Decree no. 2017-890, article 33: anyone, without giving a reason."""
    assert "purpose" not in questions(document_id)


@pytest.mark.parametrize("document_id", FILIATION)
def test_the_parents_are_asked_for_and_may_be_left_out(document_id):
    """Decree no. 2017-890, article 29: named in every form but the extract without
    filiation."""
    asked = questions(document_id)
    for name in ("first_parent", "second_parent"):
        assert asked[name].findtext("{*}required") == "False"


@pytest.mark.parametrize("document_id", FILIATION)
def test_an_act_is_open_to_all_after_75_years_or_25_after_death(document_id):
    """Code du patrimoine, article L. 213-2."""
    text = entry(document_id).entitled["fr"]
    assert "soixante-quinze ans" in text
    assert "vingt-cinq ans après le décès" in text


@pytest.mark.parametrize("document_id", ACTS)
def test_people_are_told_that_an_act_is_often_not_needed(document_id):
    """Notaries and administrations check civil status themselves (COMEDEC)."""
    assert all("COMEDEC" in text for text in entry(document_id).needed.values())


@pytest.mark.parametrize("document_id", ACTS)
def test_acts_of_french_nationals_abroad_are_in_nantes(document_id):
    assert all("Nantes" in text for text in entry(document_id).summaries.values())


@every_document
def test_nothing_of_belgium_is_said(document_id):
    for where, text in said(document_id):
        assert not BELGIAN.search(text), f"{where}: {BELGIAN.search(text)}"


@every_document
def test_the_official_site_is_named_and_so_is_what_it_gives(document_id):
    found = entry(document_id)
    assert found.free_url == "https://www.service-public.fr"
    assert all(
        text.startswith("Service-Public.fr") for text in found.free_titles.values()
    )


@every_document
def test_a_rule_was_read_somewhere(document_id):
    found = entry(document_id)
    assert any(source.verified for source in found.sources)
    assert all(source.url.startswith("http") for source in found.sources)


@pytest.mark.parametrize("document_id", ("life", "legalisation"))
def test_a_certificate_states_who_came_with_which_identity_paper(document_id):
    found = entry(document_id)
    ids = [finding.id for finding in found.findings]
    assert found.kind is Kind.CERTIFICATE
    assert ids[:3] == ["full_name", "birth_date", "birth_place"]
    assert ids[-1] == "identity_paper"
    assert set(found.statement) == set(LANGUAGES)


def test_a_refusal_names_both_ways_and_two_months():
    """Public prosecutor and judicial court for civil status; mayor, administrative
    court and two months for the rest (CJA, article R. 421-1)."""
    found = remedies("FR")
    assert (found.months, found.days) == (2, 0)
    assert set(found.texts) == set(LANGUAGES)
    for text in found.texts.values():
        assert "tribunal judiciaire" in text or "tribunal judicial" in text
        assert "https://citoyens.telerecours.fr" in text
        assert "R. 421-1" in text.replace("\N{NO-BREAK SPACE}", " ")
        assert not BELGIAN.search(text)
    assert "deux mois" in found.texts["fr"]
    assert not found.verified


@pytest.mark.parametrize("limit", ["", "months = 2\ndays = 60"])
def test_a_time_limit_is_in_days_or_in_months(tmp_path: Path, limit: str):
    shutil.copy(catalogue.FOLDER / "fr.toml", tmp_path)
    file = tmp_path / "fr.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("months = 2", limit, 1), encoding="utf-8")
    with pytest.raises(LawFileError, match=r"remedies\.days"):
        remedies("FR", tmp_path)


def french(document_id: str):
    return terms_of("FR", document_id)


#: The applicant of a request in France: no identity number.
APPLICANT = {
    "first_name": "Élise",
    "last_name": "D'Exemple",
    "birth_date": "1985-07-30",
    "address": {
        "street": "rue de l'Essai",
        "number": "12 bis",
        "postal_code": "86000",
        "locality": "Exempleville",
    },
}


def ask(document_id: str, **changes):
    asked = {"document": document_id, "answers": {}, "applicant": APPLICANT} | changes
    return faults(request(**asked), french(document_id))


def test_anyone_orders_a_death_act_and_says_nothing_of_a_link():
    """Decree no. 2017-890, article 33. The applicant's birth date has no use."""
    anyone = {key: APPLICANT[key] for key in ("first_name", "last_name", "address")}
    deceased = dict(PARENT, deceased=True)
    assert ask("death-act", relation="other", applicant=anyone, subject=deceased) == {}
    assert ask("death-act", relation="heir", subject=deceased) == {
        "relation": "relation_not_entitled"
    }


@pytest.mark.parametrize("relation", ["spouse", "child", "lawyer", "notary"])
def test_family_and_authorised_professionals_order_a_birth_act(relation):
    """Decree no. 2017-890, article 30."""
    assert ask("birth-act", relation=relation, subject=PARENT) == {}


@pytest.mark.parametrize("relation", ["heir", "mandatary"])
def test_nobody_else_orders_a_birth_act(relation):
    """Decree no. 2017-890, article 30."""
    wrong = ask("birth-act", relation=relation, subject=dict(PARENT, deceased=True))
    assert wrong == {"relation": "relation_not_entitled"}


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ("without_filiation", {}),
        ("full_copy", {"answers.form": "act_refused"}),
        ("multilingual", {"answers.form": "act_refused"}),
    ],
)
def test_anyone_gets_the_extract_without_filiation_only(form, wrong):
    """Decree no. 2017-890, articles 30 and 33."""
    subject = dict(PARENT, birth_date="1960-01-02")
    asked = {"relation": "other", "subject": subject, "answers": {"form": form}}
    assert ask("birth-act", **asked) == wrong


@pytest.mark.parametrize("number", ["2 55 08 14 168 025 38", "85.07.30-033.28"])
def test_no_identity_number_is_taken_in_france(number):
    """Law no. 78-17 of 6 January 1978, article 30: the NIR has no use here."""
    applicant = APPLICANT | {"national_number": number}
    assert ask("birth-act", applicant=applicant) == {
        "applicant.national_number": "national_number_country"
    }


def test_belgium_takes_its_number():
    assert faults(request(), terms()) == {}


def test_a_relation_is_said_as_the_country_says_it():
    """PACS partner, ascendants and descendants are in the circle of article 30."""
    assert "PACS" in about("spouse", "FR").default
    assert "grandchild" in about("parent", "FR").default
    assert "grandparent" in about_hint("parent", "FR").default
    assert about("spouse", "BE") == ABOUT["spouse"]
    assert about("notary", "FR") == ABOUT["notary"]
    assert about_hint("notary", "FR") == ""


def test_the_clerk_reads_the_relation_as_the_country_says_it():
    assert "PACS" in relation_title("spouse", "FR").default
    assert relation_title("spouse", "BE") == RELATIONS["spouse"]
    assert set(RELATIONS) == set(ABOUT) == set(Relation)


@pytest.mark.parametrize(
    ("country", "box", "line"),
    [
        ("FR", "", "12 bis rue de l'Essai"),
        ("FR", "appt 3", "12 bis rue de l'Essai, appt 3"),
        ("BE", "", "rue de l'Essai 12 bis"),
        ("BE", "3", "rue de l'Essai 12 bis/3"),
        ("", "", "rue de l'Essai 12 bis"),
    ],
)
def test_the_house_number_stands_where_the_country_writes_it(country, box, line):
    """FR: standard NF Z10-011, the number before the street."""
    address = Address("rue de l'Essai", "12 bis", box, country=country)
    assert address.street_line == line
    assert address_lines(address, "BE", "fr")[0] == line
