from plone.base.interfaces import INonInstallable
from plonegov.core.municipality.profile import FILE_NAME
from plonegov.municipalities import logger
from plonegov.municipalities import PACKAGE_NAME
from plonegov.municipalities.loader.applying import apply_municipality
from plonegov.municipalities.loader.checking import get_profile
from plonegov.municipalities.loader.exporting import site_files
from plonegov.municipalities.loader.folders import find_profiles
from plonegov.municipalities.loader.memory import remember
from plonegov.municipalities.loader.memory import setup_digest
from zope.interface import implementer

import tomllib


@implementer(INonInstallable)
class HiddenProfiles:
    """The Add-ons screen shows one profile per product, so it shows none of ours."""

    def getNonInstallableProducts(self) -> list[str]:
        return [PACKAGE_NAME]

    def getNonInstallableProfiles(self) -> list[str]:
        return [profile.name for profile in find_profiles().values()]


def import_municipality(context) -> None:
    """Import step: check and apply the profile's ``municipality.toml``.

    :raises ProfileError: the file is not in order; nothing of the profile stays,
        since the transaction fails.
    """
    data = context.readDataFile(FILE_NAME)
    if data is None:
        return
    profile, site = get_profile(_municipality_id(data)), context.getSite()
    for key in apply_municipality(site, profile).kept:
        logger.info("%s: kept %s as it is on the site", profile.id, key)
    remember(site, "setup", setup_digest(profile))


def export_municipality(context) -> None:
    """Export step: the site's facts and emblem as they are now, in canonical form."""
    for name, data in site_files(context.getSite()).items():
        kind = "image/svg+xml" if name.endswith(".svg") else "text/plain"
        context.writeDataFile(name, data, kind)


def _municipality_id(data: bytes) -> str:
    return str(tomllib.loads(data.decode()).get("id", ""))
