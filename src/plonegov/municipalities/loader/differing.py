"""What differs between a town's site and its profile, as ``diff`` and ``apply`` see it.

Three things are compared: what the profile says, what the site has now, with what
people changed in it, and what was applied last.
"""

from collections.abc import Collection
from dataclasses import dataclass
from plonegov.core.municipality.differences import Difference
from plonegov.core.municipality.differences import NOTHING
from plonegov.core.municipality.differences import State
from plonegov.core.municipality.differences import state_of
from plonegov.core.municipality.facts import settings
from plonegov.core.municipality.interfaces import IMunicipalityReader
from plonegov.core.municipality.model import Municipality
from plonegov.core.municipality.profile import build
from plonegov.core.municipality.profile import read
from plonegov.core.theme.emblem import emblem
from plonegov.core.theme.emblem import version
from plonegov.core.theme.svg import checked
from plonegov.municipalities.errors import ProfileKeyUnknown
from plonegov.municipalities.loader.folders import Profile
from plonegov.municipalities.loader.groups import current_groups
from plonegov.municipalities.loader.groups import missing_groups
from plonegov.municipalities.loader.memory import memory
from plonegov.municipalities.loader.memory import setup_digest
from plonegov.municipalities.loader.metadata import dependencies
from plonegov.municipalities.loader.plan import compare
from plonegov.municipalities.loader.plan import flatten
from plonegov.municipalities.loader.plan import Plan
from plonegov.municipalities.loader.records import current_records
from plonegov.municipalities.loader.records import record_differences
from plonegov.municipalities.loader.records import wanted_records
from typing import Any
from zope.component import getUtilitiesFor

import json


EMBLEM = "emblem"
SETUP = "setup"


@dataclass(frozen=True)
class Comparison:
    """A site beside its profile: the plan of the facts and all that differs.

    ``before`` is what was applied last, ``after`` what the facts will be.
    """

    plan: Plan
    before: Municipality | None
    after: Municipality
    differences: tuple[Difference, ...]

    @property
    def to_set(self) -> tuple[str, ...]:
        """The keys that an apply sets."""
        return tuple(item.key for item in self.differences if item.is_set)

    @property
    def kept(self) -> tuple[str, ...]:
        """The keys that stay as people changed them."""
        return tuple(item.key for item in self.differences if not item.is_set)

    @property
    def needs_setup(self) -> bool:
        """Whether the profile's other files, or add-ons, have to be brought."""
        return any(key == SETUP or key.startswith(f"{SETUP}.") for key in self.to_set)


def readers() -> list[IMunicipalityReader]:
    """Return the add-ons that read their part of a site back."""
    return [reader for _name, reader in sorted(getUtilitiesFor(IMunicipalityReader))]


def applied_before() -> Municipality | None:
    """Return what was applied last; None for a site that is just being made."""
    stored = settings()
    return build(json.loads(stored.applied)) if stored.municipality_id else None


def current_facts(portal) -> dict[str, Any]:
    """Return the facts of the site with what people changed anywhere in it."""
    facts, before = json.loads(settings().facts or "{}"), applied_before()
    facts = current_records(portal, before, facts)
    facts = current_groups(before, facts)
    for reader in readers():
        facts = reader.current(portal, facts)
    return facts


def compare_site(portal, profile: Profile, forced: Collection[str] = ()) -> Comparison:
    """Compare the current site with a profile that is in order; writes nothing.

    :param forced: keys that count as not changed by people.
    :raises ProfileKeyUnknown: a forced key is one that neither the profile nor the site has.
    """
    stored = settings()
    facts, applied = (
        json.loads(stored.facts or "{}"),
        json.loads(stored.applied or "{}"),
    )
    site, wanted = current_facts(portal), read(profile.path)
    plan = compare(site, applied, wanted, stored=facts, forced=forced)
    before, after = applied_before(), build(plan.facts)
    found = {item.key: item for item in plan.differences}
    others = record_differences(before, after, forced)
    for reader in readers():
        others += _with_force(reader.differences(portal, after), forced)
    others += [*_emblem(portal, profile, after, forced), *_groups(after)]
    others += _setup(portal, profile)
    for item in others:
        found.setdefault(item.key, item)
    _check_forced(forced, found, {**flatten(site), **flatten(wanted)}, after)
    return Comparison(plan, before, after, tuple(found.values()))


def emblem_file(profile: Profile, municipality: Municipality) -> str:
    """Return the drawing that a profile brings as the site would store it."""
    name = municipality.theme.emblem
    return checked((profile.path / name).read_bytes()) if name else ""


def _emblem(
    portal, profile: Profile, municipality: Municipality, forced: Collection[str]
) -> list[Difference]:
    wanted, held = emblem_file(profile, municipality), emblem()
    if not wanted:
        return []
    last = memory(portal).get(EMBLEM, "")
    values = [version(text) if text else NOTHING for text in (wanted, held)]
    state = state_of(*values, last or NOTHING, forced=EMBLEM in forced)
    return [Difference(EMBLEM, state, *values, last or NOTHING)] if state else []


def _groups(municipality: Municipality) -> list[Difference]:
    return [
        Difference(f"groups.{group}", State.NEW, group, NOTHING, NOTHING)
        for group in missing_groups(municipality)
    ]


def _setup(portal, profile: Profile) -> list[Difference]:
    """Return what only portal_setup can bring: add-ons, and the profile's other files."""
    found = [
        Difference(f"{SETUP}.{name}", State.NEW, name, NOTHING, NOTHING)
        for name in dependencies(profile)
        if portal.portal_setup.getLastVersionForProfile(name) == "unknown"
    ]
    wanted, held = setup_digest(profile), memory(portal).get("setup", "")
    if wanted != held:
        found.append(
            Difference(SETUP, State.CHANGED, wanted[:12], held[:12], held[:12])
        )
    return found


def _with_force(found: list[Difference], forced: Collection[str]) -> list[Difference]:
    return [
        item._replace(state=State.CHANGED) if item.key in forced else item
        for item in found
    ]


def _check_forced(
    forced: Collection[str],
    found: dict[str, Difference],
    facts: dict[str, Any],
    municipality: Municipality,
) -> None:
    known = {*found, *facts, *wanted_records(municipality), EMBLEM}
    for key in forced:
        if key not in known:
            kept = [item.key for item in found.values() if not item.is_set]
            raise ProfileKeyUnknown(key=key, known=", ".join(kept or sorted(known)))


def unwritten(portal) -> list[str]:
    """Return the keys of what people changed and no profile can say."""
    stored = settings()
    municipality = build(json.loads(stored.facts))
    found = record_differences(applied_before(), municipality)
    for reader in readers():
        found += reader.differences(portal, municipality)
    facts = flatten(current_facts(portal))
    kept = [item.key for item in found if not item.is_set]
    return [key for key in dict.fromkeys(kept) if key not in facts]
