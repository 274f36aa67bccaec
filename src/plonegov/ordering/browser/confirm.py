"""``confirm``, ``not-me``, ``not-my-draft``: where links of mails lead.

Opening a link changes nothing, since mail programs open links by themselves; the one
button does.
"""

from plone import api
from plonegov.core.errors import RecordNotFound
from plonegov.ordering import _
from plonegov.ordering.api import confirming
from plonegov.ordering.api import saving
from plonegov.ordering.browser.base import CitizenPage
from plonegov.ordering.browser.cookies import follow
from plonegov.ordering.browser.steps import TOKEN_WRONG
from plonegov.ordering.content.order import Order
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message


VOID = _(
    "confirm_link_void",
    default="This link is no longer valid, or it is not complete. Nothing was changed.",
)


class MailedPage(CitizenPage):
    """A page with one button, for who got a mail.

    ``keys`` are what of the address, beside the secret, names what was ``found``.
    """

    index = ViewPageTemplateFile("templates/confirm.pt")
    page = ""
    keys: tuple[str, ...] = ("order",)
    text: Message
    button: Message
    message: Message | None = None
    found: Any = None

    def __call__(self) -> str:
        self.private()
        self.request.response.setHeader("Referrer-Policy", "no-referrer")
        try:
            self.found = self.find(*map(self.given, (*self.keys, "secret")))
        except RecordNotFound:
            return self.say_no(VOID, 404)
        if self.request["REQUEST_METHOD"] != "POST":
            return self.index()
        if not self.is_ours():
            return self.say_no(TOKEN_WRONG, 403)
        return self.take(self.found)

    def find(self, *given: str) -> Any:
        """Return what the link opens.

        :raises RecordNotFound: it opens nothing.
        """
        return confirming.find(*given)

    def take(self, found: Any) -> str:
        """Do what the button says; return the answer."""
        raise NotImplementedError

    def given(self, name: str) -> str:
        value = self.request.form.get(name, "")
        return value if isinstance(value, str) else ""

    def say_no(self, message: Message, status: int) -> str:
        self.message = message
        self.request.response.setStatus(status, lock=True)
        return self.index()

    def title_of_document(self) -> str:
        return self.found.document_title.get(self.language(), "")

    def page_breadcrumbs(self) -> list[dict]:
        title = self.say(_("page_counter", default="Order a document"))
        return [{"title": title, "url": self.counter_url}]


class Confirm(MailedPage):
    """The mail address is the applicant's."""

    page = "confirm"
    page_title = _("page_confirm", default="Confirm your order")
    text = _(
        "confirm_text",
        default="You gave us this mail address when you ordered. Please confirm that it "
        "is yours.",
    )
    button = _("button_confirm", default="Yes, this is my address")

    def take(self, order: Order) -> str:
        confirming.confirm(order)
        follow(self.request, order)
        thanks = _("confirm_done", default="Thank you, your order is confirmed.")
        api.portal.show_message(thanks, self.request)
        return self.redirect(f"{self.counter_url}/track")


class NotMe(MailedPage):
    """The owner of the mail address ordered nothing."""

    page = "not-me"
    page_title = _("page_not_me", default="You did not order this?")
    text = _(
        "not_me_text",
        default="Somebody ordered a document and gave your mail address. If that was "
        "not you, tell us: we write to you no more about this order, and nobody can "
        "order with your address for 30 days.",
    )
    button = _("button_not_me", default="No, that was not me")

    def take(self, order: Order) -> str:
        confirming.disown(order)
        self.found = None
        self.message = _(
            "not_me_done",
            default="Thank you. We write to you no more about this order, and nobody can "
            "order with your address for 30 days. The service knows of it.",
        )
        return self.index()


class NotMyDraft(MailedPage):
    """The owner of the mail address saved no draft."""

    page = "not-my-draft"
    keys = ("draft", "to")
    page_title = _("page_not_my_draft", default="This draft is not yours?")
    text = _(
        "not_my_draft_text",
        default="Somebody began to order a document and gave your mail address. If that "
        "was not you, tell us: the link in our mail opens the draft no more, and we "
        "write nothing to your address for 30 days.",
    )
    button = NotMe.button

    def find(self, *given: str) -> tuple[str, str]:
        return saving.disowning(*given)

    def title_of_document(self) -> str:
        return ""

    def take(self, found: tuple[str, str]) -> str:
        saving.disown(*found)
        self.found = None
        self.message = _(
            "not_my_draft_done",
            default="Thank you. The link in our mail opens the draft no more, and we "
            "write nothing to your address for 30 days.",
        )
        return self.index()
