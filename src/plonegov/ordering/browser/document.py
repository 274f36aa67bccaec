"""``document``: what one should know before ordering a document."""

from plone import api
from plonegov.core.api import municipality
from plonegov.core.money import Money
from plonegov.ordering import _
from plonegov.ordering.api.documents import terms
from plonegov.ordering.api.identity import reached_now
from plonegov.ordering.browser.base import CitizenPage
from plonegov.ordering.browser.entitled import groups
from plonegov.ordering.browser.entitled import sources
from plonegov.ordering.browser.words import LANGUAGES
from plonegov.ordering.browser.words import WAYS
from plonegov.ordering.domain.identity import may_come
from plonegov.ordering.interfaces import EDIT_QUESTIONS
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


COUNTER_CRUMB = _("page_counter", default="Order a document")


class Document(CitizenPage):
    """The page of a document, before the form."""

    entitled_parts = ViewPageTemplateFile("templates/entitled.pt")

    @property
    def page_title(self) -> str:
        return self.text("titles")

    def page_breadcrumbs(self) -> list[dict]:
        return [{"title": self.say(COUNTER_CRUMB), "url": self.counter_url}]

    def text(self, name: str) -> str:
        """Return one of the document's texts in the page's language."""
        return self.context.text(name, self.language())

    def facts(self) -> dict:
        """Return price, delay, validity, ways of delivery and language."""
        found, reached = terms(self.context), reached_now()
        return {
            "price": self.amount(Money(found.price, found.currency)),
            "free": not found.price,
            "delay": self.delay(found.delay_days),
            "real": self.real_delay(found.id),
            "validity": found.validity_months,
            "language": LANGUAGES[municipality().legal_language],
            "ways": [
                {
                    "label": WAYS[way],
                    "price": self.amount(Money(extra, found.currency)),
                    "open": may_come(way, found.identity, reached),
                }
                for way, extra in found.delivery_prices.items()
            ],
        }

    def entitled(self) -> list[dict]:
        """Return who may ask, with which proof, and who may not and why."""
        return groups(terms(self.context), self.language())

    def sources(self) -> list[dict]:
        """Return the laws that say so, in the order of their numbers."""
        return sources(terms(self.context), self.language())

    def open_for_orders(self) -> bool:
        """Whether it can be ordered online now."""
        return not self.context.retired

    def may_edit_questions(self) -> bool:
        """Whether who looks at the page may change the words of the form."""
        return api.user.has_permission(EDIT_QUESTIONS, obj=self.context)

    def office_of_service(self) -> dict | None:
        return self.service_office(self.context.service)
