"""``offices``: every office of the town, how to reach it and when it is open."""

from plonegov.core import _
from plonegov.core.api import municipality
from plonegov.core.municipality.model import Address
from plonegov.core.municipality.model import Contact
from plonegov.core.theme import hours
from Products.Five import BrowserView


class OfficesBase(BrowserView):
    """Offices as a page shows them; only what the profile knows."""

    def language(self) -> str:
        town = municipality()
        return self.request.get("LANGUAGE") or town.interface_languages[0]

    def offices(self) -> list[dict]:
        """Return the town's services in the order of the profile."""
        town = municipality()
        language = self.language()
        return [
            self.office(
                service.id,
                service.title.get(language) or service.title[town.legal_language],
                service.contact,
                service.address,
            )
            for service in town.services
        ]

    def town(self) -> dict:
        """Return the town hall as an office."""
        facts = municipality()
        return self.office(
            "town-hall",
            _("town_hall", default="Town hall"),
            facts.contact,
            facts.address,
        )

    def office(self, office_id: str, title, contact: Contact, address: Address) -> dict:
        """Return one office: id, title, contact, address, open (state), week."""
        moment = hours.local_now()
        return {
            "id": office_id,
            "title": title,
            "contact": contact,
            "address": address,
            "open": hours.open_state(contact, moment, municipality().country),
            "week": hours.week(contact, moment, self.language()),
        }


class Offices(OfficesBase):
    page_title = _("page_offices", default="All offices")
