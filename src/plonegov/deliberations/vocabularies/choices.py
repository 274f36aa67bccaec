"""Vocabularies of offices, of capacities and of the categories of items."""

from collections.abc import Iterable
from plone import api
from plonegov.deliberations import _
from plonegov.deliberations.domain.categories import categories
from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


#: The offices of a town that sign or advise.
OFFICES = {
    "mayor": _("office_mayor", default="Burgomaster or mayor"),
    "director": _("office_director", default="Director general"),
    "finance": _("office_finance", default="Finance director"),
    "secretary": _("office_secretary", default="Secretary of the sitting"),
}

#: In which capacity somebody does what the office does.
CAPACITIES = {
    "holder": _("capacity_holder", default="Holder"),
    "acting": _("capacity_acting", default="Acting"),
    "delegate": _("capacity_delegate", default="By delegation"),
}


@provider(IVocabularyFactory)
def offices(context) -> SimpleVocabulary:
    """The offices, with their titles."""
    return _vocabulary(OFFICES.items())


@provider(IVocabularyFactory)
def capacities(context) -> SimpleVocabulary:
    """The capacities, with their titles."""
    return _vocabulary(CAPACITIES.items())


@provider(IVocabularyFactory)
def item_categories(context) -> SimpleVocabulary:
    """All categories of items, in the page's language."""
    language = api.portal.get_current_language()
    return _vocabulary(
        (name, category.titles.get(language) or category.titles["en"])
        for name, category in categories().items()
    )


def _vocabulary(pairs: Iterable) -> SimpleVocabulary:
    return SimpleVocabulary([SimpleTerm(name, name, title) for name, title in pairs])
