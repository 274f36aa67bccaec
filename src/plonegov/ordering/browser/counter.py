"""``counter``: the documents that can be ordered."""

from plonegov.ordering import _
from plonegov.ordering.api.documents import all_documents
from plonegov.ordering.browser.base import CitizenPage


class Counter(CitizenPage):
    """The town's online counter."""

    page_title = _("page_counter", default="Order a document")

    def documents(self) -> list[dict]:
        """Return the documents that can be ordered, by title."""
        rows = [self.document_row(document) for document in all_documents()]
        return sorted(rows, key=lambda row: row["title"].casefold())

    def page_breadcrumbs(self) -> list[dict]:
        return []
