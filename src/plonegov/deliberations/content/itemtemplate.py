from plone.app.textfield import RichText
from plone.dexterity.content import Item
from plone.supermodel import model
from plonegov.deliberations import _
from zope import schema
from zope.interface import implementer


class IItemTemplate(model.Schema):
    """Texts that a new item begins with."""

    title = schema.TextLine(title=_("item_title", default="Title"))
    category = schema.Choice(
        title=_("item_category", default="Category"),
        vocabulary="plonegov.deliberations.categories",
    )
    motivation = RichText(
        title=_("item_motivation", default="Motivation"),
        allowed_mime_types=("text/html",),
        required=False,
    )
    decision = RichText(
        title=_("item_decision", default="Decision"),
        allowed_mime_types=("text/html",),
        required=False,
    )
    recurring = schema.Bool(
        title=_("template_recurring", default="Recurring"),
        description=_(
            "template_recurring_help",
            default="It joins each new meeting of the body by itself.",
        ),
        required=False,
        default=False,
    )


@implementer(IItemTemplate)
class ItemTemplate(Item):
    """A template of items of one body."""
