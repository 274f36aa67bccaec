"""Test layer of deliberations: core's fictitious town with its bodies."""

from plone.app.testing import IntegrationTesting
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
