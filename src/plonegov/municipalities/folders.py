"""Where municipality profiles are found: folders of pure data, merged by id."""

from dataclasses import dataclass
from pathlib import Path
from plonegov.core.municipality.profile import FILE_NAME
from plonegov.core.ops.home import home
from plonegov.municipalities import logger
from plonegov.municipalities import PACKAGE_NAME

import os


#: More folders to search first, separated as in ``PATH``.
VARIABLE = "PLONEGOV_PROFILES"
PACKAGE_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Profile:
    """A municipality's profile: ``path`` is its folder, ``id`` the folder's name."""

    id: str
    path: Path

    @property
    def name(self) -> str:
        """The GenericSetup profile, ``plonegov.municipalities:seneffe``."""
        return f"{PACKAGE_NAME}:{self.id}"


def search_path(first: Path | None = None) -> list[Path]:
    """Return the folders to search, in order; who comes first wins.

    ``$PLONEGOV_PROFILES``, ``$PLONEGOV_HOME/profiles``, the installed package, and
    the folder beside ``setup.py`` in a checkout.

    :param first: a folder to search before all of them.
    """
    folders = [first] if first else []
    stated = os.environ.get(VARIABLE, "")
    folders += [Path(part).absolute() for part in stated.split(os.pathsep) if part]
    folders += [home() / "profiles", PACKAGE_FOLDER / "profiles"]
    checkout = PACKAGE_FOLDER.parents[2]
    if (checkout / "setup.py").is_file():
        folders.append(checkout / "profiles")
    return folders


def find_profiles(first: Path | None = None) -> dict[str, Profile]:
    """Return all profiles by id; a shadowed one is logged and left out.

    A folder is a profile when it holds ``municipality.toml`` and its name does not
    begin with an underscore.
    """
    found: dict[str, Profile] = {}
    for folder in search_path(first):
        for file in sorted(folder.glob(f"*/{FILE_NAME}")):
            profile = Profile(file.parent.name, file.parent)
            if profile.id.startswith("_"):
                continue
            if profile.id in found:
                logger.info(
                    "profile %s is shadowed by %s", file.parent, found[profile.id].path
                )
                continue
            found[profile.id] = profile
    return dict(sorted(found.items()))
