"""What a form offers can be read twice: it shows it, and reads what was ticked."""

from plonegov.core.api import municipality
from plonegov.core.municipality.interfaces import IMunicipalityReader
from plonegov.ordering.setuphandlers import apply_counter
from zope.component import getUtility
from zope.interface.verify import verifyObject
from zope.schema.interfaces import IVocabularyFactory

import pytest


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Deliveries", "post"),
        ("Identities", "none"),
        ("Kinds", "certificate"),
        ("Languages", "nl"),
        ("Services", "population"),
    ],
)
def test_a_vocabulary_shows_its_values_each_time_it_is_asked(portal, name, value):
    factory = getUtility(IVocabularyFactory, f"plonegov.ordering.{name}")
    vocabulary = factory(portal["counter"])
    for _time in range(2):
        values = [term.value for term in vocabulary]
        assert value in values
        assert len(values) == len(vocabulary)


def test_who_may_order_is_law_and_no_choice_of_a_form(portal):
    from plone.autoform.form import AutoExtensibleForm
    from plonegov.ordering.content.document import IOrderableDocument
    from z3c.form.form import EditForm

    class Form(AutoExtensibleForm, EditForm):
        schema = IOrderableDocument

    form = Form(portal["counter"]["residence"], portal.REQUEST)
    form.update()
    asked = {name for group in form.groups for name in group.fields}
    assert "identity" in asked
    assert asked.isdisjoint({"relations", "entitlement", "act_date"})


def test_what_a_form_leaves_empty_is_not_changed_by_people(portal):
    reader = getUtility(IMunicipalityReader, name="plonegov.ordering")
    assert verifyObject(IMunicipalityReader, reader)
    birth_act = portal["counter"]["birth-act"]
    for name in ("statement", "free_url", "free_titles"):
        if not getattr(birth_act, name):
            setattr(birth_act, name, None)
    assert birth_act.statement is None
    assert reader.differences(portal, municipality()) == []
    apply_counter(portal)
    assert birth_act.statement is None
