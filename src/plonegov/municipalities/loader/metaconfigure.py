"""``plonegov:municipalities`` registers every profile folder that is found."""

from pathlib import Path
from plone.distribution.registry import _distribution_registry as distributions
from plonegov.municipalities import logger
from plonegov.municipalities.loader.distribution import MunicipalityDistribution
from plonegov.municipalities.loader.folders import find_profiles
from plonegov.municipalities.loader.metadata import unreadable
from Products.GenericSetup.interfaces import EXTENSION
from Products.GenericSetup.zcml import registerProfile
from zope.configuration.fields import Path as PathField
from zope.interface import Interface


class IMunicipalitiesDirective(Interface):
    """Register municipality profiles as GenericSetup profiles and distributions."""

    folder = PathField(
        title="Folder searched first",
        description="Beside the usual ones, see plonegov.municipalities.loader.folders.",
        required=False,
    )


def register_municipalities(_context, folder: str | None = None) -> None:
    """Handle ``plonegov:municipalities``; a broken profile does not stop Zope."""
    first = Path(folder) if folder else None
    for profile in find_profiles(first).values():
        if (reason := unreadable(profile)) is not None:
            logger.error("profile %s is left out: %s", profile.path, reason)
            continue
        distribution = MunicipalityDistribution(profile)
        registerProfile(
            _context,
            name=profile.id,
            title=distribution.title,
            description=distribution.description,
            directory=str(profile.path),
            provides=EXTENSION,
        )
        _context.action(
            discriminator=("plonegov:municipality", profile.id),
            callable=distributions.register,
            args=(distribution,),
        )
