from plone.dexterity.content import Item
from plone.supermodel import model
from plonegov.deliberations import _
from zope import schema
from zope.interface import implementer
from zope.interface import Invalid
from zope.interface import invariant


class Period(model.Schema):
    """From one day to another, both included; without a last day it goes on."""

    first_day = schema.Date(title=_("period_first_day", default="From"))
    last_day = schema.Date(
        title=_("period_last_day", default="Until"),
        description=_("period_last_day_help", default="Empty: it goes on."),
        required=False,
    )

    @invariant
    def in_order(data):
        if data.last_day and data.last_day < data.first_day:
            raise Invalid(
                _("error_period_order", default="The last day comes after the first.")
            )


class IMandate(Period):
    """A person sits in a body."""

    title = schema.TextLine(
        title=_("mandate_name", default="Name"),
        description=_("mandate_name_help", default="Surname and first name."),
    )
    role = schema.TextLine(
        title=_("mandate_role", default="Role"),
        description=_(
            "mandate_role_help", default="For example councillor, alderman, president."
        ),
        required=False,
        default="",
    )
    group = schema.TextLine(
        title=_("mandate_group", default="Political group"), required=False, default=""
    )
    rank = schema.Int(
        title=_("mandate_rank", default="Order of precedence"),
        description=_("mandate_rank_help", default="1 comes first."),
        min=1,
        default=1,
    )
    account = schema.TextLine(
        title=_("mandate_account", default="Account"),
        description=_(
            "mandate_account_help",
            default="Who signs in with it reads the documents of the body's meetings.",
        ),
        required=False,
        default="",
    )
    email = schema.TextLine(
        title=_("mandate_email", default="E-mail address"),
        description=_("mandate_email_help", default="Convocations are sent to it."),
        required=False,
        default="",
    )


@implementer(IMandate)
class Mandate(Item):
    """A mandate; its UID names the member in attendance and votes."""
