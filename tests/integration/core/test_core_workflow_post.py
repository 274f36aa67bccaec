"""``POST @workflow``: who is refused a step leaves nothing in a content."""

from plone import api
from plone.app.testing import logout
from plone.app.testing import setRoles
from plone.app.testing import TEST_USER_ID
from plone.rest.events import mark_as_api_request
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.services.workflow.add import WorkflowPost
from zope.component import getMultiAdapter

import json
import pytest


@pytest.fixture
def post(integration, portal):
    """Return a function that asks for a step of a content by REST."""

    def asked(content, step, **body):
        request = integration["request"].clone()
        mark_as_api_request(request, "application/json")
        request.set("BODY", json.dumps(body))
        name = "POST_application_json_@workflow"
        service = getMultiAdapter((content, request), name=name)
        assert isinstance(service, WorkflowPost)
        service.publishTraverse(request, step)
        return service.reply()

    setRoles(portal, TEST_USER_ID, ["Manager"])
    return asked


@pytest.fixture
def folder(portal, post):
    """A folder with a document."""
    made = api.content.create(portal, "Folder", "box", title="Box")
    api.content.create(made, "Document", "page", title="Page")
    return made


@pytest.mark.parametrize("step", ["publish", "submit", "nothing"])
def test_who_may_not_do_a_step_leaves_no_date(folder, post, step):
    logout()
    with pytest.raises(ActionNotAllowed):
        post(folder, step)
    assert folder.effective_date is None


def test_what_has_no_workflow_gets_no_date(portal, post):
    file = api.content.create(portal, "File", "scan", title="Scan")
    assert post(file, "publish")["error"]["type"] == "WorkflowException"
    assert file.effective_date is None


def test_a_step_to_where_a_content_is_already_changes_nothing(folder, post):
    tool = api.portal.get_tool("portal_workflow")
    [name] = tool.getChainFor(folder)
    tool.setStatusOf(name, folder, {"review_state": "published", "action": ""})
    logout()
    assert post(folder, "publish")["review_state"] == "published"
    assert folder.effective_date is None


def test_a_step_that_is_offered_is_done_in_what_stands_below_too(folder, post):
    assert post(folder, "publish")["review_state"] == "published"
    assert folder.effective_date is not None
    assert api.content.get_state(folder["page"]) == "private"
    post(folder, "publish", include_children=True)
    assert api.content.get_state(folder["page"]) == "published"
