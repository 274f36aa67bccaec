"""A clerk enters an order at the desk; the receipt's code leads to its page."""

from helpers.visitor import Clerk
from helpers.visitor import Visitor
from io import BytesIO
from PIL import Image
from pypdf import PdfReader

import pdfstructure
import pytest
import subprocess
import zxingcpp


ODILE = {
    "applicant.first_name": "Odile",
    "applicant.last_name": "Guichet",
    "applicant.birth_date-day": "30",
    "applicant.birth_date-month": "7",
    "applicant.birth_date-year": "1985",
    "form.widgets.purpose": "Inscription à l'école",
}


@pytest.mark.parametrize("width", [1280, 360])
def test_a_desk_order(window, width, tmp_path):
    clerk = window(Clerk, width=width)
    page = clerk.page
    clerk.open()
    clerk.sign_in("clerk")
    page.click(".pg-main a[href$='/counter/today']")
    page.click("main a[href$='/counter/desk']")
    page.click("main a[href$='/counter/residence/desk-order']")
    page.select_option("[name='identity_document']", "identity_card")
    clerk.send()
    assert page.evaluate("document.activeElement.id") == "error-summary"
    page.click("#error-summary li:first-child a")
    assert page.evaluate("document.activeElement.name") == "applicant.first_name"
    clerk.fill(ODILE)
    page.select_option("[name='language']", "nl")
    clerk.send()
    assert clerk.state() == "in_progress"
    reference = clerk.path.rpartition("/")[2]
    receipt = page.context.request.get(page.get_attribute("#open-receipt", "href"))
    assert receipt.headers["content-type"] == "application/pdf"
    link = read(receipt.body(), reference, tmp_path)
    follow(window(Visitor, width=width), link, reference)


def read(data, reference, folder):
    """The receipt is accessible in two languages; return where its code leads."""
    reader = PdfReader(BytesIO(data))
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    assert len(pdfstructure.elements(reader, "/H1")) == len(reader.pages) == 2
    text = pdfstructure.text(reader)
    for words in ("Accusé de réception", "Ontvangstbewijs", "Odile Guichet"):
        assert words in text
    assert text.replace("-", "").count(reference) > 1
    (folder / "receipt.pdf").write_bytes(data)
    command = ["pdftoppm", "-r", "110", "-png", "receipt.pdf", "page"]
    subprocess.run(command, check=True, cwd=folder)
    pages = []
    for file in sorted(folder.glob("page*.png")):
        with Image.open(file) as picture:
            pages.append([found.text for found in zxingcpp.read_barcodes(picture)])
    [first], [second] = pages
    assert first == second
    return first


def follow(visitor, link, reference):
    """Who holds the receipt sees where the order is."""
    visitor.page.goto(link)
    assert reference in visitor.main().replace("-", "")
