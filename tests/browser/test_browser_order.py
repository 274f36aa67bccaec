"""A citizen orders, follows the order, a clerk handles it: in a real browser."""

from helpers.serving import until
from helpers.visitor import Citizen
from helpers.visitor import Clerk
from helpers.visitor import DELIVERY
from helpers.visitor import FINDINGS
from helpers.visitor import PURPOSE
from helpers.visitor import WHO
from io import BytesIO
from pathlib import Path
from pypdf import PdfReader

import os
import pdfstructure
import pytest
import re


IMAGES = Path(__file__).parents[2] / "docs" / "images"
#: Environment variable: write the documentation's picture, not one to throw away.
PICTURES = "PLONEGOV_SCREENSHOTS"
LINK = re.compile(r"http\S+/counter/track\?order=\S+&secret=\S+")
#: The document in the words of a language.
TITLE = {"fr": "Certificat de résidence", "nl": "Attest van hoofdverblijfplaats"}
#: What is certified, in the order it is read.
CERTIFIED = (
    FINDINGS["full_name"],
    "30 juillet 1985",
    FINDINGS["birth_place"],
    FINDINGS["address"],
    "1er septembre 2010",
)
FALSE_ANSWERS = (
    WHO["applicant.first_name"],
    WHO["applicant.last_name"],
    WHO["applicant.national_number"],
    DELIVERY["applicant.address.street"],
    DELIVERY["applicant.address.locality"],
    PURPOSE,
)


@pytest.fixture(params=["fr", "nl"])
def language(request):
    return request.param


@pytest.fixture(params=[1280, 360])
def width(request):
    return request.param


def test_an_order_goes_the_whole_way(window, site, width, language, tmp_path):
    citizen = window(Citizen, width=width, language=language)
    address = f"fausta.{language}.{width}@exempleville.example"
    link = order(citizen, address, language, tmp_path)
    track(citizen, link)
    receipt = mail_in(site, address, 1)
    check_receipt(receipt, link, language)
    clerk = window(Clerk, width=width, language=language)
    handle(clerk, citizen.reference)
    check_document(clerk.pdf, citizen.reference)
    citizen.open("counter/track")
    assert citizen.page.locator(".pg-timeline > .pg-done").count() == 4
    mail_in(site, address, 2)


def order(citizen, mail, language, folder):
    """Order from the front page on; return the tracking link of the last page."""
    site, page = citizen.site, citizen.page
    citizen.open()
    assert page.get_attribute("html", "lang") == language
    page.click(".pg-card h3 a[href$='/counter']")
    assert TITLE[language] in citizen.main()
    page.click(f".pg-card a:text-is('{TITLE[language]}')")
    page.click("main a[href$='/residence/order']")
    citizen.answer_all(mail, language)
    assert citizen.path == "counter/residence/order/check"
    for answer in ("Mensongère", "••.••.••-•••.28", "Impasse du Faux", PURPOSE):
        assert answer in citizen.main()
    if (page.viewport_size["width"], language) == (1280, "fr"):
        picture(page, folder)
    before = site.orders()
    page.dblclick("main form .pg-button-primary")
    page.wait_for_url("**/counter/thanks")
    citizen.reference = page.locator(".pg-reference").inner_text().replace("-", "")
    assert len(citizen.reference) == 11
    [link] = LINK.findall(citizen.main())
    page.reload()
    assert link in citizen.main()
    page.go_back()
    assert citizen.path == "counter/thanks"
    assert site.orders() == before + 1
    return link


def picture(page, folder):
    """Keep the picture that the README shows: the answers before they are sent."""
    folder = IMAGES if os.environ.get(PICTURES) else folder
    image = folder / "order.png"
    page.screenshot(path=image, clip={"x": 0, "y": 0, "width": 1280, "height": 900})
    assert image.stat().st_size < 200_000


def track(citizen, link):
    """Open the link: its secret leaves the address for a cookie no script can read."""
    context = citizen.page.context
    context.clear_cookies()
    citizen.page.goto(link)
    assert (citizen.path, citizen.query) == ("counter/track", {})
    assert citizen.page.evaluate("document.cookie") == ""
    [cookie] = context.cookies(citizen.page.url)
    assert cookie["httpOnly"]
    secret = link.partition("secret=")[2]
    assert secret not in citizen.page.content()
    assert citizen.reference in citizen.main().replace("-", "")
    for answer in FALSE_ANSWERS:
        assert answer not in citizen.main()


def mail_in(site, address, number):
    """Return a citizen's mail from the queue; it may take the worker a moment."""
    mails = until(lambda: site.mails_to(address)[number - 1 :], seconds=60)
    return mails[0]


def check_receipt(mail, link, language):
    assert mail["Content-Language"] == language
    plain = mail.get_body(("plain",)).get_content()
    rich = mail.get_body(("html",)).get_content()
    for text in (plain, rich):
        assert TITLE[language] in text
        assert WHO["applicant.last_name"] not in text
    assert link in plain
    assert link in rich.replace("&amp;", "&")


def handle(clerk, reference):
    """Sign in, find the order in the queue, and do all that it needs."""
    page = clerk.page
    clerk.open()
    clerk.sign_in("clerk")
    page.click(".pg-main a[href$='/counter/today']")
    page.click("main .pg-actions a[href$='/counter/queue']")
    page.fill("[name='reference']", reference)
    page.press("[name='reference']", "Enter")
    page.click(f"main a[href$='/{reference}']")
    assert clerk.state() == "submitted"
    assert "••.••.••-•••.28" in clerk.main()
    clerk.do("take")
    assert clerk.state() == "in_progress"
    clerk.fill({f"findings.{name}": value for name, value in FINDINGS.items()})
    page.check("#address_unprotected")
    clerk.do("confirm_findings")
    clerk.do("register_address")
    clerk.do("seal")
    with page.expect_response("**/order-file?name=issued") as opened:
        page.click("#open-issued")
    assert opened.value.headers["content-type"] == "application/pdf"
    clerk.pdf = page.context.request.get(opened.value.url).body()
    clerk.open(f"counter/{reference}")
    clerk.do("make_ready")
    assert clerk.state() == "ready"
    clerk.do("hand_over")
    assert clerk.state() == "delivered"


def check_document(data, reference):
    """The PDF is accessible and states what the clerk found, nothing else."""
    reader = PdfReader(BytesIO(data))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "fr"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == TITLE["fr"]
    assert pdfstructure.elements(reader, "/H1")
    heads = pdfstructure.elements(reader, "/TH")
    assert [head["/A"]["/Scope"] for head in heads] == ["/Row"] * len(FINDINGS)
    text = pdfstructure.text(reader)
    places = [text.index(word) for word in (TITLE["fr"], *CERTIFIED)]
    assert places == sorted(places)
    assert reference in text.replace("-", "")
    for answer in FALSE_ANSWERS:
        assert answer not in text
