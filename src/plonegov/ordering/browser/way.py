"""The way through the order form: which page comes when, and what each answers for."""

from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.ordering.adapters.questions import check_answers
from plonegov.ordering.api import drafts
from plonegov.ordering.api.draftfiles import stand_ins


#: Pages in their order, and the step that each belongs to.
PAGES = {"who": 1, "about": 1, "delivery": 1, "questions": 2, "check": 3}
STEPS = 3

#: What each page answers for, as dotted prefixes of the request.
FIELDS = {
    "who": (
        "relation",
        "applicant.first_name",
        "applicant.last_name",
        "applicant.birth_date",
        "applicant.national_number",
        "applicant.email",
        "applicant.phone",
    ),
    "about": ("relation", "subject", "attachments"),
    "delivery": ("delivery", "copies", "applicant.address", "language"),
    "questions": ("answers",),
}

#: Faults of the relation that only show once the other person is known.
NEEDS_SUBJECT = frozenset(
    {
        "minor_needs_representative",
        "person_refused",
        "heir_of_deceased_only",
        "subject_is_applicant",
    }
)


class Way:
    """Leads through the pages of the form.

    Mixed into a page with ``page``, ``request``, ``document``, ``document_url``,
    ``document_id``, ``terms``, ``draft``, ``content`` and ``news``.
    """

    def pages(self) -> list[str]:
        """Return the pages that this person passes."""
        alone = self.content.get("relation", "self") == "self"
        return [name for name in PAGES if name != "about" or not alone]

    def allowed(self) -> str:
        """Return this page, or the one that must be answered before it."""
        open_page = self.first_open()
        order = list(PAGES)
        if self.page in self.pages() and order.index(self.page) <= order.index(
            open_page
        ):
            return self.page
        return open_page

    def first_open(self) -> str:
        """Return the first page whose questions are not all answered rightly."""
        for name in self.pages():
            if name != "check" and not self.complete(name):
                return name
        return "check"

    def complete(self, name: str) -> bool:
        """Whether a page is answered: rightly, and all that its form asks now."""
        if name == "questions" and self.news.asked:
            return False
        try:
            self.examine(name, self.content)
        except InvalidInput:
            return False
        return True

    def examine(self, name: str, content: drafts.Content) -> None:
        """Check what a page asks, by the rules of the whole request.

        :raises InvalidInput: with the faults of that page.
        """
        if name == "questions":
            if "answers" not in content:
                raise InvalidInput([Fault("answers", "required")])
            check_answers(self.document, content["answers"])
        files = stand_ins(self.draft) if name == "about" else ()
        payload = drafts.request_of(self.document_id, content, files)
        try:
            drafts.examine_part(payload, self.terms, FIELDS[name])
        except InvalidInput as error:
            later = NEEDS_SUBJECT if name == "who" else frozenset()
            faults = [fault for fault in error.faults if fault.code not in later]
            if faults:
                raise InvalidInput(faults) from error

    def next_url(self) -> str:
        """Return the page after this one, or the answers when one was changed."""
        base = f"{self.document_url}/order"
        if self.changing():
            return f"{base}/{self.first_open()}"
        pages = self.pages()
        return f"{base}/{pages[pages.index(self.page) + 1]}"

    def changing(self) -> bool:
        """Whether the person came from the last page to change an answer."""
        return self.request.form.get("change") == "1"

    def back_url(self) -> str:
        base = f"{self.document_url}/order"
        if self.changing():
            return f"{base}/check"
        pages = self.pages()
        at = pages.index(self.page) if self.page in pages else 0
        return f"{base}/{pages[at - 1]}" if at else self.document_url
