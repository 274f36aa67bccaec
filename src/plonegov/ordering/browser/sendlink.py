"""``send-link``: have the link of an order sent again, to the address on record."""

from plonegov.ordering import _
from plonegov.ordering.api.newlinks import ask_for_link
from plonegov.ordering.browser.base import CitizenPage
from plonegov.ordering.browser.steps import TOKEN_WRONG
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope.i18nmessageid import Message


MISSING = _("send_link_missing", default="Write the reference of your order.")


class SendLink(CitizenPage):
    """One asks with the reference alone; the answer is the same whatever it is."""

    page_title = _("page_send_link", default="Send my link again")
    form = ViewPageTemplateFile("templates/send_link.pt")
    done = ViewPageTemplateFile("templates/send_link_done.pt")
    message: Message | None = None

    def __call__(self) -> str:
        self.private()
        if self.request["REQUEST_METHOD"] != "POST":
            return self.form()
        if not self.is_ours():
            return self.refuse(TOKEN_WRONG, 403)
        if not self.typed().strip():
            return self.refuse(MISSING, 422)
        ask_for_link(self.typed())
        return self.done()

    def refuse(self, message: Message, status: int) -> str:
        """Show the form again with what is wrong."""
        self.message = message
        self.request.response.setStatus(status, lock=True)
        return self.form()

    def typed(self) -> str:
        """Return the reference as it was typed."""
        value = self.request.form.get("order", "")
        return value if isinstance(value, str) else ""

    def page_breadcrumbs(self) -> list[dict]:
        title = self.say(_("page_track", default="Follow your order"))
        return [{"title": title, "url": f"{self.counter_url}/track"}]
