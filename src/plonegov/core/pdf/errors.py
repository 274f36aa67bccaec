from plonegov.core.errors import PlonegovError


class PdfResourceRefused(PlonegovError):
    """A document names an address outside its folder, or a file that is not there."""

    code = "pdf_resource_refused"
    status = 500


class SealAreaMissing(PlonegovError):
    """The page leaves no place for the seal."""

    code = "seal_area_missing"
    status = 500


class SealKeyUnusable(PlonegovError):
    """The town can't seal; ``reason`` says why: ``missing``, ``exposed``, ``password``,
    ``damaged``, ``early`` or ``expired``; of a key on a token ``settings``, ``module``,
    ``token``, ``pin`` or ``key``."""

    code = "seal_key_unusable"
    status = 503
