"""Where the site is, for who is sent elsewhere and comes back."""

from plone import api
from plonegov.core.api import municipality


def site_address() -> str:
    """Return the town's stated address, so that a forged ``Host`` leads nobody astray;
    that of the request where none is stated."""
    return municipality().site_url.rstrip("/") or api.portal.get().absolute_url()
