"""A broken rule reaches people as a page and programs as JSON."""

from plone import api
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.protect.authenticator import createToken
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import KeyMissing
from plonegov.core.errors import PlonegovError
from plonegov.core.errors import RecordNotFound
from plonegov.core.identity.errors import SealedValueDamaged
from plonegov.core.interfaces import IErrorTexts
from plonegov.core.messages import ERROR_TEXTS
from plonegov.core.ops.texts import text_of
from Products.DCWorkflow.interfaces import IBeforeTransitionEvent
from Products.Five.browser import BrowserView
from relstorage.adapters.interfaces import UnableToAcquireCommitLockError
from ZODB.POSException import ConflictError
from ZODB.POSException import ReadConflictError
from zope.component import getGlobalSiteManager
from zope.component import getUtility
from zope.i18n import interpolate
from zope.interface import Interface
from zope.publisher.interfaces.browser import IBrowserRequest

import lxml.html
import pytest
import requests
import transaction


OWNER = (SITE_OWNER_NAME, SITE_OWNER_PASSWORD)


class DoorClosed(PlonegovError):
    """An error whose code has no text."""

    code = "door_closed"
    status = 409


ERRORS = {
    "invalid": lambda: InvalidInput(
        [
            Fault("applicant.birth_date", "required"),
            Fault("applicant.phone", "phone_number", {"example": "02 555 00 00"}),
        ]
    ),
    "missing": lambda: RecordNotFound(uid="85073003328"),
    "broken": lambda: SealedValueDamaged(key_id="secret-key-id"),
    "keyless": lambda: KeyMissing(file="secret-key-id"),
    "unknown": lambda: DoorClosed(name="85073003328"),
    "conflict": ConflictError,
    "read-conflict": ReadConflictError,
    "locked": lambda: UnableToAcquireCommitLockError("85073003328"),
}


class Raise(BrowserView):
    def __call__(self):
        raise ERRORS[self.request.form["error"]]()


@pytest.fixture
def components():
    """Register for one test: undone after it."""
    manager, undo = getGlobalSiteManager(), []

    def register(kind, *arguments, **options):
        getattr(manager, f"register{kind}")(*arguments, **options)
        undo.append(
            lambda: getattr(manager, f"unregister{kind}")(*arguments, **options)
        )

    yield register
    for step in undo:
        step()


@pytest.fixture
def ask(portal, components):
    """Ask a view that raises one of ``ERRORS``."""
    Raise.__roles__ = None
    components("Adapter", Raise, (Interface, IBrowserRequest), Interface, name="raise")

    def get(error, accept="text/html", **headers):
        return requests.get(
            f"{portal.absolute_url()}/raise?error={error}",
            headers={"Accept": accept, "Accept-Language": "en", **headers},
            timeout=60,
        )

    return get


def english(code, **values):
    return interpolate(ERROR_TEXTS[code].default, values)


def text(answer, xpath):
    return [
        " ".join(node.text_content().split())
        for node in lxml.html.fromstring(answer.text).xpath(xpath)
    ]


@pytest.mark.parametrize(
    ("error", "status", "title"),
    [
        ("invalid", 400, "This could not be done"),
        ("missing", 404, "There is nothing at this address"),
        ("unknown", 409, "This could not be done"),
        ("broken", 500, "Something went wrong on our side"),
        ("keyless", 503, "This does not work at this moment"),
    ],
)
def test_a_person_reads_what_happened_on_a_page_of_the_site(ask, error, status, title):
    answer = ask(error)
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.headers["Cache-Control"] == "no-store"
    assert text(answer, "//h1") == [title]
    assert text(answer, "//footer")


def test_a_page_says_what_is_wrong_in_each_field(ask):
    assert text(ask("invalid"), "//*[@role='alert']//li") == [
        english("required"),
        english("phone_number", example="02 555 00 00"),
    ]


@pytest.mark.parametrize(
    "error", ["missing", "broken", "unknown", "locked", "conflict"]
)
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_no_answer_tells_more_than_the_text(ask, error, accept):
    answer = ask(error, accept)
    for told in ("85073003328", "secret-key-id", "Traceback", "ERRORS", ".py"):
        assert told not in answer.text


def test_a_program_reads_type_message_and_errors(ask):
    answer = ask("invalid", "application/json")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.json() == {
        "type": "invalid_input",
        "message": english("invalid_input"),
        "errors": [
            {"field": "applicant.birth_date", "message": english("required")},
            {
                "field": "applicant.phone",
                "message": english("phone_number", example="02 555 00 00"),
            },
        ],
    }


def test_a_code_without_text_gets_the_general_one(ask):
    body = ask("unknown", "application/json").json()
    assert (body["type"], body["message"]) == (
        "door_closed",
        english("error"),
    )


@pytest.mark.parametrize("error", ["conflict", "read-conflict", "locked"])
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_change_that_could_not_be_saved_in_time_is_a_503(ask, error, accept):
    answer = ask(error, accept)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert english("town_busy") in answer.text
    assert answer.headers["Content-Type"].startswith(accept)


def test_the_way_back_stays_on_the_site(ask, portal):
    site = portal.absolute_url()

    def back(referrer):
        page = lxml.html.fromstring(ask("missing", Referer=referrer).text)
        return page.xpath("//*[@role='alert']/following-sibling::p/a/@href")[0]

    assert back(f"{site}/form?secret=x") == f"{site}/form"
    assert back("https://elsewhere.example/") == site
    assert back(f"{site}.elsewhere.example/") == site


@pytest.fixture
def refused_publication(portal, components):
    """A page that a rule keeps from being published."""

    def refuse(workflow, event):
        if event.transition is not None and event.transition.id == "publish":
            raise DoorClosed()

    components("Handler", refuse, (Interface, IBeforeTransitionEvent))
    with api.env.adopt_roles(["Manager"]):
        api.portal.get_tool("portal_workflow").setDefaultChain(
            "simple_publication_workflow"
        )
        page = api.content.create(portal, "Document", "page", "Page")
    transaction.commit()
    return page


def test_a_rule_at_a_transition_reaches_a_program(refused_publication):
    answer = requests.post(
        f"{refused_publication.absolute_url()}/@workflow/publish",
        headers={"Accept": "application/json"},
        auth=OWNER,
        timeout=60,
    )
    assert answer.status_code == 409, answer.text
    assert answer.json()["type"] == "door_closed"
    transaction.begin()
    assert api.content.get_state(refused_publication) == "private"


def test_a_rule_at_a_transition_reaches_a_person(refused_publication):
    with api.env.adopt_user(SITE_OWNER_NAME):
        token = createToken()
    answer = requests.post(
        f"{refused_publication.absolute_url()}/content_status_modify",
        data={"workflow_action": "publish", "_authenticator": token},
        headers={"Accept": "text/html", "Accept-Language": "en"},
        auth=OWNER,
        timeout=60,
    )
    assert answer.status_code == 409, answer.text
    assert text(answer, "//h1") == ["This could not be done"]
    transaction.begin()
    assert api.content.get_state(refused_publication) == "private"


def test_other_errors_of_rest_stay_as_they_are(portal):
    answer = requests.get(
        f"{portal.absolute_url()}/nowhere",
        headers={"Accept": "application/json"},
        timeout=60,
    )
    assert answer.status_code == 404
    assert answer.json()["type"] == "NotFound"


def test_texts_are_found_by_code_with_their_values(functional):
    assert getUtility(IErrorTexts, name="plonegov.core").get("required")
    message = text_of("phone_number", {"example": "02"})
    assert (message, message.mapping) == ("error_phone_number", {"example": "02"})
