from plonegov.core.interfaces import IMunicipalityLayer


class ICertificationLayer(IMunicipalityLayer):
    """Browser layer of a site with certification."""
