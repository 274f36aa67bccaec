"""A municipality as a site distribution: Plone's form makes its site."""

from Acquisition import aq_inner
from Acquisition import aq_parent
from plone.dexterity.schema import SCHEMA_CACHE
from plone.distribution import DEFAULT_PROFILE
from plone.distribution.core import Distribution
from plone.distribution.registry import _distribution_registry as distributions
from plonegov.core.municipality.profile import read
from plonegov.core.ops.writelock import make_known
from plonegov.municipalities import logger
from plonegov.municipalities import PACKAGE_NAME
from plonegov.municipalities.errors import MunicipalityTaken
from plonegov.municipalities.loader.folders import Profile
from Products.GenericSetup.interfaces import EXTENSION
from Products.GenericSetup.registry import _profile_registry as profiles
from Products.GenericSetup.tool import DEPENDENCY_STRATEGY_NEW
from tomllib import TOMLDecodeError
from typing import Any


#: What Plone's form sends beside the site id, and a municipality's file decides. The
#: form breaks when it does not find them in the schema.
HIDDEN = ("title", "default_language", "setup_content")


class MunicipalityDistribution(Distribution):
    """The distribution named as the municipality; its form asks for the site id."""

    def __init__(self, profile: Profile) -> None:
        self.facts = _facts(profile)
        title = _title(self.facts) or profile.id
        super().__init__(
            name=profile.id,
            title=title,
            description=f"PloneGov site of {title}",
            directory=profile.path,
            package=PACKAGE_NAME,
            pre_handler=complete_answers,
            handler=install,
            profile_id=DEFAULT_PROFILE,
            headless=False,
        )
        self.profile = profile
        self._schema = {
            "schema": _schema(profile.id, title),
            "uischema": {
                "ui:order": ["site_id", *HIDDEN],
                **{name: {"ui:widget": "hidden"} for name in HIDDEN},
            },
        }

    @property
    def schema(self) -> dict[str, Any]:
        """The form's JSON schema."""
        return self._schema["schema"]


def complete_answers(answers: dict[str, Any]) -> dict[str, Any]:
    """Return the form's answers, without what a municipality's file decides."""
    # Plone 6.2 keeps the types' schemas of the site made before in this process.
    SCHEMA_CACHE.clear()
    return {key: answers[key] for key in ("site_id", "title")}


def install(distribution: MunicipalityDistribution, site, answers: dict[str, Any]):
    """Apply the municipality's profile to a bare site and return the site.

    :raises MunicipalityTaken: it has another site already.
    """
    check_only_site(site, distribution.profile.id)
    make_known(site.getId())
    run_profile(site, distribution.profile)
    return site


def check_only_site(site, municipality_id: str) -> None:
    """Check that a municipality gets no second site in this Zope.

    :raises MunicipalityTaken: it has one; keys and queues go by the municipality.
    """
    for other in aq_parent(aq_inner(site)).objectValues("Plone Site"):
        registry = other.get("portal_registry")
        held = registry.get("plonegov.core.municipality_id") if registry else ""
        if held == municipality_id and other.getId() != site.getId():
            raise MunicipalityTaken(id=municipality_id, site=other.getId())


def run_profile(site, profile: Profile) -> None:
    """Run a profile's import steps; add-ons it names only where not installed."""
    ensure_registered(profile)
    site.portal_setup.runAllImportStepsFromProfile(
        f"profile-{profile.name}", dependency_strategy=DEPENDENCY_STRATEGY_NEW
    )


def ensure_registered(profile: Profile) -> None:
    """Make a profile known as it is now; this process may be older than its files.

    Both registries are those of the process, as ZCML fills them at its start.
    """
    if profile.name in profiles.listProfiles():
        profiles.unregisterProfile(profile.id, PACKAGE_NAME)
    made = MunicipalityDistribution(profile)
    profiles.registerProfile(
        profile.id,
        made.title,
        made.description,
        str(profile.path),
        product=PACKAGE_NAME,
        profile_type=EXTENSION,
    )
    distributions.register(made)


def _facts(profile: Profile) -> dict[str, Any]:
    try:
        return read(profile.path)
    except (OSError, TOMLDecodeError, UnicodeDecodeError) as error:
        logger.error("profile %s can't be read: %s", profile.path, error)
        return {}


def _title(facts: dict[str, Any]) -> str:
    names = facts.get("name")
    if not isinstance(names, dict):
        return ""
    return str(names.get(facts.get("legal_language"), ""))


def _schema(site_id: str, title: str) -> dict[str, Any]:
    return {
        "title": title,
        "type": "object",
        "required": ["site_id", "title"],
        # The form adds the browser's time zone here.
        "definitions": {"timezones": {"type": "string"}},
        "properties": {
            "site_id": {
                "type": "string",
                "title": "Path Identifier",
                "description": f"It stands in the site's address, for example {site_id}.",
                "default": site_id,
                # The form proposes "Plone" whatever stands here.
                "pattern": "^(?!Plone)[A-Za-z0-9][A-Za-z0-9._-]*$",
            },
            "title": {"type": "string", "title": "Title", "default": title},
            "default_language": {"type": "string"},
            "setup_content": {"type": "boolean", "default": False},
        },
    }
