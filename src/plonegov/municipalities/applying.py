"""Bring a site in line with its municipality's facts, by key, never reverting people.

Called by the import step and by the command; a second call changes no object.
"""

from hashlib import sha256
from persistent.mapping import PersistentMapping
from plone.browserlayer.utils import registered_layers
from plonegov.core.identity.keys import ensure_key
from plonegov.core.identity.keys import TownKeys
from plonegov.core.municipality.facts import settings
from plonegov.core.municipality.interfaces import IMunicipalityApplier
from plonegov.core.municipality.model import Municipality
from plonegov.core.municipality.profile import build
from plonegov.core.municipality.profile import read
from plonegov.core.theme.emblem import checked
from plonegov.core.theme.emblem import emblem
from plonegov.core.theme.emblem import store_emblem
from plonegov.municipalities.checking import check_profile
from plonegov.municipalities.folders import Profile
from plonegov.municipalities.groups import apply_groups
from plonegov.municipalities.languages import apply_languages
from plonegov.municipalities.plan import compare
from plonegov.municipalities.plan import Plan
from plonegov.municipalities.records import apply_records
from plonegov.municipalities.records import site_title
from zope.annotation.interfaces import IAnnotations
from zope.component import getUtilitiesFor
from zope.globalrequest import getRequest
from zope.interface import alsoProvides

import json


ANNOTATION = "plonegov.municipalities"


def plan_for(profile: Profile) -> Plan:
    """Return what an apply would do with the facts of the current site."""
    stored = settings()
    return compare(
        json.loads(stored.facts or "{}"),
        json.loads(stored.applied or "{}"),
        read(profile.path),
    )


def apply_municipality(portal, profile: Profile) -> list[str]:
    """Apply a checked profile's facts; return the keys that were kept as they are.

    :raises ProfileError: the profile is not in order.
    :raises KeyMissing: the town had a key, which is not on this machine any more.
    :raises KeyFileExposed: others than the owner may read the keys.
    """
    check_profile(profile)
    alsoProvides(getRequest(), *registered_layers())
    stored = settings()
    before = build(json.loads(stored.applied)) if stored.municipality_id else None
    _check_key(profile.id, is_new=before is None)
    plan = plan_for(profile)
    _store(stored, "municipality_id", profile.id)
    _store(stored, "facts", _dump(plan.facts))
    _store(stored, "applied", _dump(plan.applied))
    municipality = build(plan.facts)
    kept = [*plan.kept, *apply_records(before, municipality)]
    _apply_title(portal, before, municipality)
    apply_languages(portal, municipality)
    apply_groups(before, municipality)
    _apply_emblem(portal, profile, municipality)
    for applier in _appliers():
        applier.apply(portal, municipality)
    return kept


def memory(portal) -> PersistentMapping:
    """Return what is remembered of the last apply: ``digest``, ``emblem``."""
    annotations = IAnnotations(portal)
    if ANNOTATION not in annotations:
        annotations[ANNOTATION] = PersistentMapping()
    return annotations[ANNOTATION]


def remember(portal, key: str, value: str) -> None:
    """Remember a value of the last apply, if it is another one."""
    held = memory(portal)
    if held.get(key) != value:
        held[key] = value


def digest(profile: Profile) -> str:
    """Return a digest of all files of the profile."""
    summed = sha256()
    for file in sorted(profile.path.rglob("*")):
        if file.is_file():
            name = str(file.relative_to(profile.path)).encode()
            data = file.read_bytes()
            summed.update(b"%d %s %d " % (len(name), name, len(data)))
            summed.update(data)
    return summed.hexdigest()


def _appliers() -> list[IMunicipalityApplier]:
    found = sorted(getUtilitiesFor(IMunicipalityApplier), key=lambda item: item[0])
    return sorted((applier for _, applier in found), key=lambda item: item.order)


def _check_key(municipality_id: str, is_new: bool) -> str:
    """Return the id of the town's key. Only a new town gets one made: a lost one is
    restored, since in its place another would leave the records unreadable."""
    if is_new:
        return ensure_key(municipality_id)
    return TownKeys(municipality_id).current_id


def _store(stored, name: str, value: str) -> None:
    if getattr(stored, name) != value:
        setattr(stored, name, value)


def _dump(facts: dict) -> str:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)


def _apply_title(portal, before: Municipality | None, municipality: Municipality):
    title = site_title(municipality)
    untouched = before is None or portal.title == site_title(before)
    if portal.title != title and untouched:
        portal.title = title
        portal.reindexObject(idxs=["Title", "sortable_title"])


def _apply_emblem(portal, profile: Profile, municipality: Municipality) -> None:
    if not municipality.theme.emblem:
        return
    data = (profile.path / municipality.theme.emblem).read_bytes()
    wanted, held = checked(data), emblem()
    if held == wanted or (held and _digest_of(held) != memory(portal).get("emblem")):
        return
    store_emblem(portal, data)
    remember(portal, "emblem", _digest_of(wanted))


def _digest_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()
