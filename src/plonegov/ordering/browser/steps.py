"""What every page of the order form does: its draft, its checks, its way on.

A page shows what is in the draft, takes one POST, keeps what is right and redirects;
what is wrong is shown again as typed and changes nothing. Only the button that saves
the draft to go on later keeps what is typed as it is.
"""

from plonegov.ordering import _
from plonegov.ordering.api import drafts
from plonegov.ordering.api import identity
from plonegov.ordering.api import versions
from plonegov.ordering.api.documents import terms
from plonegov.ordering.api.links import find
from plonegov.ordering.browser.changewords import lines
from plonegov.ordering.browser.cookies import follow_placed
from plonegov.ordering.browser.cookies import has_draft
from plonegov.ordering.browser.cookies import open_draft
from plonegov.ordering.browser.cookies import opened_draft
from plonegov.ordering.browser.document import COUNTER_CRUMB
from plonegov.ordering.browser.faults import Faults
from plonegov.ordering.browser.faults import Problem
from plonegov.ordering.browser.putaside import PutsAside
from plonegov.ordering.browser.way import PAGES
from plonegov.ordering.browser.way import STEPS
from plonegov.ordering.browser.way import Way
from plonegov.ordering.storage.drafts import Draft
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope.i18nmessageid import Message


TRAP = "website"

TOKEN_WRONG = _(
    "form_token_wrong",
    default="We could not be sure that this form came from you: the page was open for "
    "very long, or you signed in or out meanwhile. Nothing was saved. What you typed "
    "is still here: please send it again.",
)
TRAP_FILLED = _(
    "form_trap_filled",
    default="A field that must stay empty was filled in. Nothing was saved. Please "
    "empty the field “Leave this field empty” and send the form again.",
)
GONE = _(
    "form_draft_away",
    default="We no longer have what you typed before: it is deleted after 24 hours (a "
    "saved draft after 30 days), or your browser did not keep it. Nothing was ordered.",
)


class Step(PutsAside, Way, Faults):
    """A page of the order form; ``form_context`` is the document."""

    page = ""
    method = "post"
    index = ViewPageTemplateFile("templates/page.pt")
    gone_page = ViewPageTemplateFile("templates/gone.pt")
    label = ""

    def __call__(self) -> str:
        self.private()
        self.problems: list[Problem] = []
        self.message = None
        self.terms = terms(self.document)
        self.document_id = self.document.getId()
        self.draft: Draft | None = opened_draft(self.request, self.document_id)
        self.take_up(drafts.content_of(self.draft))
        if self.posted():
            return self.post()
        if self.draft is not None and self.draft.reference and self.page != "who":
            return self.thank(self.draft.reference)
        if self.draft is None and self.page != "who" and self.had_draft():
            return self.gone()
        wanted = self.allowed()
        if wanted != self.page:
            return self.redirect(f"{self.document_url}/order/{wanted}")
        self.update()
        return self.render()

    def had_draft(self) -> bool:
        return has_draft(self.request, self.document_id)

    def posted(self) -> bool:
        return self.request["REQUEST_METHOD"] == "POST"

    def post(self) -> str:
        """Take a POST: keep it and go on, or show it again with what is wrong."""
        if self.draft is not None and self.draft.reference and self.page != "who":
            return self.thank(self.draft.reference)
        self.update()
        if self.accepted():
            if self.draft is None and self.page != "who":
                self.refuse(GONE, 410)
            elif self.saving() or self.proving():
                if self.put_aside():
                    proving = self.proving()
                    return self.redirect(
                        self.prove_url() if proving else self.saved_url()
                    )
            elif self.take():
                return self.redirect(self.next_url())
        return self.render()

    def thank(self, reference: str) -> str:
        """Lead to what came of a draft that was sent."""
        follow_placed(self.request, find(reference))
        return self.redirect(f"{self.counter_url}/thanks")

    def take_up(self, content: drafts.Content) -> None:
        """Go on with what was typed, as far as the document's questions still ask it;
        what the person has proved stands in place of what was typed about it."""
        self.news = versions.news(self.document, content)
        self.content = identity.with_stated(self.news.content)

    # What a page adds --------------------------------------------------------

    def update(self) -> None:
        """Prepare the questions."""

    def typed(self) -> drafts.Content:
        """Return the draft's content with what was typed on this page, unchecked."""
        return self.content

    def take(self) -> bool:
        """Keep what was typed; say whether it was right."""
        raise NotImplementedError

    def render(self) -> str:
        return self.index()

    # Checks --------------------------------------------------------------------

    def accepted(self) -> bool:
        """Whether the POST comes from our own form and from a person."""
        if not self.is_ours():
            return self.refuse(TOKEN_WRONG, 403)
        if self.request.form.get(TRAP):
            return self.refuse(TRAP_FILLED, 422)
        return True

    def refuse(self, message: Message, status: int) -> bool:
        """Show a message on top of the page, which keeps what was typed."""
        self.message = message
        self.request.response.setStatus(status, lock=True)
        return False

    # The draft -----------------------------------------------------------------

    def keep(self, content: drafts.Content) -> None:
        """Keep what was typed in the draft."""
        self.draft = drafts.keep(self.draft, self.document_id, content)
        self.take_up(content)
        open_draft(self.request, self.draft)

    def gone(self) -> str:
        self.request.response.setStatus(410, lock=True)
        return self.gone_page()

    # What the templates show ------------------------------------------------------

    @property
    def document(self):
        return self.context

    @property
    def document_url(self) -> str:
        return self.document.absolute_url()

    @property
    def action_url(self) -> str:
        return f"{self.document_url}/order/{self.page}"

    @property
    def document_title(self) -> str:
        return self.document.text("titles", self.language())

    @property
    def page_title(self):
        if self.problems or self.message:
            return _(
                "page_title_error",
                default="Error: ${title}",
                mapping={"title": self.say(self.label)},
            )
        return self.label

    def page_breadcrumbs(self) -> list[dict]:
        return [
            {"title": self.say(COUNTER_CRUMB), "url": self.counter_url},
            {"title": self.document_title, "url": self.document_url},
        ]

    def told(self) -> list[str]:
        """Return what changed in the questions since they were answered, in words."""
        if self.page not in ("questions", "check"):
            return []
        return lines(self.news.changes, self.language(), self.request, only=True)

    def step(self) -> int:
        return PAGES[self.page]

    def steps(self) -> list[dict]:
        """Return the steps of the progress bar."""
        return [
            {"done": number < self.step(), "current": number == self.step()}
            for number in range(1, STEPS + 1)
        ]

    def office_of_service(self) -> dict | None:
        return self.service_office(self.document.service)
