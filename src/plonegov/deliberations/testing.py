"""Test layers of deliberations: core's fictitious town with its bodies."""

from plone.app.testing import FunctionalTesting
from plone.app.testing import IntegrationTesting
from plone.testing.zope import WSGI_SERVER_FIXTURE
from plonegov.core.testing import CoreLayer

import transaction


class DeliberationsLayer(CoreLayer):
    """A site with ``plonegov.deliberations`` and the town's bodies."""

    package = "plonegov.deliberations"

    def setUpPloneSite(self, portal):
        from plonegov.deliberations.setuphandlers import apply_bodies
        from plonegov.deliberations.setuphandlers import apply_decisions

        super().setUpPloneSite(portal)
        apply_bodies(portal)
        apply_decisions(portal)
        transaction.commit()


DELIBERATIONS_FIXTURE = DeliberationsLayer()
DELIBERATIONS_INTEGRATION = IntegrationTesting(
    bases=(DELIBERATIONS_FIXTURE,), name="plonegov.deliberations:Integration"
)
DELIBERATIONS_FUNCTIONAL = FunctionalTesting(
    bases=(DELIBERATIONS_FIXTURE, WSGI_SERVER_FIXTURE),
    name="plonegov.deliberations:Functional",
)
