"""The facts of the current site's municipality."""

from plonegov.core.municipality.facts import current
from plonegov.core.municipality.model import Municipality


def municipality() -> Municipality:
    """Return the facts of the current site's municipality.

    :raises NoMunicipality: no municipality profile was applied to the site.
    """
    return current()
