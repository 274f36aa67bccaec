from plone.dexterity.content import Container
from plone.supermodel import model
from plonegov.deliberations import _
from zope import schema
from zope.interface import implementer


class IBody(model.Schema):
    """A council, college or committee; the town's profile says what it is."""

    title = schema.TextLine(title=_("body_title", default="Name"))


@implementer(IBody)
class Body(Container):
    """A body of the town: its mandates and item templates are its children.

    ``kind`` is a ``domain.model.BodyKind``, ``rules`` the id of its rule set, ``preset``
    the id of its items' workflow, ``publicity`` a ``domain.bodies.Publicity``.
    ``levels`` are the names of the levels of review and, for the second, its service, as
    rows ``{"titles": {language: text}, "service": id}``. ``categories`` are ids of the
    pool in the order of the agenda; an item's service comes in the order of the town's
    services. ``finance_service`` gives the finance director's advice (empty: nobody).
    ``applied`` is what the profile brought last.

    The class gives no types: its ``__annotations__`` are zope.annotation's.
    """

    titles = {}
    kind = "council"
    rules = ""
    preset = "reviewed"
    publicity = "none"
    levels = ()
    categories = ()
    finance_service = ""
    applied = {}
