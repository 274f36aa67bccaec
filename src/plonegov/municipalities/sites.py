"""The sites of this Zope by municipality: find, make, apply."""

from dataclasses import dataclass
from plonegov.core.errors import NoMunicipality
from plonegov.core.municipality.facts import settings
from plonegov.municipalities.applying import apply_municipality
from plonegov.municipalities.applying import digest
from plonegov.municipalities.applying import memory
from plonegov.municipalities.applying import plan_for
from plonegov.municipalities.checking import check_profile
from plonegov.municipalities.checking import get_profile
from plonegov.municipalities.distribution import run_profile
from plonegov.municipalities.errors import MunicipalityNotApplied
from plonegov.municipalities.errors import SiteTaken
from plonegov.municipalities.folders import Profile
from plonegov.municipalities.runtime import writing
from Products.CMFPlone.factory import addPloneSite
from zope.component.hooks import setSite


@dataclass(frozen=True)
class Outcome:
    """What an apply did: ``changed`` and ``kept`` are dotted keys of the facts."""

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


def apply_profile(app, municipality_id: str, site_id: str = "") -> Outcome:
    """Create or update the site of a municipality, in a transaction of its own.

    :param site_id: the id of a new site; the municipality's id unless told.
    :raises MunicipalityUnknown: no folder holds its profile.
    :raises ProfileError: the profile is not in order.
    :raises SiteTaken: something else has the site id.
    """
    profile = get_profile(municipality_id)
    check_profile(profile)
    existing = municipality_sites(app).get(municipality_id)
    target = existing or site_id or municipality_id
    with writing(target):
        if municipality_sites(app).get(municipality_id) is None:
            return _create(app, profile, target)
        return _update(app[target], profile)


def _create(app, profile: Profile, site_id: str) -> Outcome:
    if site_id in app.objectIds():
        raise SiteTaken(site=site_id)
    addPloneSite(app, site_id, title=profile.id, distribution_name=profile.id)
    return Outcome(profile.id, site_id, True, (), ())


def _update(site, profile: Profile) -> Outcome:
    setSite(site)
    plan = plan_for(profile)
    if memory(site).get("digest") == digest(profile):
        apply_municipality(site, profile)
    else:
        run_profile(site, profile)
    return Outcome(profile.id, site.getId(), False, plan.changed, plan.kept)
