"""One group for each service of the town: ``service-population``."""

from plone import api
from plonegov.core.municipality.model import Municipality
from plonegov.core.municipality.model import Service


def apply_groups(before: Municipality | None, municipality: Municipality) -> None:
    """Make the missing groups; a title changes only where people left it alone."""
    last = {item.id: item for item in before.services} if before else {}
    language = municipality.content_languages[0]
    for service in municipality.services:
        group = api.group.get(service.group)
        title = service.title[language]
        if group is None:
            api.group.create(groupname=service.group, title=title)
        elif _untouched(group, last.get(service.id), title, language):
            api.portal.get_tool("portal_groups").editGroup(service.group, title=title)


def _untouched(group, last: Service | None, title: str, language: str) -> bool:
    held = group.getProperty("title")
    return held != title and last is not None and held == last.title[language]
