"""Who may not view a page gets no view of it.

Plone's ``title``, ``description``, ``sitemap``, ``contact-info`` and others are public
whatever they are asked on, and tell the title of a private page to everybody.
"""

from AccessControl import getSecurityManager
from AccessControl import Unauthorized
from plone.base.interfaces import IPloneSiteRoot
from plonegov.core.interfaces import IMunicipalityLayer
from Products.CMFCore.interfaces import IContentish
from Products.CMFCore.permissions import View
from zope.component import adapter
from ZPublisher.interfaces import IPubAfterTraversal


@adapter(IPubAfterTraversal)
def check_view(event: IPubAfterTraversal) -> None:
    """Subscriber: what is published in a town lies on content that one may view.

    :raises Unauthorized: one may not.
    """
    request = event.request
    if not IMunicipalityLayer.providedBy(request):
        return
    contents = filter(IContentish.providedBy, request.get("PARENTS", ()))
    content = next(contents, None)
    if content is None or IPloneSiteRoot.providedBy(content):
        return
    if not getSecurityManager().checkPermission(View, content):
        raise Unauthorized(request.get("URL"))
