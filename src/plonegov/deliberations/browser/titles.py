"""What bodies, services and categories are called, for pages and lists alike."""

from collections.abc import Mapping
from functools import cached_property
from plone import api
from plonegov.core.api import municipality
from plonegov.deliberations.api import bodies
from plonegov.deliberations.domain.categories import categories


class Titles:
    """Part of a page or list that says names in the page's language."""

    @cached_property
    def spoken(self) -> str:
        """The language of the page."""
        return api.portal.get_current_language()

    @cached_property
    def body_titles(self) -> dict[str, str]:
        """Titles of the town's bodies, by id."""
        return {
            body.getId(): self.in_language(body.titles) for body in bodies.all_bodies()
        }

    @cached_property
    def service_titles(self) -> dict[str, str]:
        """Titles of the town's services, by id."""
        return {
            service.id: self.in_language(service.title)
            for service in municipality().services
        }

    @cached_property
    def category_titles(self) -> dict[str, str]:
        """Titles of the categories, by id."""
        return {
            name: self.in_language(category.titles)
            for name, category in categories().items()
        }

    def in_language(self, texts: Mapping[str, str]) -> str:
        """Return a text in the page's language, else in the town's legal one."""
        return texts.get(self.spoken) or texts.get(municipality().legal_language, "")
