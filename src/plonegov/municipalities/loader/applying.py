"""Bring a site in line with its municipality's facts, by key, never reverting people.

Called by the import step, the command and the control panel; a second call changes no
object.
"""

from collections.abc import Collection
from plone.browserlayer.utils import registered_layers
from plonegov.core.identity.keys import ensure_key
from plonegov.core.identity.keys import TownKeys
from plonegov.core.municipality.facts import forget
from plonegov.core.municipality.facts import settings
from plonegov.core.municipality.interfaces import IMunicipalityApplier
from plonegov.core.municipality.model import Municipality
from plonegov.core.theme.emblem import emblem
from plonegov.core.theme.emblem import store_emblem
from plonegov.core.theme.emblem import version
from plonegov.municipalities.controlpanels.configlet import register_configlet
from plonegov.municipalities.loader.checking import check_profile
from plonegov.municipalities.loader.checking import check_site
from plonegov.municipalities.loader.differing import compare_site
from plonegov.municipalities.loader.differing import Comparison
from plonegov.municipalities.loader.differing import EMBLEM
from plonegov.municipalities.loader.differing import emblem_file
from plonegov.municipalities.loader.differing import readers
from plonegov.municipalities.loader.folders import Profile
from plonegov.municipalities.loader.groups import apply_groups
from plonegov.municipalities.loader.languages import apply_languages
from plonegov.municipalities.loader.memory import remember
from plonegov.municipalities.loader.records import apply_records
from plonegov.municipalities.loader.records import records_of
from plonegov.municipalities.loader.records import site_title
from plonegov.municipalities.loader.records import TITLE
from zope.component import getUtilitiesFor
from zope.globalrequest import getRequest
from zope.interface import alsoProvides

import json


def apply_municipality(
    portal, profile: Profile, forced: Collection[str] = ()
) -> Comparison:
    """Apply a checked profile's facts; return how the site differed from it before.

    :param forced: keys that are set although people changed them.
    :raises ProfileError: the profile is not in order, or can't be applied now.
    :raises ProfileKeyUnknown: a forced key is one that neither the profile nor the site has.
    :raises KeyMissing: the town had a key, which is not on this machine any more.
    :raises KeyFileExposed: others than the owner may read the keys.
    """
    check_profile(profile)
    alsoProvides(getRequest(), *registered_layers())
    stored = settings()
    _check_key(profile.id, is_new=not stored.municipality_id)
    compared = compare_site(portal, profile, forced)
    check_site(portal, profile, compared.after)
    _store(stored, "municipality_id", profile.id)
    _store(stored, "facts", _dump(compared.plan.facts))
    _store(stored, "applied", _dump(compared.plan.applied))
    forget()
    _apply_own(portal, profile, compared, forced)
    for reader in readers():
        reader.release(portal, forced)
    for applier in _appliers():
        applier.apply(portal, compared.after)
    return compared


def _apply_own(
    portal, profile: Profile, compared: Comparison, forced: Collection[str]
) -> None:
    """Apply what belongs to no add-on: Plone's settings, languages, groups, emblem."""
    before, after = compared.before, compared.after
    records = {*forced, *records_of(after, forced)}
    _apply_title(portal, before, after, TITLE in records)
    apply_records(before, after, records)
    apply_languages(portal, after)
    apply_groups(before, after, forced)
    _apply_emblem(portal, profile, compared)
    register_configlet(portal)


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


def _apply_title(
    portal, before: Municipality | None, municipality: Municipality, forced: bool
) -> None:
    title = site_title(municipality)
    untouched = before is None or portal.title == site_title(before)
    if portal.title != title and (untouched or forced):
        portal.title = title
        portal.reindexObject(idxs=["Title", "sortable_title"])


def _apply_emblem(portal, profile: Profile, compared: Comparison) -> None:
    wanted = emblem_file(profile, compared.after)
    if wanted and EMBLEM in compared.to_set:
        store_emblem(portal, wanted.encode())
    if wanted and wanted == emblem():
        remember(portal, EMBLEM, version(wanted))
