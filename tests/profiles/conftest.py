"""Two instances per test run of this folder: one in this process, one that is served."""

from contextlib import contextmanager
from helpers.generous import generous
from helpers.serving import Served
from plonegov.core.testing import FACTS
from plonegov.municipalities.loader.sites import apply_profile
from plonegov.municipalities.loader.sites import get_site
from plonegov.municipalities.loader.sites import municipality_sites
from plonegov.municipalities.server.runtime import application
from plonegov.municipalities.server.runtime import writing

import json
import os
import pytest
import tomlkit


METADATA = """<?xml version="1.0" encoding="utf-8"?>
<metadata>
  <version>1000</version>
  <dependencies>
    <dependency>profile-plonegov.core:default</dependency>
    <dependency>profile-plonegov.ordering:default</dependency>
  </dependencies>
</metadata>
"""
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">
  <rect width="9" height="9" fill="#1f5f3f"/>
</svg>
"""


def write_profile(folder, facts):
    """Write a whole profile and return its folder."""
    path = folder / facts["id"]
    path.mkdir(parents=True, exist_ok=True)
    (path / "municipality.toml").write_text(tomlkit.dumps(facts), encoding="utf-8")
    (path / "metadata.xml").write_text(METADATA, encoding="utf-8")
    (path / "emblem.svg").write_text(SVG, encoding="utf-8")
    return path


def apply(municipality, site="", forced=()):
    """Apply a municipality's profile as the command does."""
    with application() as app:
        return apply_profile(app, municipality, site, forced)


def last_transaction():
    """The id of the last transaction that the database holds."""
    with application() as app:
        app._p_jar.sync()
        return app._p_jar.db().storage.lastTransaction()


@contextmanager
def town(municipality):
    """The municipality's site, to be read."""
    with application() as app:
        yield get_site(app, municipality)


@contextmanager
def changing(municipality):
    """The municipality's site, to be changed as a person would."""
    with application() as app:
        site_id = municipality_sites(app)[municipality]
        with writing(site_id):
            yield get_site(app, municipality)


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """The instance folder, with the profile of Exempleville in it."""
    path = tmp_path_factory.mktemp("profiles") / "instance"
    patch = pytest.MonkeyPatch()
    patch.setenv("PLONEGOV_HOME", str(path))
    for name in ("PLONEGOV_PROFILES", "PLONEGOV_DEMO_PASSWORD"):
        patch.delenv(name, raising=False)
    write_profile(path / "profiles", FACTS)
    yield path
    patch.undo()


@pytest.fixture(scope="session")
def instance(home):
    """What ``plonegov instance create`` made of the folder."""
    from plonegov.municipalities.server.instance import create_instance

    made = create_instance(port=int(os.environ.get("PLONEGOV_TEST_PORT", "8119")))
    assert made.created
    return made


@pytest.fixture(scope="session")
def zope(instance):
    """This process has the instance's ZCML and database."""
    from plonegov.municipalities.server.runtime import start_zope

    start_zope()


@pytest.fixture
def root(zope):
    """The Zope root in a connection of its own."""
    from plonegov.municipalities.server.runtime import application

    with application() as app:
        yield app


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """An instance with Seneffe for processes of its own."""
    instance = Served(tmp_path_factory.mktemp("serving") / "instance")
    port = str(instance.port)
    code, out, err = instance.run("instance", "create", "--port", port, "--json")
    assert code == 0, err
    assert json.loads(out)["user"] == "admin"
    instance.password = json.loads(out)["password"]
    generous(instance.home)
    code, _, err = instance.run("municipality", "apply", "seneffe")
    assert code == 0, err
    yield instance
    instance.stop()


@pytest.fixture(scope="module")
def served(prepared):
    """The instance with Seneffe while it is served."""
    if not prepared.is_running():
        prepared.start()
    return prepared
