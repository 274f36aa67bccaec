"""What the citizen's pages share: prices and delays in words, the office."""

from plonegov.core.api import municipality
from plonegov.core.money import format_money
from plonegov.core.money import Money
from plonegov.core.theme.page import Page
from plonegov.ordering import _
from plonegov.ordering.api import figures
from plonegov.ordering.api.documents import terms
from plonegov.ordering.content.document import OrderableDocument
from plonegov.ordering.domain.pricing import price


FREE = _("free_of_charge", default="free")


class CitizenPage(Page):
    """Base of the counter's pages for citizens."""

    @property
    def counter_url(self) -> str:
        return f"{self.portal_url}/counter"

    def amount(self, amount: Money) -> str:
        """Return an amount of money in words; nothing to pay is said so."""
        if not amount.amount:
            return self.say(FREE)
        return format_money(amount, self.language())

    def service_office(self, service_id: str) -> dict | None:
        """Return the office of a service as the page shows it, or None.

        Where the town gives a service no telephone and no mail of its own, it is
        reached through the town hall.
        """
        town = municipality()
        try:
            service = town.service(service_id)
        except KeyError:
            return None
        title = service.title.get(self.language()) or service.title[town.legal_language]
        contact, address = service.contact, service.address
        if not (contact.phone or contact.email):
            contact = town.contact
        if not (address.street or address.locality):
            address = town.address
        return self.office(service.id, title, contact, address)

    def document_row(self, document: OrderableDocument) -> dict:
        """Return a document as lists show it: title, summary, price, delay."""
        found = terms(document)
        cheapest = min(price(found, 1, way).amount for way in found.delivery_prices)
        return {
            "title": document.text("titles", self.language()),
            "summary": document.text("summaries", self.language()),
            "url": document.absolute_url(),
            "price": self.amount(Money(cheapest, found.currency)),
            "free": not cheapest,
            "delay": self.delay(found.delay_days),
        }

    def delay(self, days: int) -> str:
        """Return a promised delay in words."""
        if days == 0:
            return self.say(_("delay_same_day", default="the same day"))
        if days == 1:
            return self.say(_("delay_one_day", default="1 working day"))
        return self.say(
            _("delay_days", default="${days} working days", mapping={"days": days})
        )

    def real_delay(self, document: str) -> str:
        """Return in words how long a document really took, or "" where too few orders
        tell it."""
        found = figures.real_delay(document)
        if found is None:
            return ""
        return self.say(
            _(
                "delay_real",
                default="half of the people had it within ${median}, nine of ten "
                "within ${p90}",
                mapping={
                    "median": self.delay(max(1, found.median_days)),
                    "p90": self.delay(max(1, found.p90_days)),
                },
            )
        )
