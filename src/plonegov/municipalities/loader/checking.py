"""A profile checked by core and by every add-on that knows some of its facts."""

from plonegov.core.municipality.interfaces import IMunicipalityChecker
from plonegov.core.municipality.interfaces import IMunicipalityReader
from plonegov.core.municipality.model import Municipality
from plonegov.core.municipality.profile import build
from plonegov.core.municipality.profile import errors
from plonegov.core.municipality.profile import FILE_NAME
from plonegov.core.municipality.profile import located
from plonegov.core.municipality.profile import ProfileError
from plonegov.core.municipality.profile import read
from plonegov.core.theme.svg import checked
from plonegov.core.theme.svg import EmblemRefused
from plonegov.municipalities.errors import MunicipalityUnknown
from plonegov.municipalities.loader.folders import find_profiles
from plonegov.municipalities.loader.folders import Profile
from plonegov.municipalities.loader.metadata import metadata_errors
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
    found = _unreadable(profile) or errors(profile.path) or metadata_errors(profile)
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


def check_site(portal, profile: Profile, municipality: Municipality) -> None:
    """Check that nothing in a site stands in the way of its new facts.

    :raises ProfileError: something does; it says what to do.
    """
    problems = []
    for _name, reader in sorted(getUtilitiesFor(IMunicipalityReader)):
        problems.extend(reader.obstacles(portal, municipality))
    for error in located(profile.path, problems):
        raise error


def _unreadable(profile: Profile) -> list[ProfileError]:
    file = profile.path / FILE_NAME
    try:
        file.read_bytes()
        list(profile.path.iterdir())
    except OSError as error:
        allowed = "a folder and files that the user who runs this command may read"
        return [ProfileError(str(file), 1, "", str(error), allowed)]
    return []


def _emblem_problems(profile: Profile, municipality: Municipality):
    name = municipality.theme.emblem
    if not name:
        return
    try:
        checked((profile.path / name).read_bytes())
    except OSError as error:
        yield "theme.emblem", str(error), "a drawing that can be read"
    except EmblemRefused as error:
        found = f"{name!r} with {error.context['found']}"
        yield "theme.emblem", found, "a plain SVG drawing of at most 100 kB"
