"""A lawyer orders a client's marriage act with a proof, and corrects it once."""

from helpers.serving import until
from helpers.visitor import Citizen
from helpers.visitor import Clerk
from helpers.visitor import DELIVERY
from helpers.visitor import WHO
from io import BytesIO
from pypdf import PdfReader

import pytest
import re


LINK = re.compile(r"http\S+/counter/track\?order=\S+&secret=\S+")
CLIENT = {
    "subject.first_name": "Camille",
    "subject.last_name": "Exemple",
    "subject.birth_date-day": "3",
    "subject.birth_date-month": "4",
    "subject.birth_date-year": "1960",
}
MARRIAGE = {
    "form.widgets.other_spouse": "Essai Dominique",
    "form.widgets.marriage_place": "Seneffe, Belgique",
    "form.widgets.purpose": "Liquidation d'une succession",
}
QUESTION = "La procuration n'est pas signée : pouvez-vous en joindre une qui l'est ?"
ANSWER = "La voici, signée par ma cliente."
#: What the register's own file holds; it goes out byte for byte.
ACT = b"%PDF-1.7\n% the act\n"


def pdf(name):
    return {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}


@pytest.mark.parametrize("width, language", [(1280, "fr"), (360, "nl")])
def test_a_marriage_act_for_a_client_by_a_lawyer(window, site, width, language):
    lawyer = window(Citizen, width=width, language=language)
    address = f"maitre.{width}@exempleville.example"
    link, reference = order(lawyer, address)
    clerk = window(Clerk, width=width, language=language)
    ask(clerk, reference)
    correct(lawyer, link, until(lambda: site.mails_to(address)[1:], seconds=20))
    handle(clerk, reference)
    lawyer.open("counter/track")
    assert lawyer.page.locator(".pg-timeline > .pg-done").count() == 6


def order(lawyer, address):
    """Order; without the proof, and with a picture of another kind, it is refused."""
    page = lawyer.page
    lawyer.open("counter/marriage-act/order")
    lawyer.choose("relation", "lawyer")
    lawyer.fill({**WHO, "applicant.email": address})
    lawyer.send()
    lawyer.fill(CLIENT)
    lawyer.send()
    assert page.evaluate("document.activeElement.id") == "error-summary"
    assert page.locator("#error-summary a[href='#mandate']").count() == 1
    gif = {"name": "x.gif", "mimeType": "image/gif", "buffer": b"GIF89a"}
    page.set_input_files("#mandate", gif)
    lawyer.send()
    assert "JPEG" in page.inner_text("#mandate-error")
    for name, value in CLIENT.items():
        assert page.input_value(f"[name='{name}']") == value
    page.set_input_files("#mandate", pdf("procuration.pdf"))
    page.set_input_files("#identity", pdf("carte.pdf"))
    lawyer.send()
    lawyer.choose("delivery", "post")
    lawyer.fill(DELIVERY)
    lawyer.send()
    page.select_option("[name='form.widgets.form:list']", "copy")
    lawyer.fill(MARRIAGE)
    lawyer.send()
    assert lawyer.path == "counter/marriage-act/order/check"
    for text in ("procuration.pdf", "carte.pdf", *MARRIAGE.values()):
        assert text in lawyer.main()
    lawyer.send()
    page.wait_for_url("**/counter/thanks")
    [link] = LINK.findall(lawyer.main())
    return link, page.locator(".pg-reference").inner_text().replace("-", "")


def ask(clerk, reference):
    """See what the law asks of a lawyer and what was sent; ask for what is wrong."""
    clerk.open()
    clerk.sign_in("clerk")
    clerk.open(f"counter/{reference}")
    clerk.do("take")
    assert "procuration.pdf" in clerk.main()
    clerk.page.click("details:has([value='ask']) > summary")
    clerk.page.fill("#ask-text", QUESTION)
    clerk.do("ask")
    assert clerk.state() == "awaiting_citizen"


def correct(lawyer, link, mails):
    """Answer with the right paper, from the page that the mail leads to."""
    [mail] = mails
    assert QUESTION in mail.get_body(("plain",)).get_content()
    lawyer.page.context.clear_cookies()
    lawyer.page.goto(link)
    for part in ("day", "month", "year"):
        name = f"birth_date-{part}"
        lawyer.fill({name: WHO[f"applicant.{name}"]})
    lawyer.send()
    assert QUESTION in lawyer.main()
    lawyer.fill({"text": ANSWER})
    lawyer.page.set_input_files("#answer-files", pdf("procuration-signee.pdf"))
    lawyer.page.click("form[action$='/track-answer'] [type='submit']")
    lawyer.page.wait_for_selector(".pg-message")
    assert QUESTION not in lawyer.page.locator("blockquote").all_inner_texts()


def handle(clerk, reference):
    """Nothing leaves before the proof is accepted; then the register's own file does."""
    page = clerk.page
    clerk.open(f"counter/{reference}")
    assert clerk.state() == "in_progress"
    for text in (ANSWER, "procuration-signee.pdf"):
        assert text in clerk.main()
    page.set_input_files(
        "#act", {"name": "acte.pdf", "mimeType": "application/pdf", "buffer": ACT}
    )
    clerk.do("attach_act")
    assert page.locator("[name='verb'][value='produce']").count() == 0
    page.check("[name='proof'][value='mandate']")
    assert page.input_value("#basis")
    clerk.do("accept_relation")
    assert "carte.pdf" in clerk.main()
    clerk.do("register_address")
    clerk.do("produce")
    issued = page.get_attribute("#open-issued", "href")
    letter = PdfReader(BytesIO(page.context.request.get(issued).body()))
    assert letter.trailer["/Root"]["/MarkInfo"]["/Marked"]
    act = page.context.request.get(f"{issued.partition('?')[0]}?name=act")
    assert act.body() == ACT
    clerk.do("make_ready")
    clerk.do("hand_over")
    assert clerk.state() == "delivered"
    assert "carte.pdf" not in clerk.main()
