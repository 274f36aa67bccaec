"""How one comes to a screen that has no address of its own: what ``pages.toml`` names.

Each function takes a visitor who has opened the page's address.
"""

from helpers.sealedorder import example
from helpers.serving import until
from helpers.visitor import Citizen
from helpers.visitor import DELIVERY
from helpers.visitor import PURPOSE
from helpers.visitor import Visitor
from helpers.visitor import WHO
from uuid import uuid4

import re
import secrets


ABOUT = {
    "subject.first_name": "Filou",
    "subject.last_name": "Mensongère",
    "subject.birth_date-day": "1",
    "subject.birth_date-month": "2",
    "subject.birth_date-year": "2020",
}


def as_it_is(visitor: Visitor) -> None:
    """The page at its address."""


def sent_empty(visitor: Visitor) -> None:
    """The page's form, sent as it is: its errors."""
    visitor.send()


def about(visitor: Visitor) -> None:
    """The form's page about a child."""
    visitor.choose("relation", "parent")
    visitor.fill(WHO)
    visitor.send()


def about_wrong(visitor: Visitor) -> None:
    """That page with its errors."""
    about(visitor)
    visitor.send()


def files_wrong(visitor: Visitor) -> None:
    """That page with files that are kept, one that is refused, and no room for more."""
    visitor.choose("relation", "mandatary")
    visitor.fill(WHO)
    visitor.send()
    pdf = {"name": "page.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    wrong = {"name": "x.gif", "mimeType": "image/gif", "buffer": b"GIF89a"}
    visitor.page.set_input_files("#mandate", [pdf, wrong])
    visitor.page.set_input_files("#identity", [pdf, pdf])
    visitor.send()


def save(visitor: Visitor) -> None:
    """Where the link to a draft is to be mailed."""
    visitor.fill(WHO)
    visitor.save()


def save_wrong(visitor: Visitor) -> None:
    """That page with its error."""
    save(visitor)
    visitor.send()


def saved(visitor: Visitor) -> None:
    """The page after a draft was saved."""
    save(visitor)
    visitor.fill({"mail": f"{uuid4().hex}@exempleville.example"})
    visitor.send()


def delete(visitor: Visitor) -> None:
    """The question whether a draft is to be deleted."""
    save(visitor)
    visitor.open("counter/residence/order/delete")


def delivery(visitor: Visitor) -> None:
    """The form's page of the delivery, after that about a child."""
    about(visitor)
    visitor.fill(ABOUT)
    visitor.send()


def delivery_wrong(visitor: Visitor) -> None:
    """That page with its errors."""
    delivery(visitor)
    visitor.send()


def questions(visitor: Visitor) -> None:
    """The page of the document's own questions."""
    delivery(visitor)
    visitor.choose("delivery", "post")
    visitor.fill(DELIVERY)
    visitor.send()


def questions_wrong(visitor: Visitor) -> None:
    """That page with its errors."""
    questions(visitor)
    visitor.send()


def check(visitor: Visitor) -> None:
    """The last page of the form."""
    questions(visitor)
    visitor.fill({"form.widgets.purpose": PURPOSE})
    visitor.send()


def thanks(visitor: Visitor) -> None:
    """The page after an order."""
    check(visitor)
    visitor.send()
    visitor.page.wait_for_url("**/counter/thanks")


def track(visitor: Visitor) -> None:
    """The page that the order's link opens."""
    thanks(visitor)
    visitor.page.click(".pg-link a")
    visitor.page.wait_for_url("**/counter/track")


def confirm(visitor: Visitor) -> None:
    """The page on which a mail address is confirmed."""
    mailed(visitor, "confirm")


def not_me(visitor: Visitor) -> None:
    """The page for who ordered nothing."""
    mailed(visitor, "not-me")


def mailed(visitor: Visitor, page: str) -> None:
    """A page that the first mail leads to."""
    address = f"{page}-{secrets.token_hex(4)}@example.org"
    visitor.open("counter/residence/order")
    Citizen.answer_all(visitor, address, "fr")
    visitor.send()
    [mail] = until(lambda: visitor.site.mails_to(address), seconds=20)
    text = mail.get_body(("plain",)).get_content()
    [link] = re.findall(rf"\S+/counter/{page}\?\S+", text)
    visitor.page.goto(link)


def not_my_draft(visitor: Visitor) -> None:
    """The page for who saved no draft."""
    save(visitor)
    address = f"{uuid4().hex}@exempleville.example"
    visitor.fill({"mail": address})
    visitor.send()
    [mail] = until(lambda: visitor.site.mails_to(address), seconds=20)
    text = mail.get_body(("plain",)).get_content()
    [link] = re.findall(r"\S+/counter/not-my-draft\?\S+", text)
    visitor.page.goto(link)


def asked(visitor: Visitor) -> None:
    """The page of an order of one's own that waits for one's answer."""
    visitor.page.click("main li:has(.pg-tag-warn) a")
    visitor.page.wait_for_selector("#answer-text")


def answer_wrong(visitor: Visitor) -> None:
    """That page with an answer that was sent empty."""
    asked(visitor)
    visitor.page.click("form[action$='/track-answer'] [type='submit']")
    visitor.page.wait_for_selector("#error-summary")


def gate_wrong(visitor: Visitor) -> None:
    """The page that a link opens, after a wrong birth date."""
    track(visitor)
    visitor.fill({f"birth_date-{part}": "1" for part in ("day", "month")})
    visitor.fill({"birth_date-year": "1999"})
    visitor.send()


def gate_open(visitor: Visitor) -> None:
    """All of an order, after the right birth date."""
    track(visitor)
    for part in ("day", "month", "year"):
        name = f"birth_date-{part}"
        visitor.fill({name: WHO[f"applicant.{name}"]})
    visitor.send()


def withdraw(visitor: Visitor) -> None:
    """The question whether one wants to withdraw the order."""
    gate_open(visitor)
    visitor.page.click("main a[href$='/track-withdraw']")
    visitor.page.wait_for_selector("#withdraw")


def reads(visitor: Visitor) -> None:
    """Who opened the own order."""
    visitor.page.click("main li:has(.pg-tag-warn) a")
    visitor.page.click("main a[href$='/track-reads']")
    visitor.page.wait_for_url("**/track-reads")


def link_asked(visitor: Visitor) -> None:
    """The answer to who asks for the own link again."""
    visitor.fill({"order": "7K2M-9QXT-4HD"})
    visitor.send()


def without_checks(visitor: Visitor) -> None:
    """Let the browser send what it would not: others send it, too."""
    visitor.page.evaluate(
        "document.querySelectorAll('form').forEach(each => each.noValidate = true)"
    )


def absence_wrong(visitor: Visitor) -> None:
    """A clerk's absence without its last day."""
    first = {"away_from-day": "1", "away_from-month": "12", "away_from-year": "2026"}
    visitor.fill(first)
    visitor.send()


def first_order(visitor: Visitor) -> None:
    """The first order of a queue."""
    visitor.page.click("main table tbody a")
    visitor.page.wait_for_selector("[data-state]")


def all_actions(visitor: Visitor) -> None:
    """An order with all its forms unfolded."""
    first_order(visitor)
    visitor.page.evaluate(
        "document.querySelectorAll('details').forEach(each => each.open = true)"
    )


def findings_wrong(visitor: Visitor) -> None:
    """An order whose findings were sent empty."""
    first_order(visitor)
    visitor.page.click(".pg-case-findings [type='submit']")
    visitor.page.wait_for_selector("#error-summary")


def action_wrong(visitor: Visitor) -> None:
    """An order that was to be rejected without a reason."""
    all_actions(visitor)
    visitor.page.select_option("#reject-motive_code", index=1)
    visitor.page.click("form:has([value='reject']) [type='submit']")
    visitor.page.wait_for_selector("#error-summary")


def question_waiting(visitor: Visitor) -> None:
    """The questions of a form with one that waits to be published."""
    visitor.page.click("main form[action$='/question'] [type='submit']")
    for language in ("fr", "nl", "en", "es"):
        visitor.page.fill(f"[name='titles.{language}']", "Exemple")
    visitor.send()
    visitor.page.wait_for_selector("#pending-heading")


def revealed(visitor: Visitor) -> None:
    """An order with the whole national number."""
    first_order(visitor)
    visitor.page.select_option("[name='reason']", "register")
    visitor.page.click("form[action$='/order-reveal'] [type='submit']")
    visitor.page.wait_for_url("**/order-reveal")


def reveal_wrong(visitor: Visitor) -> None:
    """An order whose national number was asked for without a reason."""
    first_order(visitor)
    without_checks(visitor)
    visitor.page.click("form[action$='/order-reveal'] [type='submit']")
    visitor.page.wait_for_selector("#error-summary")


def address_wrong(visitor: Visitor) -> None:
    """An order whose mail address was to be corrected to none."""
    all_actions(visitor)
    visitor.page.click("form:has([value='correct_address']) [type='submit']")
    visitor.page.wait_for_selector("#error-summary")


def keys_of_the_queue(visitor: Visitor) -> None:
    """The queue with the list of its keys."""
    visitor.page.keyboard.press("?")
    visitor.page.wait_for_selector("dialog[open]")


def columns_and_selection(visitor: Visitor) -> None:
    """The queue with its columns to choose, and a row selected."""
    visitor.page.check("tbody tr:first-child [name='selected']")
    visitor.page.click(".pg-listing-columns summary")


def many_refused(visitor: Visitor) -> None:
    """What became of new orders that were to be handed over."""
    visitor.page.check(".pg-listing-all input")
    visitor.page.click(".pg-listing-bulk [value='hand_over']")
    visitor.page.wait_for_selector(".pg-bulk-refused")


def many_paid(visitor: Visitor) -> None:
    """What became of an order that was marked as paid."""
    visitor.page.check("tbody tr:first-child [name='selected']")
    visitor.page.click(".pg-listing-bulk [value='pay']")
    visitor.page.wait_for_selector("#outcome")


def changed_meanwhile(visitor: Visitor) -> None:
    """An order to which a note was added while its page was open."""
    first_order(visitor)
    visitor.page.evaluate(
        "document.querySelectorAll('[name=seen]').forEach(each => each.value -= 1)"
    )
    findings = visitor.page.locator(".pg-case-findings input[type='text']").first
    findings.fill("Exemple")
    visitor.page.click(".pg-case-findings [type='submit']")
    visitor.page.wait_for_selector("#changed")


def missing_file(visitor: Visitor) -> None:
    """What who asks for a file that is not there gets."""
    first_order(visitor)
    visitor.page.goto(f"{visitor.page.url.partition('#')[0]}/order-file?name=nothing")


def code_wrong(visitor: Visitor) -> None:
    """What a mistyped code is answered."""
    visitor.fill({"code": "7K2M-9QXT"})
    visitor.page.press("#code", "Enter")
    visitor.page.wait_for_selector("#error-summary")


def code_valid(visitor: Visitor) -> None:
    """The page of a sealed certificate's code."""
    made = example(visitor.page.context.browser, visitor.site)
    visitor.fill({"code": made.code})
    visitor.page.press("#code", "Enter")
    visitor.page.wait_for_url(f"**/verify/{made.code}")


def file_wrong(visitor: Visitor) -> None:
    """What who chose no file is answered."""
    visitor.page.click("form:has(#file) [type='submit']")
    visitor.page.wait_for_selector("#error-summary")


def file_genuine(visitor: Visitor) -> None:
    """What a sealed certificate is said to be."""
    made = example(visitor.page.context.browser, visitor.site)
    _file_checked(visitor, made.pdf)


def file_unreadable(visitor: Visitor) -> None:
    """What a file that is none is said to be."""
    _file_checked(visitor, b"%PDF-1.7")


def _file_checked(visitor: Visitor, data: bytes) -> None:
    file = {"name": "page.pdf", "mimeType": "application/pdf", "buffer": data}
    visitor.page.set_input_files("#file", file)
    visitor.page.click("form:has(#file) [type='submit']")
    visitor.page.wait_for_selector(".pg-message")


def signed_in_wrong(visitor: Visitor) -> None:
    """Sign-in with a wrong password."""
    visitor.page.fill("[name='__ac_name']", "citizen")
    visitor.page.fill("[name='__ac_password']", "not-the-password")
    visitor.page.press("[name='__ac_password']", "Enter")
    visitor.page.wait_for_load_state()
