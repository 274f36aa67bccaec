"""The button that saves a draft to go on later: it keeps what is not right yet, too."""

from plonegov.ordering import _
from plonegov.ordering.api import saving


TOO_MUCH = _(
    "form_too_much",
    default="What you typed is too long to be saved. Please shorten it. Nothing was "
    "saved or sent.",
)


class PutsAside:
    """Mixed into a page with ``page``, ``request``, ``content``, ``typed`` and ``keep``."""

    def saving(self) -> bool:
        """Whether the button to go on later was pressed."""
        return self.request.form.get("save") == "1"

    def put_aside(self) -> bool:
        """Keep what was typed as it is; say whether it could be kept."""
        content = {**self.typed(), "left": self.page}
        if not saving.fits(content):
            return self.refuse(TOO_MUCH, 422)
        self.keep(content)
        return True

    def saved_url(self) -> str:
        """Return where the mail address is asked for, once the draft has none."""
        page = "saved" if self.draft.saved else "save"
        return f"{self.document_url}/order/{page}"

    def left_url(self) -> str:
        """Return the page of the form on which the person stopped."""
        page = self.content.get("left", "who")
        return f"{self.document_url}/order/{page}"
