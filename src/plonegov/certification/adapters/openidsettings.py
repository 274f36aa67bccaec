"""The town's identity provider: ``$PLONEGOV_HOME/keys/<municipality>/openid.toml``.

It is read with the preset that it names. It holds a secret, or the name of a key's file
beside it, which belongs to its owner alone, too.
"""

from importlib.resources import files
from pathlib import Path
from plonegov.certification import PACKAGE_NAME
from plonegov.certification.adapters.settings import beside_keys
from plonegov.certification.adapters.settings import read_private
from plonegov.certification.adapters.settings import read_toml
from plonegov.certification.domain.providers import KEYS
from plonegov.certification.domain.providers import preset_of
from plonegov.certification.domain.providers import Provider
from plonegov.certification.domain.providers import provider_of
from plonegov.certification.domain.settings import Refuser

import tomllib


FILE = "openid.toml"
KEY_SUFFIX = ".pem"


def settings_path(municipality_id: str) -> Path:
    """Return where a town's settings are expected."""
    return beside_keys(municipality_id, FILE)


def load_provider(municipality_id: str) -> Provider | None:
    """Return the town's provider, None if it has set up none.

    :raises SettingsWrong: the file, or the key's beside it, can't be used.
    """
    path = settings_path(municipality_id)
    own, wrong = read_toml(path), Refuser(str(path))
    if own is None:
        return None
    name = preset_of(own, presets(), wrong)
    preset = files(PACKAGE_NAME).joinpath("providers", f"{name}.toml")
    return provider_of(
        own,
        tomllib.loads(preset.read_text(encoding="utf-8")),
        wrong,
        lambda name: _key(path.parent, name, wrong),
    )


def presets() -> list[str]:
    """Return the names of all presets."""
    found = files(PACKAGE_NAME).joinpath("providers").iterdir()
    return sorted(
        file.name.removesuffix(".toml") for file in found if file.name.endswith(".toml")
    )


def _key(folder: Path, name: str, wrong: Refuser) -> str:
    path = folder / name
    beside = path.parent == folder and path.suffix == KEY_SUFFIX
    text = read_private(path) if beside else None
    if text is None:
        raise wrong("client_key", name, KEYS["client_key"].allowed)
    return text
