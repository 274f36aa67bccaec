"""A profile checked by core and by every add-on that knows some of its facts."""

from lxml import etree
from plonegov.core.municipality.interfaces import IMunicipalityChecker
from plonegov.core.municipality.model import Municipality
from plonegov.core.municipality.profile import build
from plonegov.core.municipality.profile import errors
from plonegov.core.municipality.profile import located
from plonegov.core.municipality.profile import ProfileError
from plonegov.core.municipality.profile import read
from plonegov.core.theme.emblem import checked
from plonegov.core.theme.emblem import EmblemRefused
from plonegov.municipalities.errors import MunicipalityUnknown
from plonegov.municipalities.folders import find_profiles
from plonegov.municipalities.folders import Profile
from zope.component import getUtilitiesFor


def get_profile(municipality_id: str) -> Profile:
    """Return a profile by id.

    :raises MunicipalityUnknown: no folder holds one with this id.
    """
    profiles = find_profiles()
    if municipality_id not in profiles:
        raise MunicipalityUnknown(id=municipality_id, known=", ".join(profiles))
    return profiles[municipality_id]


def profile_errors(profile: Profile) -> list[ProfileError]:
    """Return everything that is wrong with a profile, by line.

    Add-ons are asked only when the file is right by itself. Their ZCML is loaded.
    """
    found = errors(profile.path) or _metadata_errors(profile)
    if found:
        return found
    municipality = build(read(profile.path))
    problems = [*_emblem_problems(profile, municipality)]
    for _name, checker in sorted(getUtilitiesFor(IMunicipalityChecker)):
        problems.extend(checker.problems(municipality))
    return located(profile.path, problems)


def check_profile(profile: Profile) -> Municipality:
    """Return the municipality of a profile that is in order.

    :raises ProfileError: the first thing that is wrong.
    """
    for error in profile_errors(profile):
        raise error
    return build(read(profile.path))


def _metadata_errors(profile: Profile) -> list[ProfileError]:
    file = profile.path / "metadata.xml"
    allowed = "GenericSetup metadata with a version and the add-ons as dependencies"
    try:
        root = etree.parse(file).getroot()
    except OSError:
        return [ProfileError(str(file), 1, "", "no such file", allowed)]
    except etree.XMLSyntaxError as error:
        return [ProfileError(str(file), error.lineno or 1, "", str(error), allowed)]
    if root.find("version") is None or root.find("dependencies/dependency") is None:
        return [ProfileError(str(file), root.sourceline, "", root.tag, allowed)]
    return []


def _emblem_problems(profile: Profile, municipality: Municipality):
    name = municipality.theme.emblem
    if not name:
        return
    try:
        checked((profile.path / name).read_bytes())
    except EmblemRefused as error:
        found = f"{name!r} with {error.context['found']}"
        yield "theme.emblem", found, "a plain SVG drawing of at most 100 kB"
