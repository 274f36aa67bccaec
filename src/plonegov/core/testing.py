"""Test layers of core: a site with the facts of a fictitious town applied."""

from pathlib import Path
from plone.app.contenttypes.testing import PLONE_APP_CONTENTTYPES_FIXTURE
from plone.app.testing import applyProfile
from plone.app.testing import FunctionalTesting
from plone.app.testing import IntegrationTesting
from plone.app.testing import PloneSandboxLayer
from plone.testing.zope import WSGI_SERVER_FIXTURE
from plonegov.core.municipality.example import FACTS
from plonegov.core.municipality.example import TOWN

import json
import os
import shutil
import tempfile


def set_facts(portal, facts=FACTS):
    """Store facts in the registry as the import step does."""
    from plonegov.core.municipality.facts import settings

    stored = settings()
    stored.municipality_id = facts["id"]
    stored.facts = json.dumps(facts)
    stored.applied = stored.facts


class CoreLayer(PloneSandboxLayer):
    """A site with ``plonegov.core`` and the facts of Exempleville."""

    defaultBases = (PLONE_APP_CONTENTTYPES_FIXTURE,)
    package = "plonegov.core"

    def setUpZope(self, app, configurationContext):
        self["home"] = Path(tempfile.mkdtemp(prefix="plonegov-test-"))
        self["old_home"] = os.environ.get("PLONEGOV_HOME")
        os.environ["PLONEGOV_HOME"] = str(self["home"])
        from importlib import import_module
        from plonegov.core.identity.keys import create_key

        create_key(TOWN)
        self.loadZCML(package=import_module(self.package))

    def setUpPloneSite(self, portal):
        applyProfile(portal, f"{self.package}:default")
        set_facts(portal)

    def tearDownZope(self, app):
        shutil.rmtree(self["home"])
        if self["old_home"] is None:
            del os.environ["PLONEGOV_HOME"]
        else:
            os.environ["PLONEGOV_HOME"] = self["old_home"]


CORE_FIXTURE = CoreLayer()
CORE_INTEGRATION = IntegrationTesting(
    bases=(CORE_FIXTURE,), name="plonegov.core:Integration"
)
CORE_FUNCTIONAL = FunctionalTesting(
    bases=(CORE_FIXTURE, WSGI_SERVER_FIXTURE), name="plonegov.core:Functional"
)
