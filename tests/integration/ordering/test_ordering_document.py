"""The town's documents: brought from the catalogue, kept as people changed them."""

from decimal import Decimal
from plone import api
from plone.app.testing import login
from plone.app.testing import logout
from plone.app.testing import setRoles
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import TEST_USER_ID
from plone.app.z3cform.interfaces import IPloneFormLayer
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from plone.restapi.interfaces import IDeserializeFromJson
from plone.restapi.interfaces import ISerializeToJson
from plonegov.core.errors import PlonegovError
from plonegov.core.interfaces import IErrorTexts
from plonegov.core.municipality.interfaces import IMunicipalityApplier
from plonegov.core.municipality.interfaces import IMunicipalityChecker
from plonegov.core.testing import FACTS
from plonegov.core.testing import set_facts
from plonegov.ordering.api import documents
from plonegov.ordering.content.counter import Counter
from plonegov.ordering.content.document import OrderableDocument
from plonegov.ordering.content.document import plain
from plonegov.ordering.content.order import Order
from plonegov.ordering.content.questionform import QuestionForm
from plonegov.ordering.domain.errors import CounterIdTaken
from plonegov.ordering.domain.errors import DocumentRetired
from plonegov.ordering.domain.errors import DocumentUnknown
from plonegov.ordering.domain.model import Delivery
from plonegov.ordering.interfaces import IOrderingLayer
from plonegov.ordering.messages import ERROR_TEXTS
from plonegov.ordering.setuphandlers import apply_counter
from Products.CMFCore.indexing import processQueue
from zope.annotation.interfaces import IAnnotations
from zope.component import getMultiAdapter
from zope.component import getUtility
from zope.interface import alsoProvides
from zope.interface.verify import verifyObject

import importlib
import pkgutil
import plonegov.ordering.adapters as adapters
import plonegov.ordering.api as ordering_api
import plonegov.ordering.domain as domain
import pytest
import transaction


IDS = ["birth-act", "household", "residence"]


@pytest.fixture
def counter(portal):
    return portal["counter"]


@pytest.fixture
def residence(counter):
    return counter["residence"]


@pytest.fixture
def written(portal):
    """The objects that the current transaction changed, asked for by a call."""
    transaction.savepoint()
    connection = portal._p_jar
    before = len(connection._registered_objects)
    return lambda: connection._registered_objects[before:]


def apply_with(portal, **changes):
    """Apply the counter with other values of the residence certificate's choice."""
    chosen = [dict(FACTS["documents"][0], **changes), *FACTS["documents"][1:]]
    IAnnotations(portal.REQUEST).clear()
    set_facts(portal, FACTS | {"documents": chosen})
    apply_counter(portal)


def test_the_counter_offers_the_documents_that_the_town_chose(portal):
    assert sorted(item.getId() for item in documents.all_documents()) == IDS


def test_everybody_sees_the_counter_and_its_documents(portal, counter):
    logout()
    for item in (counter, *documents.all_documents()):
        assert api.user.has_permission("View", obj=item)


def test_applying_again_writes_nothing(portal, written):
    apply_counter(portal)
    assert written() == []


def test_what_the_profile_changed_is_brought(portal, residence):
    apply_with(portal, price="1.50", delay_days=9, service="works")
    assert (residence.price, residence.delay_days) == (Decimal("1.50"), 9)
    assert residence.service == "works"


def test_what_people_changed_is_kept(portal, residence):
    residence.price = Decimal("4.00")
    apply_with(portal, price="1.50", delay_days=9)
    assert (residence.price, residence.delay_days) == (Decimal("4.00"), 9)
    apply_with(portal, price="1.60")
    assert residence.price == Decimal("4.00")


def test_a_value_that_people_brought_back_follows_the_profile_again(portal, residence):
    residence.price = Decimal("4.00")
    apply_with(portal, price="1.50")
    residence.price = Decimal("5.00")
    apply_with(portal, price="1.50")
    assert residence.price == Decimal("1.50")


def test_questions_that_a_manager_changed_are_kept(portal, residence):
    changed = residence.questions.fields_model.replace("question_purpose", "own")
    residence.questions.fields_model = changed
    apply_counter(portal)
    assert residence.questions.fields_model == changed


def test_a_document_is_retired_by_people_and_stays_so(portal, residence):
    residence.retired = True
    apply_counter(portal)
    assert residence.retired
    assert sorted(item.getId() for item in documents.all_documents()) == IDS[:2]
    with pytest.raises(DocumentRetired):
        documents.get("residence")
    assert documents.find("residence").getId() == "residence"


