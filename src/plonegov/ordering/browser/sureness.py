"""How sure the town is of who ordered, and where the document may go: for the clerk."""

from babel import Locale
from plone import api
from plonegov.core.identity.contact import countries
from plonegov.ordering import _
from plonegov.ordering.browser.labels import IDENTITIES
from plonegov.ordering.browser.labels import IDENTITY_DOCUMENTS
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.model import Delivery
from typing import Any
from zope.i18nmessageid import Message


#: Parts of the register's address: name, label, optional.
PARTS = (
    ("street", _("ask_street", default="Street"), False),
    ("number", _("ask_number", default="House number"), True),
    ("box", _("ask_box", default="Box"), True),
    ("postal_code", _("ask_postal_code", default="Postal code"), False),
    ("locality", _("ask_locality", default="Town"), False),
)
COUNTRY = ("country", _("ask_country", default="Country"))

WRONG_PLACE = {
    Delivery.POST: _(
        "sureness_post",
        default="Not sure enough who asks: post it to the address of the register only.",
    ),
    Delivery.COUNTER: _(
        "sureness_counter",
        default="Not sure enough who asks: hand it over against an identity document.",
    ),
    Delivery.EMAIL: _(
        "sureness_electronic",
        default="Not sure enough who asks: it can't be mailed or downloaded yet.",
    ),
}
WRONG_PLACE[Delivery.DOWNLOAD] = WRONG_PLACE[Delivery.EMAIL]


class Sureness:
    """What the clerk's page shows of it.

    :param page: the page, which knows what was typed and what was wrong.
    """

    def __init__(self, order: Order, page: Any) -> None:
        self.order = order
        self.page = page
        self.facts = order.facts()

    @property
    def reached(self) -> Message:
        """How sure the town is, in words."""
        return IDENTITIES[self.order.level]

    @property
    def asked(self) -> Message:
        """How sure the document asks it to be, in words."""
        return IDENTITIES[self.order.identity_asked]

    @property
    def warning(self) -> Message | None:
        """What must not be done, while the town is not sure enough."""
        return None if self.facts.sure else WRONG_PLACE[self.facts.delivery]

    @property
    def shown(self) -> Message | None:
        """Which identity document was shown."""
        return IDENTITY_DOCUMENTS.get(self.order.identity_document)

    @property
    def asks_address(self) -> bool:
        """Whether the register's address is to be entered."""
        posted = self.facts.delivery is Delivery.POST
        return posted and not self.facts.sure and self.page.working

    @property
    def fields(self) -> list[dict[str, Any]]:
        """The parts of the register's address, with what was typed or ordered."""
        known = self.order.postal_address
        return [
            {
                "id": f"address.{name}",
                "label": label,
                "optional": optional,
                "value": self.page.value_of(f"address.{name}", known.get(name, "")),
                "error": self.page.error_of(f"address.{name}"),
            }
            for name, label, optional in PARTS
        ]

    @property
    def country(self) -> str:
        known = self.order.postal_address.get("country", "")
        return self.page.value_of("address.country", known)

    @property
    def countries(self) -> list[tuple[str, str]]:
        """All countries by name in the page's language."""
        names = Locale.parse(api.portal.get_current_language()).territories
        return sorted(
            ((code, names.get(code, code)) for code in countries()),
            key=lambda row: row[1],
        )


def asked_labels() -> dict[str, Message]:
    """Return the labels of the address by the field of a fault."""
    labels = {f"address.{name}": label for name, label, _optional in PARTS}
    return labels | {f"address.{COUNTRY[0]}": COUNTRY[1]}
