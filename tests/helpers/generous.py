"""A municipality in which one machine may order all day long, for tests of weight."""

from pathlib import Path

import shutil


PROFILES = Path(__file__).parents[2] / "profiles"
LIMITS = """
[limits]
orders_per_address = 1000
orders_per_network = 10000
"""


def generous(home: Path, municipality: str = "seneffe") -> Path:
    """Write the municipality's profile with high limits into an instance's folder."""
    folder = home / "profiles" / municipality
    shutil.copytree(PROFILES / municipality, folder, dirs_exist_ok=True)
    facts = folder / "municipality.toml"
    facts.write_text(facts.read_text(encoding="utf-8") + LIMITS, encoding="utf-8")
    return folder
