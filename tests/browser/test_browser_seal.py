"""A clerk seals a certificate; who receives it checks it: in a real browser."""

from helpers import sealedorder
from helpers.sealing import read_qr
from helpers.sealing import VERDICTS_OF_CHANGES
from helpers.serving import until
from helpers.visitor import Clerk
from helpers.visitor import Visitor

import pytest
import subprocess


#: What the page says to each verdict.
SAID = {
    "valid": "Ce code est valable",
    "genuine": "Ce fichier est authentique",
    "replaced": "Ce document a été remplacé",
    "revoked": "Ce document a été révoqué",
    "changed": "Ce fichier a été modifié",
    "unsealed": "Ce fichier n’a pas de sceau",
    "unreadable": "Ce fichier ne peut pas être lu",
    "unknown": "La commune ne connaît pas ce document",
}


@pytest.fixture
def clerk(window):
    """A clerk who is signed in."""
    clerk = window(Clerk)
    clerk.open()
    clerk.sign_in("clerk")
    return clerk


def heading(visitor):
    return visitor.page.locator("h1").inner_text()


def give(visitor, pdf):
    """Have a file checked, on the page to which every page's foot leads."""
    visitor.open()
    visitor.page.click("footer a[href$='/verify']")
    file = {"name": "recu.pdf", "mimeType": "application/pdf", "buffer": pdf}
    visitor.page.set_input_files("#file", file)
    with visitor.page.expect_navigation():
        visitor.page.click("form:has(#file) [type='submit']")
    assert "recu.pdf" in visitor.main()
    return heading(visitor)


def type_in(visitor, code):
    """Have a code checked that stands on paper."""
    visitor.open()
    visitor.page.click(".pg-card a[href$='/verify']")
    visitor.page.fill("#code", code)
    with visitor.page.expect_navigation():
        visitor.page.press("#code", "Enter")
    return heading(visitor)


def mailed(site, address):
    """Return the file of the mail that brings the document, and the mail's text."""
    [(mail, file)] = until(
        lambda: [
            (mail, file)
            for mail in site.mails_to(address)
            for file in mail.iter_attachments()
        ]
    )
    return file.get_content(), mail.get_body(("plain",)).get_content()


@pytest.mark.parametrize("width", [1280, 360])
def test_a_sealed_certificate_is_checked_by_who_receives_it(
    window, site, clerk, width, tmp_path
):
    address = f"odile.{width}@exempleville.example"
    sealedorder.at_the_desk(clerk, address)
    sealedorder.confirm(clerk)
    made = sealedorder.seal(clerk)
    clerk.do("make_ready")
    clerk.do("hand_over")
    pdf, text = mailed(site, address)
    assert pdf == made.pdf
    assert f"{site.url}/verify/{made.code}" in text
    reader = window(Visitor, width=width)
    reader.page.goto(read_qr(pdf))
    assert heading(reader) == SAID["valid"] == reader.page.title().split(" – ")[0]
    for fact in ("Certificat de résidence", "E.C.", "Seneffe"):
        assert fact in reader.main()
    assert "Odile" not in reader.main() and "Exemple" not in reader.main()
    for verdict, change in VERDICTS_OF_CHANGES.values():
        assert give(reader, change(pdf)) == SAID[verdict]
    file = tmp_path / "mailed.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(
        ["pdfsig", "-nocert", file], capture_output=True, text=True, check=True
    )
    assert "Signature is Valid." in done.stdout
    assert "Total document signed" in done.stdout


def test_what_was_made_anew_or_proved_wrong_counts_no_more(window, site, clerk):
    sealedorder.at_the_desk(clerk, "odile.anew@exempleville.example")
    sealedorder.confirm(clerk)
    first = sealedorder.seal(clerk)
    second = sealedorder.seal(clerk)
    reader = window(Visitor)
    reader.page.goto(read_qr(first.pdf))
    assert heading(reader) == SAID["replaced"]
    reader.page.click(f"main a[href$='/verify/{second.code}']")
    assert heading(reader) == SAID["valid"]
    assert give(reader, first.pdf) == SAID["replaced"]
    assert give(reader, second.pdf) == SAID["genuine"]
    clerk.do("make_ready")
    clerk.do("hand_over")
    clerk.page.click("details:has([value='reopen']) summary")
    clerk.page.fill("#reopen-reason", "Le nom est faux.")
    clerk.do("reopen")
    assert type_in(reader, second.code.lower()) == SAID["revoked"]
    assert give(reader, second.pdf) == SAID["revoked"]
    assert "Le nom est faux" not in reader.main()
    sealedorder.confirm(clerk)
    assert type_in(reader, sealedorder.seal(clerk).code) == SAID["valid"]


def test_a_certificate_made_without_a_seal_revokes_the_sealed_one(window, site, clerk):
    sealedorder.at_the_desk(clerk, "odile.without@exempleville.example")
    sealedorder.confirm(clerk)
    sealed = sealedorder.seal(clerk)
    assert clerk.page.locator(f"main a[href$='/verify/{sealed.code}']").count() == 1
    clerk.do("produce")
    assert clerk.page.locator("main a[href*='/verify/']").count() == 0
    assert give(window(Visitor), sealed.pdf) == SAID["revoked"]


def test_a_mistyped_code_stays_to_be_corrected(window, site, browser):
    code = sealedorder.example(browser, site).code
    reader = window(Visitor)
    for typed in (code[:-1], code[:-1] + ("0" if code[-1] != "0" else "1")):
        reader.open("verify")
        reader.page.fill("#code", typed)
        reader.page.press("#code", "Enter")
        reader.page.wait_for_selector("#error-summary")
        assert reader.page.input_value("#code") == typed
        assert reader.page.evaluate("document.activeElement.id") == "error-summary"
    reader.open("verify/7K2M9QXT4HDA0B3CZ8RV")
    assert heading(reader) == SAID["unknown"]
    assert reader.page.input_value("#code") == "7K2M-9QXT-4HDA-0B3C-Z8RV"
