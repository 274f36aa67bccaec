"""A town's site as a profile folder: what ``export`` and the control panel hand out."""

from lxml import etree
from pathlib import Path
from plonegov.core.errors import NoMunicipality
from plonegov.core.municipality.facts import settings
from plonegov.core.municipality.profile import FILE_NAME
from plonegov.core.municipality.profile import read
from plonegov.core.theme.emblem import emblem
from plonegov.core.theme.svg import checked
from plonegov.core.theme.svg import EmblemRefused
from plonegov.municipalities.errors import FolderNotEmpty
from plonegov.municipalities.loader import metadata
from plonegov.municipalities.loader.differing import current_facts
from plonegov.municipalities.loader.folders import find_profiles
from plonegov.municipalities.loader.folders import Profile
from plonegov.municipalities.loader.writer import write
from tomllib import TOMLDecodeError
from typing import Any

import io
import zipfile


#: Name of the drawing where the facts don't name one.
EMBLEM_FILE = "emblem.svg"


def export_files(portal) -> dict[str, bytes]:
    """Return the whole profile of the current site, by file name.

    What the site's profile says in the same way is returned as it stands there, so
    that an untouched site gives back the bytes that were applied.

    :raises NoMunicipality: no municipality profile was applied to the site.
    """
    return site_files(portal) | _other_files(portal)


def site_files(portal) -> dict[str, bytes]:
    """Return ``municipality.toml`` and the emblem as the site has them now.

    :raises NoMunicipality: no municipality profile was applied to the site.
    """
    if not settings().municipality_id:
        raise NoMunicipality()
    facts, profile = current_facts(portal), _profile()
    drawing = emblem()
    if drawing and not facts["theme"].get("emblem"):
        facts = facts | {"theme": facts["theme"] | {"emblem": EMBLEM_FILE}}
    files = {FILE_NAME: _facts_file(profile, facts)}
    if drawing:
        name = facts["theme"]["emblem"]
        files[name] = _emblem_file(profile, name, drawing)
    return files


def write_files(files: dict[str, bytes], folder: Path, force: bool = False) -> None:
    """Write an export into a folder, made if missing.

    :param force: overwrite files that say something else.
    :raises FolderNotEmpty: such files are there, and ``force`` is not given.
    """
    others = [
        name
        for name, data in files.items()
        if (folder / name).exists() and (folder / name).read_bytes() != data
    ]
    if others and not force:
        raise FolderNotEmpty(folder=str(folder), found=", ".join(others))
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def zipped(files: dict[str, bytes], folder: str) -> bytes:
    """Return an export as a ZIP archive of one folder."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(f"{folder}/{name}", data)
    return buffer.getvalue()


def _profile() -> Profile | None:
    return find_profiles().get(settings().municipality_id)


def _facts_file(profile: Profile | None, facts: dict[str, Any]) -> bytes:
    if profile is not None:
        try:
            if read(profile.path) == facts:
                return (profile.path / FILE_NAME).read_bytes()
        except (OSError, TOMLDecodeError, UnicodeDecodeError):
            return write(facts).encode()
    return write(facts).encode()


def _emblem_file(profile: Profile | None, name: str, drawing: str) -> bytes:
    if profile is not None:
        try:
            data = (profile.path / name).read_bytes()
            if checked(data) == drawing:
                return data
        except (OSError, EmblemRefused):
            return f"{drawing}\n".encode()
    return f"{drawing}\n".encode()


def _other_files(portal) -> dict[str, bytes]:
    """Return the add-ons that are installed, and the profile's other files."""
    profile = _profile()
    installed = [name for name in metadata.addons() if _is_installed(portal, name)]
    text = metadata.write_metadata(installed).encode()
    if profile is None:
        return {metadata.FILE_NAME: text}
    files = {
        str(path.relative_to(profile.path)): path.read_bytes()
        for path in sorted(profile.path.rglob("*"))
        if path.is_file() and path.name != FILE_NAME and path.suffix != ".svg"
    }
    try:
        named = set(metadata.dependencies(profile))
    except (OSError, etree.XMLSyntaxError):
        named = set()
    if not set(installed) <= named:
        files[metadata.FILE_NAME] = text
    return files


def _is_installed(portal, name: str) -> bool:
    return portal.portal_setup.getLastVersionForProfile(name) != "unknown"
