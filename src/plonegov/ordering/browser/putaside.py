"""The buttons that put a draft aside, to go on later or to prove who one is: they keep
what is not right yet, too."""

from plonegov.ordering import _
from plonegov.ordering.api import identity
from plonegov.ordering.api import saving
from urllib.parse import urlencode


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

    def proving(self) -> bool:
        """Whether the button to prove who one is was pressed."""
        return self.request.form.get("prove") == "1"

    def may_prove(self) -> bool:
        """Whether a proof would open more ways, and the town has set one up."""
        return bool(identity.offers(self.terms.identity, self.action_url))

    def prove_url(self) -> str:
        """Return the page of the ways to do so, which leads back here."""
        query = urlencode({"came_from": self.action_url})
        return f"{self.portal_url}/prove-identity?{query}"

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
