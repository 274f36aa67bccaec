"""Plone's own settings as they follow from a municipality's facts."""

from plone.registry.interfaces import IRegistry
from plonegov.core.municipality.model import Municipality
from typing import Any
from zope.component import getUtility


def site_title(municipality: Municipality) -> str:
    """Return the town's name in the first language of its content."""
    return municipality.name[municipality.content_languages[0]]


def wanted_records(municipality: Municipality | None) -> dict[str, Any]:
    """Return registry records by name; none for a site not applied before.

    Plone's available languages are those of the content, since
    plone.app.multilingual makes a language folder for each of them.
    """
    if municipality is None:
        return {}
    records = {
        "plone.site_title": site_title(municipality),
        "plone.default_language": municipality.content_languages[0],
        "plone.available_languages": list(municipality.content_languages),
        "plone.portal_timezone": municipality.timezone,
        "plone.available_timezones": [municipality.timezone],
        "plone.first_weekday": 0,
        "plone.email_from_name": site_title(municipality),
        # Until the town names its server, mail stays in the queue on this machine.
        "plone.smtp_host": "",
    }
    if municipality.contact.email:
        records["plone.email_from_address"] = municipality.contact.email
    return records


def apply_records(before: Municipality | None, municipality: Municipality) -> list[str]:
    """Set what still is as last applied; return the names that people changed."""
    registry = getUtility(IRegistry)
    last, kept = wanted_records(before), []
    for name, value in wanted_records(municipality).items():
        held = registry[name]
        if held == value:
            continue
        if name in last and held != last[name]:
            kept.append(name)
        else:
            registry[name] = value
    return kept
