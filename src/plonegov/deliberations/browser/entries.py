"""What deliberations add to the main entries of the site."""

from plone import api
from plonegov.core.theme.interfaces import IMainEntry
from plonegov.deliberations.api.store import DELIBERATIONS_ID
from plonegov.deliberations.browser.base import TODAY
from plonegov.deliberations.interfaces import USE_SITTINGS
from zope.interface import implementer


@implementer(IMainEntry)
class DeliberationsEntry:
    """What staff and members have to do for the town's bodies."""

    order = 7
    title = TODAY

    def __init__(self, site, request) -> None:
        self.site = site
        self.request = request

    def available(self) -> bool:
        """Say whether the site has bodies, and the user works for or sits in them."""
        return DELIBERATIONS_ID in self.site and api.user.has_permission(
            USE_SITTINGS, obj=self.site[DELIBERATIONS_ID]
        )

    def url(self) -> str:
        """Return the address of the first page."""
        return f"{self.site.absolute_url()}/{DELIBERATIONS_ID}/today"