def test_a_missing_document_comes_back(portal, counter):
    with api.env.adopt_roles(["Manager"]):
        counter.manage_delObjects(["residence"])
    apply_counter(portal)
    assert documents.get("residence").questions.fields_model


@pytest.mark.parametrize("document_id", ["passport", "", "questions", None, 3])
def test_a_document_that_the_town_has_not_is_unknown(portal, document_id):
    with pytest.raises(DocumentUnknown) as caught:
        documents.get(document_id)
    assert caught.value.status == 404


def test_nothing_is_offered_without_a_counter(portal):
    with api.env.adopt_roles(["Manager"]):
        portal.manage_delObjects(["counter"])
    assert documents.all_documents() == []
    with pytest.raises(DocumentUnknown):
        documents.get("residence")


def test_what_stands_at_the_counters_address_is_not_overwritten(portal):
    with api.env.adopt_roles(["Manager"]):
        portal.manage_delObjects(["counter"])
    processQueue()
    page = createContent("Document", id="counter", title="Page")
    addContentToContainer(portal, page, checkConstraints=False)
    with pytest.raises(CounterIdTaken):
        apply_counter(portal)


def test_the_terms_are_those_of_the_site(portal, residence):
    terms = documents.terms(residence)
    assert (terms.id, terms.currency, terms.country) == ("residence", "EUR", "BE")
    assert terms.relations == ("self", "parent", "guardian", "mandatary")
    assert terms.price == Decimal("5.00")
    assert documents.price(terms, 2, Delivery.POST).decimal() == "12.00"
    assert documents.legal_basis(residence)["fr"].startswith("Loi du 19 juillet 1991")


def test_a_text_is_found_in_the_language_or_in_the_towns(portal, residence):
    assert residence.text("titles", "nl") == "Attest van hoofdverblijfplaats"
    assert residence.text("titles", "de") == "Certificat de résidence"
    residence.titles = {"en": "Only English"}
    assert residence.text("titles", "nl") == "Only English"
    assert residence.text("free_titles", "en").startswith("Free and at once")
    residence.free_titles = None
    assert residence.text("free_titles", "en") == ""


def test_titles_in_the_sites_listings_are_in_the_towns_language(portal, residence):
    (brain,) = api.content.find(
        portal, portal_type="plonegov.OrderableDocument", id="residence"
    )
    assert brain.Title == residence.Title() == "Certificat de résidence"
    assert brain.Description == residence.summaries["fr"]


def test_a_document_is_found_by_its_words_in_any_language(portal):
    for word in ("résidence", "hoofdverblijfplaats", "entered"):
        found = api.content.find(portal, SearchableText=word)
        assert "residence" in [brain.getId for brain in found]


def test_questions_are_in_no_search_of_the_site(portal):
    hidden = api.portal.get_registry_record("plone.types_not_searched")
    assert "plonegov.QuestionForm" in hidden


def test_the_applier_and_the_checker_take_part_in_every_municipality(portal, written):
    applier = getUtility(IMunicipalityApplier, name="plonegov.ordering")
    assert verifyObject(IMunicipalityApplier, applier)
    from plonegov.core.api import municipality

    applier.apply(portal, municipality())
    assert written() == []
    checker = getUtility(IMunicipalityChecker, name="plonegov.ordering")
    assert verifyObject(IMunicipalityChecker, checker)
    assert list(checker.problems(municipality())) == []


def test_the_applier_leaves_a_site_without_ordering_alone(portal, written):
    applier = getUtility(IMunicipalityApplier, name="plonegov.ordering")
    portal.portal_types._delObject("plonegov.Counter")
    before = len(written())
    applier.apply(portal, None)
    assert len(written()) == before


def test_every_error_of_ordering_has_a_text(portal):
    texts = getUtility(IErrorTexts, name="plonegov.ordering")
    assert verifyObject(IErrorTexts, texts)
    assert texts.get("no_such_code") is None
    for room in (domain, ordering_api, adapters):
        for module in pkgutil.iter_modules(room.__path__):
            importlib.import_module(f"{room.__name__}.{module.name}")
    ours = [
        error
        for error in subclasses(PlonegovError)
        if error.__module__.startswith("plonegov.ordering.")
    ]
    assert len(ours) > 20
    shared = getUtility(IErrorTexts, name="plonegov.core")
    for error in ours:
        assert (texts.get(error.code) or shared.get(error.code)).default, error


def subclasses(base):
    for child in base.__subclasses__():
        yield child
        yield from subclasses(child)


