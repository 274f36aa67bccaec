"""``my-orders``: the orders of the signed-in citizen."""

from datetime import datetime
from plone import api
from plonegov.core.errors import RecordNotFound
from plonegov.ordering import _
from plonegov.ordering.api.documents import find as find_document
from plonegov.ordering.api.links import find
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.api.queue import owned_by
from plonegov.ordering.browser.base import CitizenPage
from plonegov.ordering.browser.cookies import follow
from plonegov.ordering.browser.words import STATES as STATE_LABELS
from plonegov.ordering.domain.errors import DocumentUnknown
from plonegov.ordering.domain.reference import format_reference
from plonegov.ordering.domain.states import Actor
from plonegov.ordering.domain.states import STATES
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


#: Class of a state's tag, by who must act.
TAGS = {Actor.CITIZEN: "pg-tag-warn", Actor.CLERK: "pg-tag-info", Actor.NOBODY: ""}


@implementer(IPublishTraverse)
class MyOrders(CitizenPage):
    """The list; ``my-orders/REFERENCE`` opens one's own order without its link."""

    page_title = _("page_my_orders", default="My orders")
    index = ViewPageTemplateFile("templates/my_orders.pt")
    reference = ""

    def publishTraverse(self, request, name):
        if self.reference:
            raise RecordNotFound()
        self.reference = name
        return self

    def __call__(self) -> str:
        self.private()
        return self.open() if self.reference else self.index()

    def page_breadcrumbs(self) -> list[dict]:
        return []

    def open(self) -> str:
        """Lead to the order, when it is one's own.

        :raises RecordNotFound: it is not, or there is none.
        """
        order = find(self.reference)
        if order.owner_id != self.user_id():
            raise RecordNotFound()
        follow(self.request, order)
        return self.redirect(f"{self.counter_url}/track")

    def user_id(self) -> str:
        return api.user.get_current().getId()

    def rows(self) -> list[dict]:
        """Return one's own orders, the latest first, from metadata only."""
        rows = sorted(
            owned_by(self.user_id()).rows, key=lambda row: row["placed"], reverse=True
        )
        titles = {row["document"]: "" for row in rows}
        titles = {name: self.title_of(name) for name in titles}
        return [
            {
                "reference": format_reference(row["reference"]),
                "url": f"{self.portal_url}/my-orders/{row['reference']}",
                "title": titles[row["document"]],
                "placed": self.day(town_today(datetime.fromisoformat(row["placed"]))),
                "state": STATE_LABELS[row["state"]],
                "tag": TAGS[STATES[row["state"]].actor],
            }
            for row in rows
        ]

    def title_of(self, document_id: str) -> str:
        try:
            return find_document(document_id).text("titles", self.language())
        except DocumentUnknown:
            return document_id
