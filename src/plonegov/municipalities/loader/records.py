"""Plone's own settings as they follow from a municipality's facts."""

from collections.abc import Collection
from plone.registry.interfaces import IRegistry
from plonegov.core.municipality.differences import Difference
from plonegov.core.municipality.differences import three_way
from plonegov.core.municipality.model import Municipality
from typing import Any
from zope.component import getUtility


TITLE = "plone.site_title"
TIMEZONE = "plone.portal_timezone"
#: Set once, when the site is made. Until the town names its server, mail stays in
#: the queue on this machine.
INITIAL = {"plone.smtp_host": ""}


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
        TITLE: site_title(municipality),
        "plone.default_language": municipality.content_languages[0],
        "plone.available_languages": list(municipality.content_languages),
        TIMEZONE: municipality.timezone,
        "plone.available_timezones": [municipality.timezone],
        "plone.first_weekday": 0,
        "plone.email_from_name": site_title(municipality),
    }
    if municipality.contact.email:
        records["plone.email_from_address"] = municipality.contact.email
    return records


def records_of(municipality: Municipality, keys: Collection[str]) -> list[str]:
    """Return the records that show some facts, given by dotted key."""
    shown = {
        f"name.{municipality.content_languages[0]}": TITLE,
        "timezone": TIMEZONE,
    }
    return [record for key, record in shown.items() if key in keys]


def current_records(
    portal, before: Municipality | None, facts: dict[str, Any]
) -> dict[str, Any]:
    """Return facts with the title and the time zone that people gave the site."""
    if before is None:
        return facts
    registry, title = getUtility(IRegistry), site_title(before)
    language = before.content_languages[0]
    changed = [
        text for text in (registry[TITLE], portal.title) if text and text != title
    ]
    if changed:
        facts = facts | {"name": facts["name"] | {language: changed[0]}}
    if registry[TIMEZONE] != before.timezone:
        facts = facts | {"timezone": registry[TIMEZONE]}
    return facts


def record_differences(
    before: Municipality | None,
    municipality: Municipality,
    forced: Collection[str] = (),
) -> list[Difference]:
    """Return what differs beside the title and the time zone, which are facts."""
    registry, wanted = getUtility(IRegistry), wanted_records(municipality)
    wanted = {name: wanted[name] for name in wanted if name not in (TITLE, TIMEZONE)}
    held = {name: registry[name] for name in wanted}
    last = held | wanted_records(before)
    return three_way(wanted, held, last, forced=frozenset(forced))


def apply_records(
    before: Municipality | None,
    municipality: Municipality,
    forced: Collection[str] = (),
) -> None:
    """Set what still is as last applied, and what is forced."""
    registry = getUtility(IRegistry)
    last = wanted_records(before)
    initial = INITIAL if before is None else {}
    for name, value in (initial | wanted_records(municipality)).items():
        held = registry[name]
        untouched = name not in last or held == last[name]
        if held != value and (untouched or name in forced):
            registry[name] = value
