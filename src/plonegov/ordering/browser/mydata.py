"""``my-data``: all that is held on one's order, as a file (GDPR art. 15 and 20)."""

from plonegov.core.listing.export import temporary_file
from plonegov.core.ops.readlog import log_read
from plonegov.core.records.events import actor
from plonegov.core.records.events import origin
from plonegov.ordering.api.export import write_order
from plonegov.ordering.browser.tracked import DetailPage
from tempfile import NamedTemporaryFile

import os


class MyData(DetailPage):
    """Behind the gate of the tracking page; that it was downloaded is logged first."""

    def show(self) -> temporary_file:
        """Answer the ZIP from a file that is gone from the disk once it is sent."""
        order = self.order
        log_read("download_own", order.reference, actor(), origin())
        with NamedTemporaryFile(suffix=".zip", delete=False) as file:
            try:
                write_order(file, order)
                file.flush()
                answer, size = temporary_file(file.name), os.stat(file.name).st_size
            finally:
                os.unlink(file.name)
        response = self.request.response
        response.setHeader("Content-Type", "application/zip")
        response.setHeader("Content-Length", str(size))
        response.setHeader("X-Content-Type-Options", "nosniff")
        name = f"order-{order.reference}.zip"
        response.setHeader("Content-Disposition", f'attachment; filename="{name}"')
        return answer
