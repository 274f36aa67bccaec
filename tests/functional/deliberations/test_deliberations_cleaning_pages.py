"""The secretary sees what becomes of annexes; the public sees what it may have."""

from helpers.cleaned import a_broken_pdf
from helpers.cleaned import a_pdf
from helpers.cleaned import a_photograph
from helpers.cleaned import clean
from helpers.cleaned import LINE
from helpers.cleaned import Town
from helpers.people import PASSWORD
from helpers.published import PNG
from io import BytesIO
from pypdf import PdfReader

import pytest
import transaction


IN_WORK = "The annexes are being cleaned."
REFUSED = "The public does not get these annexes"
TODAY = "Annex refused for the public"


@pytest.fixture
def town(portal):
    made = Town(portal)
    transaction.commit()
    return made


@pytest.fixture
def secretary(browser):
    made = browser()
    made.session.auth = ("secretary", PASSWORD)
    return made


def confirm(secretary, town, *annexes):
    """Press the button on ``item-public`` with these annexes ticked."""
    secretary.open(f"deliberations/{town.item.getId()}/item-public")
    ticked = {f"show-{annex.getId()}": "1" for annex in annexes}
    secretary.press("verb", "confirm", ticked)
    return secretary.text()


def again(secretary):
    """Look at the page again, as its link says."""
    secretary.open(secretary.answer.url)
    return secretary.text()


def public(town, visit, path="", **values):
    return visit("anonymous").get(f"{town.publication.absolute_url()}{path}", **values)


def test_the_page_tells_how_far_each_annex_is(portal, town, secretary, visit):
    annex = town.annex(a_pdf())
    transaction.commit()
    said = confirm(secretary, town, annex)
    assert IN_WORK in said
    assert "Being cleaned" in said
    assert "/annex/" not in public(town, visit).text
    clean(portal)
    said = again(secretary)
    assert IN_WORK not in said
    assert "The public has it" in said
    [link] = secretary.page.xpath("//main//a[contains(@href, '/annex/')]/@href")
    assert link == f"{town.publication.absolute_url()}/annex/1.pdf"
    assert public(town, visit, "/annex/1.pdf").status_code == 200


def test_a_refusal_names_file_and_page_and_what_would_be_right(
    portal, town, secretary, visit
):
    good, bad = town.annex(a_pdf()), town.annex(a_broken_pdf())
    bad.title = "Plan de situation"
    transaction.commit()
    confirm(secretary, town, good, bad)
    assert clean(portal) == "1 cleaned"
    said = again(secretary)
    assert REFUSED in said
    assert "Plan de situation: page 3 can't be read; save the file as PDF anew." in said
    assert "Confirming again also tries the same file once more." in said
    page = public(town, visit)
    assert "/annex/1.pdf" in page.text
    assert "/annex/2.pdf" not in page.text
    assert public(town, visit, "/annex/2.pdf").status_code == 404
    secretary.open("deliberations/today")
    assert f"{TODAY}: {town.item.title}" in secretary.text()
    [link] = secretary.page.xpath("//main//a[contains(., 'refused')]/@href")
    assert link.endswith(f"{town.item.getId()}/item-public")
    said = confirm(secretary, town)
    assert (IN_WORK in said, REFUSED in said) == (True, False)
    secretary.open("deliberations/today")
    assert TODAY not in secretary.text()


def test_an_office_file_is_refused_at_once(portal, town, secretary):
    annex = town.annex(b"PK\x03\x04 word")
    annex.title = "Projet.docx"
    transaction.commit()
    confirm(secretary, town, annex)
    assert secretary.answer.status_code == 422
    [problem] = secretary.problems()
    assert problem.startswith("Projet.docx: an office file may hold comments")
    assert problem.endswith("save it as PDF.")
    assert town.rows == ()


def test_a_draft_s_files_say_so_and_the_decision_s_do_not(portal, town, visit):
    town.confirm(town.annex(a_pdf()), town.annex(a_photograph()), town.annex(PNG))
    clean(portal)
    page = public(town, visit).text
    files = page[page.index("pg-annexes") :]
    assert files.count("Draft, not adopted") == 3
    draft = public(town, visit, "/annex/1.pdf")
    assert draft.headers["Content-Disposition"].endswith('-annexe-1-projet.pdf"')
    assert LINE in PdfReader(BytesIO(draft.content)).pages[0].extract_text()
    listed = public(town, visit, headers={"Accept": "application/json"}).json()
    names = [row["@id"].rpartition("/")[2] for row in listed["annexes"]]
    assert names == ["1.pdf", "2.jpg", "3.png"]
    town.decide()
    town.confirm()
    page = public(town, visit).text
    assert "Draft, not adopted" not in page
    assert page.count("/annex/") == 3
    decision = public(town, visit, "/annex/1.pdf")
    assert decision.headers["Content-Disposition"].endswith('-annexe-1.pdf"')
    assert LINE not in PdfReader(BytesIO(decision.content)).pages[0].extract_text()
