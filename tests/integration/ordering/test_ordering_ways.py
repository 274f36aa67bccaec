"""Every transition meets its rules, whichever of Plone's ways fires it."""

from helpers.orders import request
from helpers.people import add_person
from plone import api
from plone.app.content.browser.content_status_modify import ContentStatusModifyView
from plone.app.content.browser.folder_publish import FolderPublishView
from plone.app.testing import login
from plone.app.testing import TEST_USER_NAME
from plone.protect.authenticator import createToken
from plone.rest.events import mark_as_api_request
from plonegov.core.errors import PlonegovError
from plonegov.ordering.api import orders
from plonegov.ordering.domain.model import Transition
from zope.component import getMultiAdapter

import pytest


#: A state that each transition leaves, and what it leads to.
FROM_TO = {
    "start": ("submitted", "in_progress"),
    "ask": ("submitted", "awaiting_citizen"),
    "answer": ("awaiting_citizen", "in_progress"),
    "reject": ("in_progress", "rejected"),
    "withdraw": ("in_progress", "withdrawn"),
    "expire": ("awaiting_citizen", "expired"),
    "make_ready": ("in_progress", "ready"),
    "hand_over": ("ready", "delivered"),
    "reopen": ("rejected", "in_progress"),
}

#: Transitions that need nothing but the click.
FREE = {"start", "answer", "withdraw", "expire"}


def by_tool(order, transition, req):
    api.portal.get_tool("portal_workflow").doActionFor(order, transition)


def by_api(order, transition, req):
    api.content.transition(obj=order, transition=transition)


def by_rest(order, transition, req):
    mark_as_api_request(req, "application/json")
    service = getMultiAdapter((order, req), name="POST_application_json_@workflow")
    service.publishTraverse(req, transition)
    service.reply()


def by_status_page(order, transition, req):
    ContentStatusModifyView(order, req)(workflow_action=transition)


def in_bulk(order, transition, req):
    FolderPublishView(order.aq_parent, req).transition_objects_by_paths(
        transition, ["/".join(order.getPhysicalPath())], "", None, None, False
    )


WAYS = (by_tool, by_api, by_rest, by_status_page, in_bulk)


@pytest.fixture
def clerk(portal):
    add_person(portal, "clerk", ["Member", "Clerk"], ["service-population"])
    login(portal, "clerk")
    yield "clerk"
    login(portal, TEST_USER_NAME)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("transition", [str(each) for each in Transition])
def test_a_transition_without_its_data_is_refused(
    integration, portal, clerk, way, transition
):
    old, new = FROM_TO[transition]
    order = orders.place(request())
    tool = api.portal.get_tool("portal_workflow")
    tool.setStatusOf("plonegov_order_workflow", order, {"review_state": old})
    req = integration["request"].clone()
    req.environ["HTTP_X_CSRF_TOKEN"] = createToken()
    req.form.clear()
    try:
        way(order, transition, req)
    except PlonegovError:
        assert transition not in FREE
    assert order.state == (new if transition in FREE else old)
