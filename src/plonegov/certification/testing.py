"""Test layers of certification: core's fictitious town with a demonstration's seal."""

from plone.app.testing import FunctionalTesting
from plone.app.testing import IntegrationTesting
from plone.testing.zope import WSGI_SERVER_FIXTURE
from plonegov.core.testing import CoreLayer

import transaction


class CertificationLayer(CoreLayer):
    """A site with ``plonegov.certification`` that seals with a key of its own."""

    package = "plonegov.certification"

    def setUpPloneSite(self, portal):
        from plonegov.certification.adapters.demo import DemoSeal

        super().setUpPloneSite(portal)
        DemoSeal().create(portal, "")
        transaction.commit()


CERTIFICATION_FIXTURE = CertificationLayer()
CERTIFICATION_INTEGRATION = IntegrationTesting(
    bases=(CERTIFICATION_FIXTURE,), name="plonegov.certification:Integration"
)
CERTIFICATION_FUNCTIONAL = FunctionalTesting(
    bases=(CERTIFICATION_FIXTURE, WSGI_SERVER_FIXTURE),
    name="plonegov.certification:Functional",
)
