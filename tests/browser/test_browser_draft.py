"""A draft that was saved on one device is gone on with on another one."""

from helpers.serving import until
from helpers.visitor import Citizen
from helpers.visitor import DELIVERY
from helpers.visitor import PURPOSE
from helpers.visitor import WHO

import re


LINK = re.compile(r"http\S+/counter/resume\?draft=\S+&secret=\S+")
ADDRESS = "fausta.deux@exempleville.example"
PDF = {"name": "mandat.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
SUBJECT = {
    "subject.first_name": "Filou",
    "subject.birth_date-day": "11",
    "subject.birth_date-month": "12",
}


def save_on_the_telephone(citizen):
    """Fill in a part of the form, add a file, and save; return the mail."""
    citizen.open("counter/residence/order")
    citizen.choose("relation", "mandatary")
    citizen.fill({**WHO, "applicant.email": ADDRESS})
    citizen.send()
    citizen.fill(SUBJECT)
    citizen.page.set_input_files("#mandate", [PDF])
    citizen.save()
    assert citizen.path == "counter/residence/order/save"
    assert citizen.page.input_value("#mail") == ADDRESS
    citizen.send()
    assert citizen.path == "counter/residence/order/saved"
    assert "pas encore envoyé" in citizen.page.inner_text("h1")
    [mail] = until(lambda: citizen.site.mails_to(ADDRESS), seconds=20)
    return mail


def test_a_draft_is_resumed_on_another_device(window, site):
    before = site.orders()
    telephone = window(Citizen, width=360)
    mail = save_on_the_telephone(telephone)
    assert "pas encore envoyé" in mail["Subject"].lower()
    [link] = LINK.findall(mail.get_body(("plain",)).get_content())
    assert site.orders() == before

    desk = window(Citizen, width=1280)
    desk.page.goto(link)
    assert (desk.path, desk.query) == ("counter/residence/order/about", {})
    assert desk.page.evaluate("document.cookie") == ""
    assert link.rpartition("secret=")[2] not in desk.page.content()
    for name, value in SUBJECT.items():
        assert desk.page.input_value(f"[name='{name}']") == value
    assert "mandat.pdf" in desk.main()
    desk.fill({"subject.last_name": "Mensongère", "subject.birth_date-year": "1960"})
    desk.send()
    desk.choose("delivery", "post")
    desk.fill(DELIVERY)
    desk.send()
    desk.fill({"form.widgets.purpose": PURPOSE})
    desk.send()
    assert desk.path == "counter/residence/order/check"
    assert "mandat.pdf" in desk.main()

    telephone.open("counter/residence/order/delivery")
    assert telephone.page.input_value("#copies") == DELIVERY["copies"]
    desk.send()
    desk.page.wait_for_url("**/counter/thanks")
    assert site.orders() == before + 1
    desk.page.goto(link)
    assert desk.page.locator("main a[href$='/counter/track']").count() == 1


def test_enter_in_a_question_goes_on_and_does_not_save(window):
    citizen = window(Citizen)
    citizen.open("counter/residence/order")
    citizen.choose("relation", "self")
    citizen.fill(WHO)
    with citizen.page.expect_navigation():
        citizen.page.press("[name='applicant.last_name']", "Enter")
    assert citizen.path == "counter/residence/order/delivery"
