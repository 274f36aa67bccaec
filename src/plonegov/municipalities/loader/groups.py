"""One group for each service of the town: ``service-population``."""

from collections.abc import Collection
from plone import api
from plonegov.core.municipality.model import Municipality
from plonegov.core.municipality.model import Service
from typing import Any


def apply_groups(
    before: Municipality | None,
    municipality: Municipality,
    forced: Collection[str] = (),
) -> None:
    """Make the missing groups; a title changes only where people left it alone."""
    last = {item.id: item for item in before.services} if before else {}
    language = municipality.content_languages[0]
    for service in municipality.services:
        group = api.group.get(service.group)
        title = service.title[language]
        if group is None:
            api.group.create(groupname=service.group, title=title)
        elif group.getProperty("title") != title and (
            title_key(service.id, language) in forced
            or _untouched(group, last.get(service.id), language)
        ):
            api.portal.get_tool("portal_groups").editGroup(service.group, title=title)


def current_groups(
    before: Municipality | None, facts: dict[str, Any]
) -> dict[str, Any]:
    """Return facts with the titles of services that people changed."""
    if before is None:
        return facts
    language = before.content_languages[0]
    last = {service.id: service for service in before.services}
    services = []
    for item in facts.get("services", ()):
        group = api.group.get(f"service-{item['id']}")
        known = group is not None and item["id"] in last
        if known and not _untouched(group, last[item["id"]], language):
            held = group.getProperty("title")
            item = item | {"title": item["title"] | {language: held}}
        services.append(item)
    return facts | {"services": services} if services else facts


def missing_groups(municipality: Municipality) -> list[str]:
    """Return the groups that an apply makes."""
    groups = [service.group for service in municipality.services]
    return [group for group in groups if api.group.get(group) is None]


def title_key(service_id: str, language: str) -> str:
    """Return the dotted key of a service's title in a language."""
    return f"services.{service_id}.title.{language}"


def _untouched(group, last: Service | None, language: str) -> bool:
    return last is not None and group.getProperty("title") == last.title[language]
