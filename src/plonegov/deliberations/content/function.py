from plone.dexterity.content import Item
from plonegov.deliberations import _
from plonegov.deliberations.content.mandate import Period
from zope import schema
from zope.interface import implementer


class IFunction(Period):
    """Who holds an office of the town, acts for its holder, or signs by delegation."""

    title = schema.TextLine(title=_("function_name", default="Name"))
    office = schema.Choice(
        title=_("function_office", default="Office"),
        vocabulary="plonegov.deliberations.offices",
    )
    capacity = schema.Choice(
        title=_("function_capacity", default="In which capacity"),
        vocabulary="plonegov.deliberations.capacities",
        default="holder",
    )
    delegation = schema.TextLine(
        title=_("function_delegation", default="Delegation"),
        description=_(
            "function_delegation_help",
            default="The decision that delegates the signature, as it is printed.",
        ),
        required=False,
        default="",
    )
    account = schema.TextLine(
        title=_("function_account", default="Account"), required=False, default=""
    )


@implementer(IFunction)
class Function(Item):
    """A function of the town's staff or of a member."""
