"""``resume``: opens a saved draft by the link in the mail."""

from plonegov.core.errors import RecordNotFound
from plonegov.ordering import _
from plonegov.ordering.api import drafts
from plonegov.ordering.api import saving
from plonegov.ordering.browser.base import CitizenPage
from plonegov.ordering.browser.cookies import open_draft
from plonegov.ordering.browser.document import COUNTER_CRUMB
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


class Resume(CitizenPage):
    """Moves the secret from the address into a cookie and leads to the form.

    A link that opens nothing gets the same answer whatever the reason.
    """

    index = ViewPageTemplateFile("templates/resume.pt")
    page_title = _("page_resume", default="This link opens no draft")

    def page_breadcrumbs(self) -> list[dict]:
        return [{"title": self.say(COUNTER_CRUMB), "url": self.counter_url}]

    def __call__(self) -> str:
        self.private()
        self.request.response.setHeader("Referrer-Policy", "no-referrer")
        query = self.request.form
        key, secret = str(query.get("draft", "")), str(query.get("secret", ""))
        try:
            draft = saving.opened(key, secret)
        except RecordNotFound:
            self.request.response.setStatus(404, lock=True)
            return self.index()
        open_draft(self.request, draft)
        page = drafts.content_of(draft).get("left", "who")
        address = f"{self.counter_url}/{draft.document}/order/{page}"
        return self.redirect(address)
