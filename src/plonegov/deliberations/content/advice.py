from AccessControl.class_init import InitializeClass
from AccessControl.SecurityInfo import ClassSecurityInfo
from plone.dexterity.content import Item as Content
from plone.supermodel import model
from plonegov.deliberations import _
from plonegov.deliberations.content.lives import last_of
from plonegov.deliberations.interfaces import IItemPart
from zope import schema
from zope.interface import implementer


WORKFLOW = "plonegov_advice_workflow"


class IAdvice(model.Schema):
    """What a service says of an item."""

    adviser = schema.TextLine(title=_("advice_adviser", default="Service"))


@implementer(IAdvice, IItemPart)
class Advice(Content):
    """An advice of a service on an item.

    ``adviser`` is the id of the service, ``by_rule`` that a rule asks for it (its id;
    empty: it is optional). ``due`` is the last day on which it counts as in time (None:
    no delay), ``told`` the day on which the service was told that it is due. ``opinion`` is a ``domain.advices.Opinion`` or empty, ``text`` its
    reasons. ``former`` are opinions before it was asked again, as rows of ISO time,
    opinion and text.
    """

    portal_type = "plonegov.Advice"

    security = ClassSecurityInfo()
    for _name in ("text", "former"):
        security.declarePrivate(_name)

    adviser = ""
    by_rule = ""
    confidential = False
    asked = None
    due = None
    told = None
    given = None
    opinion = ""
    text = ""
    former = ()

    @property
    def state(self) -> str:
        """The state of the advice's workflow, without a look-up of the tool."""
        return last_of(self, WORKFLOW)


InitializeClass(Advice)
