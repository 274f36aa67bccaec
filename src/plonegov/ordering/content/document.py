from copy import deepcopy
from decimal import Decimal
from plone.autoform import directives
from plone.dexterity.content import Container
from plone.supermodel import model
from plone.supermodel.directives import fieldset
from plonegov.core.api import municipality
from plonegov.core.api import now
from plonegov.core.interfaces import IServiceBound
from plonegov.ordering import _
from plonegov.ordering.domain.catalogue import terms_from
from plonegov.ordering.domain.catalogue import TEXTS
from plonegov.ordering.domain.model import DocumentTerms
from typing import Any
from zoneinfo import ZoneInfo
from zope import schema
from zope.interface import implementer


#: Id of the EasyForm with the document's questions, a child of the document.
QUESTIONS = "questions"


def _texts(title, required: bool = True) -> schema.Dict:
    """Return the field of a text in several languages."""
    return schema.Dict(
        title=title,
        key_type=schema.Choice(
            title=_("text_language", default="Language"),
            vocabulary="plonegov.ordering.Languages",
        ),
        value_type=schema.Text(title=_("text_text", default="Text")),
        required=required,
    )


class IOrderableDocument(model.Schema):
    """A document that citizens can order: the town's copy of a catalogue entry.

    Texts stand in all languages on the one object. ``price`` is per copy,
    ``delivery_prices`` are added once per order; ``delay_days`` are working days.
    """

    retired = schema.Bool(
        title=_("document_retired", default="No longer issued"),
        description=_(
            "document_retired_help",
            default="It cannot be ordered any more; orders already placed go on.",
        ),
        required=False,
        default=False,
    )
    service = schema.Choice(
        title=_("document_service", default="Responsible service"),
        vocabulary="plonegov.ordering.Services",
    )
    price = schema.Decimal(
        title=_("document_price", default="Price of a copy"), min=Decimal(0)
    )
    delivery_prices = schema.Dict(
        title=_(
            "document_delivery_prices", default="Ways of delivery and their prices"
        ),
        key_type=schema.Choice(
            title=_("delivery", default="Delivery"),
            vocabulary="plonegov.ordering.Deliveries",
        ),
        value_type=schema.Decimal(title=_("price", default="Price"), min=Decimal(0)),
        min_length=1,
    )
    delay_days = schema.Int(
        title=_("document_delay_days", default="Promised delay in working days"), min=0
    )
    max_copies = schema.Int(
        title=_("document_max_copies", default="Most copies of one order"), min=1
    )
    validity_months = schema.Int(
        title=_(
            "document_validity_months", default="Validity in months (0: unlimited)"
        ),
        min=0,
    )
    retention_days = schema.Int(
        title=_(
            "document_retention_days",
            default="Days for which a closed order is kept",
        ),
        min=0,
    )

    fieldset(
        "texts",
        label=_("document_fieldset_texts", default="Texts"),
        fields=[*TEXTS, "statement", "free_url", "free_titles"],
    )
    titles = _texts(_("document_titles", default="Title"))
    summaries = _texts(_("document_summaries", default="What one gets"))
    entitled = _texts(_("document_entitled", default="Who may ask for it"))
    needed = _texts(_("document_needed", default="What one needs"))
    legal_basis = _texts(_("document_legal_basis", default="Legal basis"))
    purpose = _texts(_("document_purpose", default="Purpose of the processing"))
    processing_basis = _texts(
        _("document_processing_basis", default="Legal basis of the processing")
    )
    retention_reason = _texts(
        _("document_retention_reason", default="How long data are kept, and why")
    )
    statement = _texts(
        _("document_statement", default="What the certificate certifies"),
        required=False,
    )
    free_url = schema.URI(
        title=_("document_free_url", default="Where the document is free of charge"),
        required=False,
    )
    free_titles = _texts(
        _("document_free_titles", default="Name of that service"), required=False
    )

    fieldset(
        "rules",
        label=_("document_fieldset_rules", default="Who may order"),
        fields=[
            "kind",
            "identity",
            "deceased_allowed",
            "subject_deceased",
            "act_date",
            "entitlement",
            "language_rule",
            "findings",
        ],
    )
    directives.write_permission(
        kind="plonegov.ordering.ManageQuestions",
        language_rule="plonegov.ordering.ManageQuestions",
        findings="plonegov.ordering.ManageQuestions",
        subject_deceased="plonegov.ordering.ManageQuestions",
        act_date="plonegov.ordering.ManageQuestions",
        entitlement="plonegov.ordering.ManageQuestions",
    )
    directives.omitted(
        "kind",
        "language_rule",
        "findings",
        "subject_deceased",
        "act_date",
        "entitlement",
    )
    kind = schema.Choice(
        title=_("document_kind", default="Kind"), vocabulary="plonegov.ordering.Kinds"
    )
    identity = schema.Choice(
        title=_("document_identity", default="Identity asked for"),
        vocabulary="plonegov.ordering.Identities",
    )
    deceased_allowed = schema.Bool(
        title=_("document_deceased_allowed", default="Also about a deceased person"),
        required=False,
    )
    subject_deceased = schema.Bool(
        title=_("document_subject_deceased", default="Only about a deceased person"),
        required=False,
    )
    act_date = schema.TextLine(
        title=_("document_act_date", default="Where one says when the act was made"),
        required=False,
    )
    entitlement = schema.List(
        title=_("document_entitlement", default="What the law says on who may order"),
        value_type=schema.Dict(),
    )
    language_rule = schema.TextLine(
        title=_("document_language_rule", default="Language of the document")
    )
    findings = schema.List(
        title=_("document_findings", default="Findings that the clerk confirms"),
        value_type=schema.Dict(),
    )


@implementer(IOrderableDocument, IServiceBound)
class OrderableDocument(Container):
    """A document that citizens can order.

    ``applied`` are the values last brought from the town's profile, by attribute: a
    value is renewed only while the document still has it.
    """

    applied = {}

    def Title(self) -> str:
        return self.text("titles", municipality().legal_language)

    def Description(self) -> str:
        return self.text("summaries", municipality().legal_language)

    def text(self, name: str, language: str) -> str:
        """Return a text (``titles``, ``needed``, ...) in a language, else in the
        town's legal language, else in any."""
        found = getattr(self, name, None) or {}
        wanted = (language, municipality().legal_language, *found)
        return next((found[one] for one in wanted if found.get(one)), "")

    @property
    def terms(self) -> DocumentTerms:
        """The terms on which the town issues the document."""
        town = municipality()
        day = now().astimezone(ZoneInfo(town.timezone)).date()
        return terms_from(self.getId(), plain(self), town.currency, town.country, day)

    @property
    def questions(self):
        """The form with the document's questions."""
        return self[QUESTIONS]


#: The attributes that come from the catalogue and the town's profile.
NAMES = tuple(name for name in IOrderableDocument.names() if name != "retired")


def plain(document: OrderableDocument) -> dict[str, Any]:
    """Return a document's values as JSON types (amounts as decimal texts)."""
    return {name: _plain(getattr(document, name, None)) for name in NAMES}


def typed(name: str, value: Any) -> Any:
    """Return a plain value as the document stores it."""
    if name == "price":
        return Decimal(value)
    if name == "delivery_prices":
        return {way: Decimal(price) for way, price in value.items()}
    return deepcopy(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
