"""Vocabularies of the domain's enumerations, of languages and of the town's services."""

from babel import Locale
from collections.abc import Iterable
from collections.abc import Mapping
from plone import api
from plonegov.core.api import municipality
from plonegov.core.languages import LANGUAGES
from plonegov.ordering import _
from plonegov.ordering.browser.labels import DELIVERY
from zope.i18nmessageid import Message
from zope.interface import implementer
from zope.schema.interfaces import IVocabularyFactory
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


def _vocabulary(terms: Iterable[SimpleTerm]) -> SimpleVocabulary:
    # A list, since forms iterate it again: of a generator they would show nothing,
    # and save the nothing that nobody ticked.
    return SimpleVocabulary(list(terms))


@implementer(IVocabularyFactory)
class Choices:
    """The values of an enumeration, with their titles."""

    def __init__(self, titles: Mapping[str, Message]) -> None:
        self.titles = titles

    def __call__(self, context) -> SimpleVocabulary:
        return _vocabulary(
            SimpleTerm(value, value, title) for value, title in self.titles.items()
        )


IDENTITIES = {
    "none": _("identity_none", default="No proof online"),
    "email": _("identity_email", default="An e-mail address"),
    "account": _("identity_account", default="An account"),
    "substantial": _("identity_substantial", default="Substantial (eIDAS)"),
    "high": _("identity_high", default="High (eIDAS)"),
}

KINDS = {
    "certificate": _("kind_certificate", default="Certificate drawn up by the town"),
    "attached": _(
        "kind_attached", default="Act from a public register, attached unchanged"
    ),
}

Deliveries = Choices(DELIVERY)
Identities = Choices(IDENTITIES)
Kinds = Choices(KINDS)


@implementer(IVocabularyFactory)
class Languages:
    """The languages of texts, each under its own name."""

    def __call__(self, context) -> SimpleVocabulary:
        return _vocabulary(
            SimpleTerm(language, language, Locale(language).get_display_name(language))
            for language in LANGUAGES
        )


LanguagesFactory = Languages()


@implementer(IVocabularyFactory)
class Services:
    """The town's services, in the language of the page."""

    def __call__(self, context) -> SimpleVocabulary:
        language = api.portal.get_current_language()
        return _vocabulary(
            SimpleTerm(
                service.id,
                service.id,
                service.title.get(language) or next(iter(service.title.values())),
            )
            for service in municipality().services
        )


ServicesFactory = Services()
