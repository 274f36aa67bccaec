"""``thanks``: what was ordered, what happens next, and the link to follow it."""

from plonegov.core.api import municipality
from plonegov.core.money import money
from plonegov.ordering import _
from plonegov.ordering.api.links import tracking_url
from plonegov.ordering.api.notices import next_steps
from plonegov.ordering.browser.base import CitizenPage
from plonegov.ordering.browser.cookies import placed
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.reference import format_reference
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


class OrderPage(CitizenPage):
    """A page about the order that the visitor's cookie opens."""

    order: Order

    def title_of_document(self) -> str:
        titles = self.order.document_title
        legal = municipality().legal_language
        return titles.get(self.language()) or titles.get(legal) or ""

    def reference(self) -> str:
        return format_reference(self.order.reference)

    def price(self) -> str:
        return self.amount(money(self.order.price, self.order.currency))

    def office_of_service(self) -> dict | None:
        return self.service_office(self.order.service)

    def page_breadcrumbs(self) -> list[dict]:
        title = self.say(_("page_counter", default="Order a document"))
        return [{"title": title, "url": self.counter_url}]


class Thanks(OrderPage):
    """The page after an order was sent; a reload shows it again, to its sender only."""

    page_title = _("page_thanks", default="We have received your order")
    index = ViewPageTemplateFile("templates/thanks.pt")

    def __call__(self) -> str:
        self.private()
        order = placed(self.request)
        if order is None:
            return self.redirect(f"{self.counter_url}/track")
        self.order = order
        return self.index()

    def steps(self):
        return next_steps(self.order, self.language())

    def link(self) -> str:
        return tracking_url(self.order)

    def mailed(self) -> bool:
        return bool(self.order.applicant["email"])

    def to_pay(self) -> bool:
        return bool(money(self.order.price, self.order.currency).amount)
