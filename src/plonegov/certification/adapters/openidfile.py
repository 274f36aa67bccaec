"""The town's identity provider: ``$PLONEGOV_HOME/keys/<municipality>/openid.toml``.

It is read at each use, with the preset that it names. It holds a secret, or the name of
a key's file beside it; all of them belong to their owner alone (mode 0600).
"""

from importlib.resources import files
from pathlib import Path
from plonegov.certification import PACKAGE_NAME
from plonegov.certification.domain.errors import IdentitySettingsWrong
from plonegov.certification.domain.providers import KEYS
from plonegov.certification.domain.providers import preset_of
from plonegov.certification.domain.providers import Provider
from plonegov.certification.domain.providers import provider_of
from plonegov.core.errors import KeyFileExposed
from plonegov.core.ops.files import is_exposed
from plonegov.core.ops.home import home
from typing import Any

import tomllib


NAME = "openid.toml"
KEY_SUFFIX = ".pem"


def settings_path(municipality_id: str) -> Path:
    """Return where a town's settings are expected."""
    return home() / "keys" / municipality_id / NAME


def load_provider(municipality_id: str) -> Provider | None:
    """Return the town's provider, None if it has set up none.

    :raises IdentitySettingsWrong: the file can't be used.
    :raises KeyFileExposed: others than the owner may read it or the key.
    """
    path = settings_path(municipality_id)
    if not path.exists():
        return None
    own = _parsed(_private(path, municipality_id))
    preset = files(PACKAGE_NAME).joinpath("providers", f"{_preset(own)}.toml")
    return provider_of(
        own,
        tomllib.loads(preset.read_text(encoding="utf-8")),
        NAME,
        lambda name: _key(path.parent, name, municipality_id),
    )


def presets() -> list[str]:
    """Return the names of all presets."""
    found = files(PACKAGE_NAME).joinpath("providers").iterdir()
    return sorted(
        file.name.removesuffix(".toml") for file in found if file.name.endswith(".toml")
    )


def _preset(own: dict[str, Any]) -> str:
    return preset_of(own, presets(), NAME)


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise IdentitySettingsWrong(
            file=NAME, key="-", found=str(error), allowed="TOML"
        ) from error


def _key(folder: Path, name: str, municipality_id: str) -> str:
    path = folder / name
    if path.parent != folder or path.suffix != KEY_SUFFIX or not path.is_file():
        raise IdentitySettingsWrong(
            file=NAME, key="client_key", found=name, allowed=KEYS["client_key"].allowed
        )
    return _private(path, municipality_id)


def _private(path: Path, municipality_id: str) -> str:
    if is_exposed(path.stat().st_mode):
        raise KeyFileExposed(municipality=municipality_id, file=path.name)
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise IdentitySettingsWrong(
            file=path.name, key="-", found="-", allowed="UTF-8"
        ) from error
