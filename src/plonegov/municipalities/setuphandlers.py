from plone.base.interfaces import INonInstallable
from plonegov.core.municipality.profile import FILE_NAME
from plonegov.municipalities import logger
from plonegov.municipalities import PACKAGE_NAME
from plonegov.municipalities.applying import apply_municipality
from plonegov.municipalities.applying import digest
from plonegov.municipalities.applying import remember
from plonegov.municipalities.checking import get_profile
from plonegov.municipalities.folders import find_profiles
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
    profile = get_profile(_municipality_id(data))
    kept = apply_municipality(context.getSite(), profile)
    remember(context.getSite(), "digest", digest(profile))
    for key in kept:
        logger.info("%s: kept %s as it is on the site", profile.id, key)


def _municipality_id(data: bytes) -> str:
    return str(tomllib.loads(data.decode()).get("id", ""))
