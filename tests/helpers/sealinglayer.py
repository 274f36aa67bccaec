"""A site whose counter seals its certificates: two add-ons that meet in core only."""

from plone.app.testing import applyProfile
from plone.app.testing import FunctionalTesting
from plone.app.testing import IntegrationTesting
from plone.testing.zope import WSGI_SERVER_FIXTURE
from plonegov.ordering.testing import OrderingLayer

import transaction


class SealingLayer(OrderingLayer):
    """A site with a counter whose certificates are sealed."""

    def setUpZope(self, app, configurationContext):
        import plonegov.certification

        super().setUpZope(app, configurationContext)
        self.loadZCML(package=plonegov.certification)

    def setUpPloneSite(self, portal):
        from plonegov.certification.adapters.demo import DemoSeal

        super().setUpPloneSite(portal)
        applyProfile(portal, "plonegov.certification:default")
        DemoSeal().create(portal, "")
        transaction.commit()


FIXTURE = SealingLayer()
SEALING = IntegrationTesting(bases=(FIXTURE,), name="Sealing:Integration")
SEALING_FUNCTIONAL = FunctionalTesting(
    bases=(FIXTURE, WSGI_SERVER_FIXTURE), name="Sealing:Functional"
)
