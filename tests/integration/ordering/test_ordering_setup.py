from plone import api
from plone.app.testing import applyProfile
from plone.browserlayer.utils import registered_layers
from plonegov.ordering.interfaces import IOrderingLayer
from zope.component.hooks import setSite

import pytest


PROFILE = "plonegov.ordering:default"
TYPES = {
    "plonegov.Counter",
    "plonegov.Order",
    "plonegov.OrderableDocument",
    "plonegov.QuestionForm",
}


@pytest.fixture
def uninstalled(portal):
    with api.env.adopt_roles(["Manager"]):
        applyProfile(portal, "plonegov.ordering:uninstall")
    setSite(portal)
    return portal


def test_the_profile_is_installed_at_its_version(portal):
    setup = portal.portal_setup
    assert setup.getLastVersionForProfile(PROFILE) == ("1000",)
    assert IOrderingLayer in registered_layers()
    assert set(portal.portal_types.objectIds()) >= TYPES
    assert portal.portal_workflow.getChainForPortalType("plonegov.Order") == (
        "plonegov_order_workflow",
    )


def test_uninstalling_leaves_no_layer_type_or_workflow(uninstalled):
    assert IOrderingLayer not in registered_layers()
    assert not set(uninstalled.portal_types.objectIds()) & TYPES
    assert "plonegov_order_workflow" not in uninstalled.portal_workflow.objectIds()
    hidden = api.portal.get_registry_record("plone.types_not_searched")
    assert "plonegov.QuestionForm" not in hidden


def test_a_second_installation_changes_nothing(portal):
    before = dict(vars(portal["counter"]["residence"]))
    with api.env.adopt_roles(["Manager"]):
        applyProfile(portal, PROFILE)
    assert dict(vars(portal["counter"]["residence"])) == before
