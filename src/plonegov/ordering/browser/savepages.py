"""Save the draft and go on later: the mail address, what was saved, and deleting it."""

from plone import api
from plonegov.core.api import town_today
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import LimitReached
from plonegov.core.languages import LANGUAGES
from plonegov.core.ops.texts import text_of
from plonegov.ordering import _
from plonegov.ordering.api import drafts
from plonegov.ordering.api import saving
from plonegov.ordering.browser import schemas
from plonegov.ordering.browser.cookies import close_draft
from plonegov.ordering.browser.formpage import FormPage
from plonegov.ordering.browser.formpage import inside
from plonegov.ordering.browser.formpage import Section
from plonegov.ordering.browser.steps import Step
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


class DraftPage(Step):
    """A page about the draft, beside those of the form."""

    def allowed(self) -> str:
        return self.page if self.draft is not None else "who"

    def render(self) -> str:
        return self.gone() if self.draft is None else super().render()

    def back_url(self) -> str:
        return self.left_url()

    def until(self) -> str:
        """Return the day in words on which the draft is deleted."""
        return self.day(town_today(self.draft.ends))

    def saved_for(self) -> str:
        return saving.saved_for(self.content)


class SavePage(DraftPage, FormPage):
    """To which address the link is mailed."""

    page = "save"
    label = _("page_save", default="Save your draft and continue later")
    index = ViewPageTemplateFile("templates/save.pt")
    sections = (Section(schemas.IMail),)

    def left_out(self):
        return ()

    def preset(self, name):
        typed = inside(self.content, "applicant.email", "")
        return self.saved_for() or typed or self.own_address()

    def own_address(self) -> str:
        """Return the address of who is signed in."""
        if api.user.is_anonymous():
            return ""
        return api.user.get_current().getProperty("email", "")

    def take(self):
        data, _errors = self.extractData()
        language = self.language() if self.language() in LANGUAGES else LANGUAGES[0]
        try:
            saving.save(self.draft, self.content, data["mail"] or "", language)
        except InvalidInput as error:
            return self.report(error.faults)
        except LimitReached as error:
            return self.refuse(text_of(error.code, error.context), error.status)
        return True

    def next_url(self):
        return f"{self.document_url}/order/saved"


class SavedPage(DraftPage):
    """That the draft is saved, but not sent."""

    page = "saved"
    label = _("page_saved", default="Your draft is saved, but not sent yet")
    index = ViewPageTemplateFile("templates/saved.pt")

    def allowed(self):
        page = super().allowed()
        return page if page == "who" or self.draft.saved else "save"

    def take(self):
        return True

    def next_url(self):
        return self.left_url()


class DeletePage(DraftPage):
    """Whether the draft is really to be deleted."""

    page = "delete"
    label = _("page_delete", default="Delete your draft?")
    index = ViewPageTemplateFile("templates/delete.pt")

    def take(self):
        drafts.discard(self.draft)
        close_draft(self.request, self.draft)
        message = _(
            "draft_deleted",
            default="Your draft is deleted. Nothing was ordered.",
        )
        api.portal.show_message(message, self.request)
        return True

    def next_url(self):
        return self.document_url
