"""``my-document``: the document itself, for who showed who he or she is."""

from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import RecordNotFound
from plonegov.core.ops.readlog import log_read
from plonegov.core.records.events import actor
from plonegov.core.records.events import origin
from plonegov.ordering.api.handingout import fetched
from plonegov.ordering.browser.tracked import DetailPage
from urllib.parse import quote


class MyDocument(DetailPage):
    """Behind the gate of the tracking page; that it was fetched is logged first."""

    def show(self) -> bytes:
        """Answer the document as a file to keep.

        :raises RecordNotFound: there is none that may be fetched.
        """
        try:
            [file] = fetched(self.order)
        except (ActionNotAllowed, ValueError) as error:
            raise RecordNotFound() from error
        log_read("fetch_own", self.order.reference, actor(), origin())
        response = self.request.response
        response.setHeader("Content-Type", file.contentType)
        response.setHeader("Content-Length", str(file.getSize()))
        response.setHeader("X-Content-Type-Options", "nosniff")
        name = f"attachment; filename*=UTF-8''{quote(file.filename)}"
        response.setHeader("Content-Disposition", name)
        return file.data
