from AccessControl.class_init import InitializeClass
from AccessControl.SecurityInfo import ClassSecurityInfo
from plone.dexterity.content import Item as Content
from plone.supermodel import model
from plonegov.deliberations import _
from plonegov.deliberations.interfaces import IItemPart
from zope import schema
from zope.interface import implementer


class IAnnex(model.Schema):
    """A file of an item."""

    title = schema.TextLine(title=_("annex_title", default="Title"))


@implementer(IAnnex, IItemPart)
class Annex(Content):
    """A file of an item, kept byte for byte.

    ``confidential``: only the item's service, the secretary and, once they read the item,
    the members of the body read it;
    ``publishable``: its cleaned copy may be shown with the decision.
    """

    portal_type = "plonegov.Annex"

    security = ClassSecurityInfo()
    security.declarePrivate("file")

    file = None
    confidential = False
    publishable = False


InitializeClass(Annex)
