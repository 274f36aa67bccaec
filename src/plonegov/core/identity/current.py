"""The keys of the current site's municipality."""

from plonegov.core.errors import NoMunicipality
from plonegov.core.identity.keys import TownKeys
from plonegov.core.municipality.facts import settings


def town_keys() -> TownKeys:
    """Return the keys of the current site's municipality.

    :raises NoMunicipality: no municipality profile was applied to the site.
    """
    municipality_id = settings().municipality_id
    if not municipality_id:
        raise NoMunicipality()
    return TownKeys(municipality_id)
