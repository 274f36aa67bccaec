"""Documents are PDF/UA-1 (ISO 14289-1): tagged, named, readable aloud, closed."""

from io import BytesIO
from pathlib import Path
from plonegov.core.api import port
from plonegov.core.pdf.errors import PdfResourceRefused
from plonegov.core.pdf.interfaces import IPdfRenderer
from plonegov.core.pdf.weasyprint import WeasyPrintRenderer
from pypdf import PdfReader
from zope.interface.verify import verifyObject

import base64
import pdfstructure
import pytest
import time


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>'
PICTURE = f"data:image/svg+xml;base64,{base64.b64encode(SVG).decode()}"
PAGE = f"""<html><head><title>Other</title></head><body>
<h1>Titre</h1><img src="{PICTURE}" alt="Emblème" width="50">
<p>Premier Ελένη</p>
<table><caption>Membres</caption>
<thead><tr><td></td><th scope="col">Nom</th><th scope="col">Né le</th></tr></thead>
<tbody><tr><th scope="row">1</th><td>Marie</td><td>2001</td></tr></tbody></table>
<table><tr><th scope="row">Adresse</th><td>Rue</td></tr></table>
<p>Dernier</p></body></html>"""


def render(html=PAGE, **values):
    standard = {"title": "Certificat d’essai", "language": "fr", "author": "Ville"}
    return WeasyPrintRenderer().render(html, **{**standard, **values})


@pytest.fixture(scope="module")
def reader():
    return PdfReader(BytesIO(render()))


def test_the_town_uses_this_renderer(portal):
    assert verifyObject(IPdfRenderer, port(IPdfRenderer))
    assert isinstance(port(IPdfRenderer), WeasyPrintRenderer)


def test_title_language_and_author_are_set(reader):
    catalog = reader.trailer["/Root"]
    assert catalog["/Lang"] == "fr"
    assert reader.metadata.title == "Certificat d’essai"
    assert reader.metadata.author == "Ville"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_document_is_marked_as_tagged_pdf_ua(reader):
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/StructTreeRoot"]["/K"]
    metadata = catalog["/Metadata"].get_data().decode()
    assert 'pdfuaid:part="1"' in metadata
    assert "Certificat d’essai" in metadata
    assert all(page["/Tabs"] == "/S" for page in reader.pages)


def test_it_is_read_in_the_order_of_the_text(reader):
    tags = [element["/S"] for element in pdfstructure.elements(reader)]
    order = [tag for tag in tags if tag in ("/H1", "/Figure", "/P", "/Table")]
    assert order == ["/H1", "/Figure", "/P", "/Table", "/Table", "/P"]
    text = pdfstructure.text(reader)
    assert text.index("Titre") < text.index("Premier Ελένη") < text.index("Dernier")


def test_pictures_have_an_alternative_text(reader):
    figures = pdfstructure.elements(reader, "/Figure")
    assert [figure["/Alt"] for figure in figures] == ["Emblème"]


def test_table_headers_say_what_they_head(reader):
    headers = pdfstructure.elements(reader, "/TH")
    scopes = [header["/A"]["/Scope"] for header in headers]
    assert scopes == ["/Column", "/Column", "/Row", "/Row"]
    known = {header["/ID"] for header in headers}
    for cell in pdfstructure.elements(reader, "/TD"):
        assert set(cell["/A"]["/Headers"]) <= known
    assert pdfstructure.elements(reader, "/Caption")


def test_all_fonts_are_embedded_and_can_be_searched(reader):
    fonts = pdfstructure.fonts(reader)
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
        assert "/ToUnicode" in font


def test_it_uses_the_packages_fonts_for_names_in_other_scripts(reader):
    names = {font["/BaseFont"].partition("+")[2] for font in pdfstructure.fonts(reader)}
    assert names <= {"Document-Sans", "Document-Sans-Bold", "Document-Serif-Bold"}


def test_the_same_input_gives_the_same_bytes():
    before = render()
    time.sleep(1.1)
    assert render() == before
    assert render(title="Autre") != before


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/x.svg",
        "https://example.org/x.svg",
        "ftp://example.org/x.svg",
        "file:///etc/passwd",
        "/etc/passwd",
        "../interfaces.py",
        "%2e%2e/interfaces.py",
        "file://example.org/etc/passwd",
        "missing.svg",
    ],
)
def test_it_opens_nothing_outside_its_folder(address):
    with pytest.raises(PdfResourceRefused):
        render(f'<html><body><img src="{address}" alt="x"></body></html>')


def test_a_link_in_the_folder_leads_nowhere_else(tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    (tmp_path / "secret.svg").write_bytes(SVG)
    (folder / "link.svg").symlink_to(tmp_path / "secret.svg")
    (folder / "own.svg").write_bytes(SVG)
    assert render('<html><body><img src="own.svg" alt="x"></body></html>', base=folder)
    with pytest.raises(PdfResourceRefused):
        render('<html><body><img src="link.svg" alt="x"></body></html>', base=folder)


def test_a_picture_inside_a_picture_opens_nothing_either():
    inner = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">
    <image href="file:///etc/passwd" width="9" height="9"/></svg>"""
    address = f"data:image/svg+xml;base64,{base64.b64encode(inner).decode()}"
    with pytest.raises(PdfResourceRefused):
        render(f'<html><body><img src="{address}" alt="x"></body></html>')


def test_fonts_come_with_their_licence():
    static = Path(WeasyPrintRenderer.render.__code__.co_filename).parent / "static"
    assert "SIL OPEN FONT LICENSE" in (static / "fonts" / "OFL.txt").read_text()
