"""A certificate states what the clerk confirmed, and nothing else."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from plonegov.core.api import municipality
from plonegov.core.languages import LANGUAGES
from plonegov.core.municipality.model import Address
from plonegov.core.pdf.letterhead import TEMPLATES
from plonegov.core.pdf.wording import address_lines
from plonegov.core.pdf.wording import date_in_words
from plonegov.ordering.adapters.certificate import CertificateFacts
from plonegov.ordering.adapters.certificate import DOCUMENTS
from plonegov.ordering.adapters.certificate import LetterFacts
from plonegov.ordering.adapters.certificate import render_certificate
from plonegov.ordering.adapters.certificate import render_letter
from plonegov.ordering.adapters.certificate import words
from plonegov.ordering.adapters.wording import FindingMissing
from plonegov.ordering.adapters.wording import FindingUnknown
from plonegov.ordering.api.documents import find
from plonegov.ordering.api.documents import statement
from plonegov.ordering.domain import catalogue
from plonegov.ordering.domain.model import Finding
from plonegov.ordering.domain.model import FindingType
from plonegov.ordering.domain.model import Kind
from pypdf import PdfReader

import pdfstructure
import pytest
import re


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
        title="Certificat de composition de ménage",
        statement="L’administration communale certifie ce qui suit.",
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


#: The pooled catalogue: (country, id) by kind.
ENTRIES = [
    (path.name.upper(), document_id)
    for path in sorted(catalogue.FOLDER.iterdir())
    if path.is_dir()
    for document_id in catalogue.document_ids(path.name)
]
CERTIFICATES, ATTACHED = (
    [at for at in ENTRIES if catalogue.entry(*at).kind is kind] for kind in Kind
)

#: Words that every certificate, and every letter, must say.
SAID = {
    False: [
        "statements",
        "note",
        "legal_basis",
        "issued",
        "seal",
        "signatory",
        "signature",
    ],
    True: [name for name in words("en", "BE") if name.startswith("letter_")],
}

#: From how many characters on a phrase belongs to one language only.
PHRASE = 12

in_every_language = pytest.mark.parametrize("language", LANGUAGES)


@in_every_language
@pytest.mark.parametrize(("country", "document_id"), CERTIFICATES)
def test_every_certificate_stands_in_every_language(
    facts, country, document_id, language
):
    entry = catalogue.entry(country, document_id)
    municipality = in_language(facts.municipality, country, language)
    made = replace(
        facts,
        municipality=municipality,
        title=entry.titles[language],
        statement=entry.statement[language],
        findings=entry.findings,
        values={finding.id: sample(finding) for finding in entry.findings},
        legal_basis=entry.legal_basis[language],
        specimen=True,
    )
    reader = read(render_certificate(made))
    assert len(reader.pages) == 1
    assert reader.trailer["/Root"]["/Lang"] == language
    text = plain(pdfstructure.text(reader))
    ours = [entry.titles, entry.statement, entry.legal_basis]
    ours += [finding.title for finding in entry.findings]
    ours += [title for finding in entry.findings for title in finding.columns.values()]
    check_language(text, language, country, ours, letter=False)


@in_every_language
@pytest.mark.parametrize(("country", "document_id"), ATTACHED)
def test_the_letter_of_every_act_stands_in_every_language(
    letter, country, document_id, language
):
    entry = catalogue.entry(country, document_id)
    municipality = in_language(letter.municipality, country, language)
    made = replace(letter, municipality=municipality, title=entry.titles[language])
    reader = read(render_letter(made))
    assert reader.trailer["/Root"]["/Lang"] == language
    text = plain(pdfstructure.text(reader))
    check_language(text, language, country, [entry.titles], letter=True)


def in_language(municipality, country, language):
    return replace(municipality, country=country, legal_language=language)


def plain(text):
    """Return a text with single spaces, whatever kind they were of."""
    return " ".join(text.split())


def check_language(text, language, country, texts, letter):
    """Check that a paper says all it should, and nothing in another language."""
    assert "${" not in text and "{" not in text
    for wanted in phrases(language, country, texts, SAID[letter]):
        assert plain(wanted) in text
    ours = {*phrases(language, country, texts, words(language, country))}
    for other in {*LANGUAGES} - {language}:
        foreign = {*phrases(other, country, texts, words(other, country))} - ours
        assert [
            phrase
            for phrase in foreign
            if len(phrase) > PHRASE
            and re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)
        ] == []


def phrases(language, country, texts, names):
    """Return the texts and the named words of a language, cut at placeholders."""
    said = words(language, country)
    whole = [said[name] for name in names] + [text[language] for text in texts]
    parts = (part for phrase in whole for part in re.split(r"{\w+}", phrase))
    return [plain(part) for part in parts if part.strip()]


def test_the_words_are_the_same_keys_in_every_language():
    files = sorted(path.stem for path in (DOCUMENTS / "words").iterdir())
    assert files == sorted(LANGUAGES)
    assert all(words(name, "BE").keys() == words("fr", "BE").keys() for name in files)
    adapters = DOCUMENTS.with_name("adapters")
    certificate, receipt = adapters / "certificate.py", adapters / "receipt.py"
    users = "".join(
        path.read_text(encoding="utf-8")
        for path in (
            *DOCUMENTS.glob("*.pt"),
            *TEMPLATES.glob("*.pt"),
            certificate,
            receipt,
        )
    )
    for name in words("fr", "BE"):
        assert f'["{name}"]' in users or f"['{name}']" in users


@pytest.mark.parametrize(
    ("language", "country", "said"),
    [
        ("fr", "BE", "Administration communale"),
        ("fr", "FR", "Mairie"),
        ("nl", "BE", "Gemeentebestuur"),
        ("nl", "NL", "Gemeente"),
        ("es", "ES", "Ayuntamiento"),
    ],
)
def test_a_country_calls_its_town_hall_in_its_own_way(language, country, said):
    assert words(language, country)["administration"] == said
    assert words(language, country).keys() == words("fr", "BE").keys()


def test_french_words_have_spaces_that_do_not_break():
    for word in words("fr", "BE").values():
        assert not re.search(r" [:;?!»]|« ", word)


def test_the_statement_of_the_town_is_on_its_document(portal):
    residence = find("residence")
    assert statement(residence) == catalogue.entry("BE", "residence").statement
    assert statement(find("birth-act")) == {}


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
        (date(2026, 3, 1), "en", "1 March 2026"),
        (date(2026, 3, 1), "es", "1 de marzo de 2026"),
    ],
)
def test_dates_are_in_the_words_of_the_language(day, language, words):
    assert date_in_words(day, language) == words
