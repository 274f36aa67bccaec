from plonegov.core.errors import PlonegovError


class PdfResourceRefused(PlonegovError):
    """A document names an address outside its folder, or a file that is not there."""

    code = "pdf_resource_refused"
    status = 500
