"""What ordering adds to every page's main entries and to the front page's cards."""

from plone import api
from plonegov.core.theme.interfaces import IMainEntry
from plonegov.core.theme.interfaces import ITaskCard
from plonegov.ordering import _
from plonegov.ordering.api.counters import COUNTER_ID
from plonegov.ordering.interfaces import USE_QUEUE
from plonegov.ordering.interfaces import VIEW_FIGURES
from zope.interface import implementer


class Entry:
    """A place in the site's navigation."""

    def __init__(self, site, request) -> None:
        self.site = site
        self.request = request

    def available(self) -> bool:
        return COUNTER_ID in self.site

    def url(self) -> str:
        return f"{self.site.absolute_url()}/{COUNTER_ID}"


@implementer(IMainEntry)
class OrderEntry(Entry):
    """Order a document."""

    order = 10
    title = _("page_counter", default="Order a document")


@implementer(IMainEntry)
class MyOrdersEntry(Entry):
    """One's own orders, when signed in as a citizen."""

    order = 20
    title = _("page_my_orders", default="My orders")

    def available(self) -> bool:
        return not api.user.is_anonymous() and super().available()

    def url(self) -> str:
        return f"{self.site.absolute_url()}/my-orders"


@implementer(IMainEntry)
class QueueEntry(Entry):
    """What a clerk must do today; the queue lies behind it."""

    order = 5
    title = _("queue_title", default="Orders")

    def available(self) -> bool:
        return super().available() and api.user.has_permission(
            USE_QUEUE, obj=self.site[COUNTER_ID]
        )

    def url(self) -> str:
        return f"{super().url()}/today"


@implementer(IMainEntry)
class FiguresEntry(Entry):
    """The figures on the orders that one may see."""

    order = 6
    title = _("figures_title", default="Figures")

    def available(self) -> bool:
        return super().available() and api.user.has_permission(
            VIEW_FIGURES, obj=self.site[COUNTER_ID]
        )

    def url(self) -> str:
        return f"{super().url()}/figures"


@implementer(ITaskCard)
class OrderCard(OrderEntry):
    """The front page's card."""

    order = 10
    text = _(
        "card_order_text",
        default="Certificates and copies of acts, from home: we post them, or you fetch them.",
    )
    icon = "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6"


@implementer(ITaskCard)
class TrackCard(Entry):
    """The front page's card for an order that is under way."""

    order = 20
    title = _("page_track", default="Follow your order")
    text = _("card_track_text", default="See where your order is and what comes next.")
    icon = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3 3"

    def url(self) -> str:
        return f"{super().url()}/track"
