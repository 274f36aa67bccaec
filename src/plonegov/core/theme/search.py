"""``search``: the site's search, usable without JavaScript."""

from plonegov.core import _
from Products.CMFPlone.browser.search import Search
from urllib.parse import urlencode


PAGE = 20


class SearchPage(Search):
    """Plone's own query, shown as a plain list."""

    @property
    def page_title(self):
        if not self.text():
            return _("page_search", default="Search")
        return _(
            "page_search_results",
            default="Search: ${text}",
            mapping={"text": self.text()},
        )

    def text(self) -> str:
        """Return what was typed."""
        text = self.request.form.get("SearchableText", "")
        return text.strip()[:200] if isinstance(text, str) else ""

    def start(self) -> int:
        """Return the index of the first result shown."""
        start = self.request.form.get("b_start", "0")
        return int(start) if str(start).isdigit() else 0

    def found(self):
        """Return the batch of results, or an empty list (metadata only)."""
        return self.results(b_size=PAGE, b_start=self.start()) if self.text() else []

    def page_url(self, number: int) -> str:
        """Return the address of another page of the results (from 1)."""
        query = urlencode(
            {"SearchableText": self.text(), "b_start": (number - 1) * PAGE}
        )
        return f"{self.context.absolute_url()}/search?{query}"