def test_each_text_is_named_after_its_code():
    for code, text in ERROR_TEXTS.items():
        assert (str(text), text.domain) == (f"error_{code}", "plonegov.ordering")


@pytest.mark.parametrize("kind", [Counter, Order, OrderableDocument, QuestionForm])
def test_no_class_hides_the_annotations_of_its_objects(kind):
    """zope.annotation stores them as ``__annotations__``, as Python does its own."""
    for base in kind.__mro__:
        assert not vars(base).get("__annotations__"), base


def as_json(form) -> dict:
    alsoProvides(form.REQUEST, IOrderingLayer)
    return getMultiAdapter((form, form.REQUEST), ISerializeToJson)()


class TestWhoMayWriteQuestions:
    """Models can hold expressions and scripts: a Manager's matter alone."""

    @pytest.mark.parametrize(
        "role", ["Contributor", "Editor", "Reviewer", "Clerk", "Site Administrator"]
    )
    def test_no_staff_role_may_write_or_delete_them(self, portal, residence, role):
        if role not in portal.valid_roles():
            portal._addRole(role)
        setRoles(portal, TEST_USER_ID, ["Member", role])
        for permission in ("Modify portal content", "Delete objects"):
            assert not api.user.has_permission(permission, obj=residence.questions)
        for permission in ("Manage questions", "Add orderable document"):
            assert not api.user.has_permission(f"plonegov: {permission}", obj=residence)
        assert not api.user.has_permission("collective.easyform: Add Content")

    def test_nobody_shared_to_may_write_them_either(self, portal, residence):
        setRoles(portal, TEST_USER_ID, ["Member"])
        api.user.grant_roles(
            username=api.user.get_current().getUserName(),
            roles=["Owner", "Editor"],
            obj=residence,
        )
        assert not api.user.has_permission(
            "Modify portal content", obj=residence.questions
        )

    def test_their_models_are_not_shown_over_rest(self, portal, residence):
        logout()
        found = getMultiAdapter(
            (residence.questions, portal.REQUEST), ISerializeToJson
        )()
        assert not {"fields_model", "actions_model"} & set(found)

    def test_an_owner_writes_no_model_over_rest(self, portal, residence):
        form = residence.questions
        api.user.grant_roles(
            username=api.user.get_current().getUserName(), roles=["Owner"], obj=form
        )
        alsoProvides(portal.REQUEST, IOrderingLayer)
        writer = getMultiAdapter((form, portal.REQUEST), IDeserializeFromJson)
        before = form.fields_model
        writer(data={"fields_model": "<model/>", "savedDataStorage": {"x": {}}})
        assert form.fields_model == before

    def test_a_manager_sees_their_models_over_rest(self, portal, residence):
        login(portal.aq_parent, SITE_OWNER_NAME)
        found = getMultiAdapter(
            (residence.questions, portal.REQUEST), ISerializeToJson
        )()
        assert found["fields_model"].startswith("<?xml")


class TestWhereDocumentsStand:
    def test_documents_are_added_in_the_counter_only(self, portal, counter):
        with api.env.adopt_roles(["Manager"]):
            with pytest.raises(api.exc.InvalidParameterError):
                api.content.create(portal, "plonegov.OrderableDocument", "x")
            made = api.content.create(counter, "plonegov.OrderableDocument", "x")
        assert made.getId() == "x"

    def test_a_site_administrator_sees_every_term_in_the_edit_form(
        self, portal, residence
    ):
        setRoles(portal, TEST_USER_ID, ["Member", "Site Administrator"])
        alsoProvides(portal.REQUEST, IPloneFormLayer)
        html = residence.restrictedTraverse("@@edit")()
        for name in ("retired", "service", "price", "delay_days", "titles.0"):
            assert f'name="form.widgets.{name}' in html
        assert "Certificat de résidence" in html
        assert 'name="form.widgets.kind' not in html
        assert "findings" not in html

    def test_a_site_administrator_may_change_but_not_delete_a_document(
        self, portal, residence
    ):
        setRoles(portal, TEST_USER_ID, ["Member", "Site Administrator"])
        assert api.user.has_permission("Modify portal content", obj=residence)
        assert not api.user.has_permission("Delete objects", obj=residence)


def test_a_document_without_its_questions_is_not_offered(portal, counter):
    with api.env.adopt_roles(["Manager"]):
        made = api.content.create(counter, "plonegov.OrderableDocument", "x")
    assert plain(made)["price"] is None
    assert sorted(item.getId() for item in documents.all_documents()) == IDS
    with pytest.raises(DocumentUnknown):
        documents.get("x")
