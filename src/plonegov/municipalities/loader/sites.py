"""The sites of this Zope by municipality: find, make, apply."""

from collections.abc import Collection
from dataclasses import dataclass
from plonegov.core.errors import NoMunicipality
from plonegov.core.municipality.facts import settings
from plonegov.core.ops.townlocks import ROOT
from plonegov.core.ops.writelock import town_lock
from plonegov.municipalities.errors import MunicipalityNotApplied
from plonegov.municipalities.errors import SiteTaken
from plonegov.municipalities.loader.applying import apply_municipality
from plonegov.municipalities.loader.checking import check_profile
from plonegov.municipalities.loader.checking import get_profile
from plonegov.municipalities.loader.differing import compare_site
from plonegov.municipalities.loader.differing import Comparison
from plonegov.municipalities.loader.distribution import ensure_registered
from plonegov.municipalities.loader.distribution import run_profile
from plonegov.municipalities.loader.folders import Profile
from plonegov.municipalities.server.runtime import writing
from Products.CMFPlone.factory import addPloneSite
from zope.component.hooks import setSite


@dataclass(frozen=True)
class Outcome:
    """What an apply did: ``changed`` and ``kept`` are dotted keys."""

    municipality: str
    site: str
    created: bool
    changed: tuple[str, ...]
    kept: tuple[str, ...]


def municipality_sites(app) -> dict[str, str]:
    """Return the site id of each municipality that is applied in this Zope."""
    found = {}
    for site in app.objectValues("Plone Site"):
        setSite(site)
        try:
            municipality_id = settings().municipality_id
        except NoMunicipality:
            continue
        if municipality_id:
            found[municipality_id] = site.getId()
    setSite(None)
    return found


def get_site(app, municipality_id: str):
    """Return the site of a municipality, as the current site.

    :raises MunicipalityNotApplied: there is none.
    """
    site_id = municipality_sites(app).get(municipality_id)
    if site_id is None:
        raise MunicipalityNotApplied(id=municipality_id)
    setSite(app[site_id])
    return app[site_id]


def apply_profile(
    app, municipality_id: str, site_id: str = "", forced: Collection[str] = ()
) -> Outcome:
    """Create or update the site of a municipality, in a transaction of its own.

    :param site_id: the id of a new site; the municipality's id unless told.
    :param forced: keys that are set although people changed them.
    :raises MunicipalityUnknown: no folder holds its profile.
    :raises ProfileError: the profile is not in order.
    :raises SiteTaken: something else has the site id.
    :raises ProfileKeyUnknown: a forced key is one that neither the profile nor the site has.
    """
    profile = get_profile(municipality_id)
    check_profile(profile)
    existing = municipality_sites(app).get(municipality_id)
    if existing is None:
        # Who makes sites holds the root's lock, so that no town gets two of them.
        with town_lock(ROOT):
            return _apply(app, profile, site_id or municipality_id, forced)
    return _apply(app, profile, existing, forced)


def compare_profile(app, municipality_id: str) -> Comparison:
    """Compare a municipality's site with its profile.

    :raises MunicipalityUnknown: no folder holds its profile.
    :raises MunicipalityNotApplied: it has no site.
    :raises ProfileError: the profile is not in order.
    """
    profile = get_profile(municipality_id)
    check_profile(profile)
    return compare_site(get_site(app, municipality_id), profile)


def update_site(site, profile: Profile, forced: Collection[str] = ()) -> Comparison:
    """Bring the current site in line with its profile; return how it differed.

    portal_setup runs only for add-ons and files that it has to bring.

    :raises ProfileError: the profile is not in order, or can't be applied now.
    """
    compared = compare_site(site, profile, forced)
    if compared.needs_setup:
        run_profile(site, profile)
    apply_municipality(site, profile, forced)
    return compared


def _apply(app, profile: Profile, target: str, forced: Collection[str]) -> Outcome:
    with writing(target):
        existing = municipality_sites(app).get(profile.id)
        if existing is None:
            return _create(app, profile, target)
        setSite(app[existing])
        compared = update_site(app[existing], profile, forced)
        return Outcome(profile.id, existing, False, compared.to_set, compared.kept)


def _create(app, profile: Profile, site_id: str) -> Outcome:
    if site_id in app.objectIds():
        raise SiteTaken(site=site_id)
    ensure_registered(profile)
    addPloneSite(app, site_id, title=profile.id, distribution_name=profile.id)
    return Outcome(profile.id, site_id, True, (), ())
