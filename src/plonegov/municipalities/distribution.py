"""A municipality as a site distribution: Plone's form makes its site."""

from plone.dexterity.schema import SCHEMA_CACHE
from plone.distribution import DEFAULT_PROFILE
from plone.distribution.core import Distribution
from plonegov.core.municipality.profile import read
from plonegov.municipalities import logger
from plonegov.municipalities import PACKAGE_NAME
from plonegov.municipalities.folders import Profile
from Products.GenericSetup.tool import DEPENDENCY_STRATEGY_NEW
from tomllib import TOMLDecodeError
from typing import Any


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
                "ui:order": ["site_id", "title", "setup_content"],
                "title": {"ui:widget": "hidden"},
                "setup_content": {"ui:widget": "hidden"},
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
    """Apply the municipality's profile to a bare site and return the site."""
    run_profile(site, distribution.profile)
    return site


def run_profile(site, profile: Profile) -> None:
    """Run a profile's import steps; add-ons it names only where not installed."""
    site.portal_setup.runAllImportStepsFromProfile(
        f"profile-{profile.name}", dependency_strategy=DEPENDENCY_STRATEGY_NEW
    )


def _facts(profile: Profile) -> dict[str, Any]:
    try:
        return read(profile.path)
    except (TOMLDecodeError, UnicodeDecodeError) as error:
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
        "properties": {
            "site_id": {
                "type": "string",
                "title": "Path Identifier",
                "default": site_id,
                "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$",
            },
            "title": {"type": "string", "title": "Title", "default": title},
            "setup_content": {"type": "boolean", "default": False},
        },
    }
