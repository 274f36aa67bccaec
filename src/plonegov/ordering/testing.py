"""Test layers of ordering: core's fictitious town with its counter."""

from plone.app.testing import FunctionalTesting
from plone.app.testing import IntegrationTesting
from plone.testing.zope import WSGI_SERVER_FIXTURE
from plonegov.core.testing import CoreLayer

import transaction


class OrderingLayer(CoreLayer):
    """A site with ``plonegov.ordering``, its counter and the town's documents."""

    package = "plonegov.ordering"

    def setUpPloneSite(self, portal):
        from plonegov.ordering.setuphandlers import apply_counter

        super().setUpPloneSite(portal)
        apply_counter(portal)
        # Indexing asks for the municipality, so it must happen inside the site.
        transaction.commit()


ORDERING_FIXTURE = OrderingLayer()
ORDERING_INTEGRATION = IntegrationTesting(
    bases=(ORDERING_FIXTURE,), name="plonegov.ordering:Integration"
)
ORDERING_FUNCTIONAL = FunctionalTesting(
    bases=(ORDERING_FIXTURE, WSGI_SERVER_FIXTURE), name="plonegov.ordering:Functional"
)
