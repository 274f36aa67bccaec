"""Fixtures ``world`` and ``hostile``: five sites in one Zope, and who wants too much."""

from helpers.hostile import Hostile
from helpers.serving import Served
from helpers.towns import World
from pathlib import Path

import json
import pytest
import subprocess
import sys


TESTS = Path(__file__).parents[2]
#: Seconds that making five sites may take.
PATIENCE = 900


@pytest.fixture(scope="session")
def world(tmp_path_factory):
    """Four towns and a plain Plone site, served by ``plonegov serve``."""
    instance = Served(tmp_path_factory.mktemp("towns") / "instance")
    done = subprocess.run(
        [sys.executable, "-m", "helpers.maketowns", str(instance.port)],
        cwd=TESTS,
        env=instance.environment,
        stdout=subprocess.PIPE,
        check=True,
        timeout=PATIENCE,
    )
    instance.start()
    base = f"http://localhost:{instance.port}"
    yield World(instance.home, base, json.loads(done.stdout))
    instance.stop()


@pytest.fixture(scope="session")
def hostile(world):
    """The Site Administrator of one of the towns."""
    return Hostile(world)
