"""The front page: what can one do here, which offices are there, are they open now."""

from plonegov.core.theme.interfaces import ITaskCard
from plonegov.core.theme.offices import OfficesBase
from zope.component import getAdapters


MAX_CARDS = 4


class FrontPage(OfficesBase):
    """``front-page`` of the site, whatever Plone would show there."""

    is_front_page = True

    def cards(self) -> list[ITaskCard]:
        """Return the task cards whose target exists, at most four."""
        found = getAdapters((self.context, self.request), ITaskCard)
        cards = sorted((card for _name, card in found), key=lambda card: card.order)
        return [card for card in cards if card.available()][:MAX_CARDS]
