"""The municipality of the current site, read from the registry."""

from plone import api
from plonegov.core.errors import NoMunicipality
from plonegov.core.interfaces import ICoreSettings
from plonegov.core.municipality.model import Municipality
from plonegov.core.municipality.profile import build
from zope.annotation.interfaces import IAnnotations
from zope.globalrequest import getRequest

import json


CACHE_KEY = "plonegov.core.municipality"


def settings():
    """Return the registry proxy of ``ICoreSettings`` for the current site.

    :raises NoMunicipality: the site has no profile of the suite.
    """
    try:
        return api.portal.get_tool("portal_registry").forInterface(
            ICoreSettings, prefix="plonegov.core"
        )
    except KeyError as error:
        raise NoMunicipality() from error


def current() -> Municipality:
    """Return the facts of the current site's municipality (kept on the request).

    :raises NoMunicipality: no municipality profile was applied to the site.
    """
    request = getRequest()
    cache = IAnnotations(request) if request is not None else {}
    key = _cache_key()
    if key not in cache:
        stored = settings()
        if not stored.municipality_id:
            raise NoMunicipality()
        cache[key] = build(json.loads(stored.facts))
    return cache[key]


def forget() -> None:
    """Read the facts anew when they are asked for next: they were just changed."""
    request = getRequest()
    if request is not None:
        IAnnotations(request).pop(_cache_key(), None)


def _cache_key() -> str:
    return f"{CACHE_KEY}.{api.portal.get().getId()}"
