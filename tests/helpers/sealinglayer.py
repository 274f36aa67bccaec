"""A site whose counter seals its certificates: two add-ons that meet in core only."""

from plone.app.testing import applyProfile
from plone.app.testing import FunctionalTesting
from plone.app.testing import IntegrationTesting
from plone.testing.zope import WSGI_SERVER_FIXTURE
from plonegov.deliberations.testing import DeliberationsLayer
from plonegov.ordering.testing import OrderingLayer

import transaction


class _Seals:
    """What a layer gets in addition: certification, and a demonstration's seal."""

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


class SealingLayer(_Seals, OrderingLayer):
    """A site with a counter whose certificates are sealed."""


class SealedCouncilLayer(_Seals, DeliberationsLayer):
    """A site with a council whose papers are sealed."""


FIXTURE = SealingLayer()
SEALING = IntegrationTesting(bases=(FIXTURE,), name="Sealing:Integration")
SEALING_FUNCTIONAL = FunctionalTesting(
    bases=(FIXTURE, WSGI_SERVER_FIXTURE), name="Sealing:Functional"
)
SEALED_COUNCIL = FunctionalTesting(
    bases=(SealedCouncilLayer(), WSGI_SERVER_FIXTURE), name="SealedCouncil:Functional"
)
