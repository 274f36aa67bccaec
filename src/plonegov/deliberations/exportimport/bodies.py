"""A town's bodies as its profile wants them, and as people changed them since."""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from plonegov.core.municipality import renewal
from plonegov.core.municipality.model import BodyChoice
from plonegov.deliberations.content.body import Body
from typing import Any


PORTAL_TYPE = "plonegov.Body"

#: What a profile says of a body beside its id, and the attribute that keeps it.
ATTRIBUTES: Mapping[str, str] = {
    "title": "titles",
    "kind": "kind",
    "rules": "rules",
    "preset": "preset",
    "publicity": "publicity",
    "categories": "categories",
    "finance_service": "finance_service",
    "levels": "levels",
}


def bodies_of(container) -> Iterator[Body]:
    """Yield the bodies of a container of deliberations."""
    for item in container.objectValues():
        if getattr(item, "portal_type", "") == PORTAL_TYPE:
            yield item


def wanted_of(choice: BodyChoice) -> dict[str, Any]:
    """Return what a body's attributes should be, as JSON types."""
    return {
        "titles": dict(choice.title),
        "kind": choice.kind,
        "rules": choice.rules,
        "preset": choice.preset,
        "publicity": choice.publicity,
        "levels": [
            {"titles": dict(level.title), "service": level.service}
            for level in choice.levels
        ],
        "categories": list(choice.categories),
        "finance_service": choice.finance_service,
    }


def now_of(body: Body, language: str) -> dict[str, Any]:
    """Return what a body's attributes are, as JSON types.

    :param language: the town's legal language, in which the body's own title stands.
    """
    now = {name: getattr(body, name) for name in ATTRIBUTES.values()}
    now["levels"] = [dict(level) for level in now["levels"]]
    now["categories"] = list(now["categories"])
    if body.title and body.titles and body.title != body.titles.get(language):
        now["titles"] = {**body.titles, language: body.title}
    return now


def renew(body: Body, choice: BodyChoice, language: str) -> bool:
    """Bring what a profile says where the body still has what was applied last; return
    whether anything was written."""
    titles, wanted = body.titles, wanted_of(choice)
    if not renewal.renew(body, wanted, now_of(body, language)):
        return False
    if body.titles is not titles:
        body.title = body.titles[language]
    return True


def release(body: Body, names: Iterable[str], language: str) -> None:
    """Count what people changed under keys of the profile as untouched."""
    now = now_of(body, language)
    attributes = [ATTRIBUTES[name] for name in names]
    changed = {
        name: now[name]
        for name in attributes
        if name in body.applied and now[name] != body.applied[name]
    }
    if changed:
        body.applied = body.applied | changed


def said(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body's attributes in the words of a profile."""
    found = {name: values[held] for name, held in ATTRIBUTES.items() if held in values}
    if "levels" in found:
        found["levels"] = [_level(level) for level in found["levels"]]
    return found


def choice_of(body: Body, language: str) -> dict[str, Any]:
    """Return the part of a profile that says what people changed in a body."""
    now = now_of(body, language)
    return said(
        {
            name: value
            for name, value in now.items()
            if name in body.applied and value != body.applied[name]
        }
    )


def _level(level: Mapping[str, Any]) -> dict[str, Any]:
    service = level.get("service", "")
    return {"title": level["titles"]} | ({"service": service} if service else {})
