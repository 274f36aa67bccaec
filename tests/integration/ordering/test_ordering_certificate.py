"""A certificate states what the clerk confirmed, and nothing else."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from plonegov.core.api import municipality
from plonegov.core.municipality.model import Address
from plonegov.ordering.adapters.certificate import CertificateFacts
from plonegov.ordering.adapters.certificate import DocumentTemplateMissing
from plonegov.ordering.adapters.certificate import LetterFacts
from plonegov.ordering.adapters.certificate import render_certificate
from plonegov.ordering.adapters.certificate import render_letter
from plonegov.ordering.adapters.wording import address_lines
from plonegov.ordering.adapters.wording import date_in_words
from plonegov.ordering.adapters.wording import FindingMissing
from plonegov.ordering.adapters.wording import FindingUnknown
from plonegov.ordering.api.documents import all_documents
from plonegov.ordering.api.documents import terms
from plonegov.ordering.domain.model import Finding
from plonegov.ordering.domain.model import FindingType
from plonegov.ordering.domain.model import Kind
from pypdf import PdfReader

import pdfstructure
import pytest


EMBLEM = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>'
COLUMNS = {"name": {"fr": "Nom et prénoms"}, "birth_date": {"fr": "Date de naissance"}}
FINDINGS = (
    Finding("full_name", FindingType.TEXT, {"fr": "Nom et prénoms"}),
    Finding("since", FindingType.DATE, {"fr": "Inscrit depuis le"}),
    Finding("persons", FindingType.NUMBER, {"fr": "Nombre"}, required=False),
    Finding("members", FindingType.ROWS, {"fr": "Membres du ménage"}, columns=COLUMNS),
)
VALUES = {
    "full_name": "Ελένη O’Brien <script>alert(1)</script>",
    "since": "2019-03-01",
    "members": [
        {"name": "Dupont Marie", "birth_date": "1985-07-30"},
        {"name": "Dupont Zoé", "birth_date": "2014-05-12"},
    ],
}


@pytest.fixture
def facts(portal):
    return CertificateFacts(
        municipality=municipality(),
        document="household",
        title="Certificat de composition de ménage",
        reference="7K3Q9-XW2ME-4",
        service="population",
        issued=date(2026, 11, 24),
        findings=FINDINGS,
        values=VALUES,
        legal_basis="Arrêté royal du 16 juillet 1992, article 3.",
        emblem=EMBLEM,
    )


@pytest.fixture
def letter(portal):
    return LetterFacts(
        municipality=municipality(),
        title="Copie d’acte de naissance",
        reference="7K3Q9-XW2ME-4",
        service="population",
        issued=date(2026, 11, 24),
        name="Marie Dupont",
        address=Address("Rue de l’Exemple", "12", "B", "9999", "Exempleville", "BE"),
        copies=2,
        emblem=EMBLEM,
    )


def read(data):
    return PdfReader(BytesIO(data))


def test_it_states_town_service_reference_findings_date_and_law(facts):
    text = pdfstructure.text(read(render_certificate(facts)))
    for part in (
        "Exempleville",
        "Service population",
        "7K3Q9-XW2ME-4",
        "Ελένη O’Brien <script>alert(1)</script>",
        "1er mars 2019",
        "Dupont Zoé",
        "12 mai 2014",
        "Arrêté royal du 16 juillet 1992",
        "le 24 novembre 2026",
        "Sceau de la commune",
        "Signature",
    ):
        assert part in text


def test_it_is_read_from_the_town_to_the_signature(facts):
    reader = read(render_certificate(facts))
    tags = [element["/S"] for element in pdfstructure.elements(reader)]
    order = [tag for tag in tags if tag in ("/Figure", "/H1", "/Table")]
    assert order == ["/Figure", "/H1", "/Table", "/Table"]
    text = pdfstructure.text(reader)
    parts = ["Exempleville", "Certificat de", "1er mars", "Dupont Marie", "Signature"]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_it_is_accessible(facts):
    reader = read(render_certificate(facts))
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    assert reader.metadata.title == "Certificat de composition de ménage"
    assert reader.metadata.author == "Exempleville"
    (figure,) = pdfstructure.elements(reader, "/Figure")
    assert figure["/Alt"] == "Emblème de la commune"
    scopes = [header["/A"]["/Scope"] for header in pdfstructure.elements(reader, "/TH")]
    assert scopes == ["/Row", "/Row", "/Column", "/Column"]


def test_the_same_facts_give_the_same_bytes(facts):
    assert render_certificate(facts) == render_certificate(facts)


def test_it_fits_on_one_sheet(facts):
    (page,) = read(render_certificate(facts)).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)


def test_a_large_household_repeats_the_head_of_its_table(facts):
    many = {**VALUES, "members": VALUES["members"] * 30}
    reader = read(render_certificate(replace(facts, values=many)))
    assert len(reader.pages) > 1
    for page in reader.pages[:2]:
        assert "Date de naissance" in page.extract_text()


def test_nothing_is_issued_before_all_is_confirmed(facts):
    with pytest.raises(FindingMissing):
        render_certificate(replace(facts, values={**VALUES, "since": ""}))


def test_nothing_but_findings_is_stated(facts):
    with pytest.raises(FindingUnknown):
        render_certificate(replace(facts, values={**VALUES, "reason": "false"}))


@pytest.mark.parametrize("document", ["unknown", "../fr/letter", "layout", ""])
def test_a_document_without_template_is_refused(facts, document):
    with pytest.raises(DocumentTemplateMissing):
        render_certificate(replace(facts, document=document))


def test_a_town_of_another_language_needs_its_own_templates(facts):
    town = replace(facts.municipality, legal_language="nl")
    with pytest.raises(DocumentTemplateMissing):
        render_certificate(replace(facts, municipality=town, findings=(), values={}))


def test_every_certificate_of_the_town_can_be_drawn_up(facts):
    certificates = [
        (document.getId(), terms(document))
        for document in all_documents()
        if terms(document).kind is Kind.CERTIFICATE
    ]
    assert certificates
    for name, its in certificates:
        values = {finding.id: sample(finding) for finding in its.findings}
        data = render_certificate(
            replace(
                facts,
                document=name,
                title=its.title["fr"],
                findings=its.findings,
                values=values,
            )
        )
        text = pdfstructure.text(read(data))
        for finding in its.findings:
            assert finding.title["fr"] in text


def sample(finding):
    if finding.type is FindingType.ROWS:
        return [dict.fromkeys(finding.columns, "Exemple")]
    return {"date": "2020-02-29", "number": 3}.get(finding.type.value, "Exemple")


def test_the_letter_says_to_whom_what_and_how_many(letter):
    text = pdfstructure.text(read(render_letter(letter)))
    for part in ("Marie Dupont", "Rue de l’Exemple 12/B", "9999 Exempleville"):
        assert part in text
    for part in ("Copie d’acte de naissance", "sans aucune modification", "2"):
        assert part in text
    assert "Sceau" not in text


def test_the_address_stands_in_the_window_of_the_envelope(letter):
    (page,) = read(render_letter(letter)).pages
    places = {}
    page.extract_text(
        visitor_text=lambda text, user, matrix, font, size: places.setdefault(
            text.strip(), (matrix[4] * user[0] + user[4], matrix[5] * user[3] + user[5])
        )
    )
    left, height = next(at for text, at in places.items() if "Marie Dupont" in text)
    millimetre = 72 / 25.4
    assert 110 <= left / millimetre <= 120
    assert 207 <= height / millimetre <= 247, "50 to 90 mm from the top of 297"


def test_a_letter_that_is_handed_over_has_no_address(letter):
    text = pdfstructure.text(read(render_letter(replace(letter, address=Address()))))
    assert "Marie Dupont" not in text


def test_a_letter_abroad_names_the_country():
    address = Address("Main Street", "1", "", "1234", "Town", "GB")
    assert address_lines(address, "BE", "fr")[-1] == "ROYAUME-UNI"
    assert address_lines(replace(address, country="BE"), "BE", "fr")[-1] == "1234 Town"


@pytest.mark.parametrize(
    ("day", "language", "words"),
    [
        (date(2026, 11, 24), "fr", "24 novembre 2026"),
        (date(2026, 3, 1), "fr", "1er mars 2026"),
        (date(2026, 3, 11), "fr", "11 mars 2026"),
        (date(2026, 3, 1), "nl", "1 maart 2026"),
    ],
)
def test_dates_are_in_the_words_of_the_language(day, language, words):
    assert date_in_words(day, language) == words
