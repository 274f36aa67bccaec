"""Whether the bodies that a profile names fit the rules and categories of the suite."""

from collections.abc import Iterator
from plonegov.core.municipality.model import BodyChoice
from plonegov.core.municipality.model import Municipality
from plonegov.deliberations.domain.categories import category_ids
from plonegov.deliberations.domain.rulereading import rule_sets
from plonegov.deliberations.domain.states import Preset


Problem = tuple[str, str, str]


def problems(town: Municipality) -> list[Problem]:
    """Return what is wrong with a profile's bodies: key, what was found, what is allowed.

    A body's rule set is one of its country's; with two levels of review the second one
    has a service, since who reviews it must be told from the first.
    """
    known = [rules.id for rules in rule_sets(town.country)]
    return [
        (f"bodies[{place}].{key}", found, allowed)
        for place, body in enumerate(town.bodies)
        for key, found, allowed in _wrong(body, known)
    ]


def _wrong(body: BodyChoice, known: list[str]) -> Iterator[Problem]:
    if body.rules not in known:
        allowed = f"one of {', '.join(known)}" if known else "no rules of this country"
        yield "rules", repr(body.rules), allowed
    unknown = [name for name in body.categories if name not in category_ids()]
    if unknown:
        yield "categories", repr(unknown[0]), f"some of {', '.join(category_ids())}"
    if body.preset == Preset.TWO_LEVELS:
        second = body.levels[1:2]
        if not (second and second[0].service):
            yield "levels", f"{len(body.levels)} levels", "a second one with a service"
