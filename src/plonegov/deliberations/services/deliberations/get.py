from plone.restapi.services import Service
from plonegov.core.api import municipality
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.deliberations.adapters.serializers import row_view
from plonegov.deliberations.api import public
from plonegov.deliberations.api.publishing import decisions
from plonegov.deliberations.domain.categories import categories
from plonegov.deliberations.domain.publicsearch import FACETS
from plonegov.deliberations.domain.publicsearch import read_search
from typing import Any


class DeliberationsGet(Service):
    """``@deliberations``: what of the town's bodies is public, found by words and facets."""

    def reply(self) -> dict[str, Any]:
        """Answer a page of rows.

        :raises InvalidInput: with all parameters that are wrong.
        """
        faults: list[Fault] = []
        bodies, subjects = public.known()
        wanted = read_search(self.request.form, bodies, subjects, faults)
        if faults:
            raise InvalidInput(faults)
        found, base = public.search(wanted), decisions().absolute_url()
        return {
            "@id": f"{self.context.absolute_url()}/@deliberations",
            "items": [row_view(row, base) for row in found.rows],
            "items_total": found.total,
            "facets": {
                name: [
                    {
                        "value": value,
                        "title": self._title(name, value),
                        "count": count,
                    }
                    for value, count in sorted(found.facets[name].items())
                    if value
                ]
                for name in FACETS
            },
        }

    @staticmethod
    def _title(facet: str, value: Any) -> str:
        """Return the title of a facet's value in the town's legal language."""
        legal = municipality().legal_language
        if facet == "subject" and value in categories():
            return categories()[value].titles.get(legal, value)
        for choice in municipality().bodies:
            if facet == "body" and choice.id == value:
                return choice.title.get(legal, value)
        return str(value)
