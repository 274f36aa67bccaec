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
PACKAGE_FOLDER = Path(__file__).parents[1]
#: The folder, beside the profiles of the suite, that ``new`` starts from.
TEMPLATE = "_template"


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
    begin with an underscore. One that can't be looked into is a profile, too, so that
    ``check`` can say so.
    """
    found: dict[str, Profile] = {}
    for profile in all_profiles(first):
        if profile.id in found:
            logger.info(
                "profile %s is shadowed by %s", profile.path, found[profile.id].path
            )
        found.setdefault(profile.id, profile)
    return dict(sorted(found.items()))


def shadowed_profiles() -> dict[str, list[Path]]:
    """Return the folders that don't count, because another one has the same id."""
    shadowed: dict[str, list[Path]] = {}
    for profile in all_profiles():
        shadowed.setdefault(profile.id, []).append(profile.path)
    return {profile_id: paths[1:] for profile_id, paths in shadowed.items()}


def all_profiles(first: Path | None = None) -> list[Profile]:
    """Return every profile folder, in the order of the search."""
    found = []
    for folder in search_path(first):
        try:
            paths = sorted(folder.iterdir()) if folder.is_dir() else []
        except OSError as error:
            logger.error("profiles of %s can't be read: %s", folder, error)
            continue
        found += [Profile(path.name, path) for path in paths if _is_profile(path)]
    return found


def template_folder() -> Path:
    """Return the folder from which ``new`` makes a profile.

    :raises FileNotFoundError: the suite was installed without it.
    """
    for folder in reversed(search_path()):
        if (folder / TEMPLATE).is_dir():
            return folder / TEMPLATE
    raise FileNotFoundError(TEMPLATE)


def _is_profile(path: Path) -> bool:
    if path.name.startswith(("_", ".")):
        return False
    try:
        # A broken link or a folder of this name is a profile that can't be read.
        return any(child.name == FILE_NAME for child in path.iterdir())
    except NotADirectoryError:
        return False
    except OSError:
        return True
