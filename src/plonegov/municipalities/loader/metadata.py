"""``metadata.xml``: the add-ons that a municipality's site has."""

from lxml import etree
from plonegov.core.municipality.profile import ProfileError
from plonegov.municipalities.loader.folders import Profile
from Products.GenericSetup.registry import _profile_registry as profiles


FILE_NAME = "metadata.xml"
PREFIX = "profile-"
#: Add-ons of the suite are profiles with this name.
SUITE, DEFAULT = "plonegov.", ":default"

_ALLOWED = "GenericSetup metadata with a version and the add-ons as dependencies"
_TEXT = """<?xml version="1.0" encoding="utf-8"?>
<metadata>
  <version>1000</version>
  <dependencies>
{dependencies}
  </dependencies>
</metadata>
"""
_LINE = "    <dependency>profile-{name}</dependency>"


def addons() -> list[str]:
    """Return the add-ons of the suite that can be named, core first."""
    found = [item["id"] for item in profiles.listProfileInfo()]
    names = [
        name for name in found if name.startswith(SUITE) and name.endswith(DEFAULT)
    ]
    return sorted(names, key=lambda name: (not name.startswith("plonegov.core:"), name))


def dependencies(profile: Profile) -> list[str]:
    """Return the GenericSetup profiles that a municipality's profile needs."""
    root = etree.parse(profile.path / FILE_NAME).getroot()
    return [_name(node) for node in root.findall("dependencies/dependency")]


def unreadable(profile: Profile) -> str | None:
    """Return why a profile can't be registered, if so: Zope would not start with it."""
    try:
        list(profile.path.iterdir())
        etree.parse(profile.path / FILE_NAME)
    except (OSError, etree.XMLSyntaxError) as error:
        return str(error)
    return None


def write_metadata(names: list[str]) -> str:
    """Return the text of a ``metadata.xml`` that needs these profiles."""
    lines = [_LINE.format(name=name) for name in names]
    return _TEXT.format(dependencies="\n".join(lines))


def metadata_errors(profile: Profile) -> list[ProfileError]:
    """Return what is wrong with a profile's ``metadata.xml``. All ZCML is loaded."""
    file = profile.path / FILE_NAME
    try:
        root = etree.parse(file).getroot()
    except OSError as error:
        return [ProfileError(str(file), 1, "", str(error), _ALLOWED)]
    except etree.XMLSyntaxError as error:
        return [ProfileError(str(file), error.lineno or 1, "", str(error), _ALLOWED)]
    if root.find("version") is None or root.find("dependencies/dependency") is None:
        return [ProfileError(str(file), root.sourceline, "", root.tag, _ALLOWED)]
    return [
        ProfileError(
            str(file),
            node.sourceline,
            "dependency",
            repr(node.text),
            f"{PREFIX}NAME, where NAME is one of {', '.join(addons())}, or a profile "
            "of Plone that is installed on this machine",
        )
        for node in root.findall("dependencies/dependency")
        if not (node.text or "").startswith(PREFIX)
        or _name(node) not in profiles.listProfiles()
    ]


def _name(node: etree._Element) -> str:
    return (node.text or "").strip().removeprefix(PREFIX)
