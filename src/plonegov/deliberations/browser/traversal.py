"""How the address of a page of a meeting is read."""

from plone.dexterity.browser.traversal import DexterityPublishTraverse
from plonegov.deliberations.content.meeting import IMeeting
from plonegov.deliberations.interfaces import IDeliberationsLayer
from typing import Any
from zope.component import adapter
from zope.component import queryMultiAdapter


#: Pages of a meeting that are called as what they show is called on the meeting.
PAGES = ("attendance", "minutes")


@adapter(IMeeting, IDeliberationsLayer)
class MeetingTraverse(DexterityPublishTraverse):
    """Finds the pages on a meeting's attendance and minutes.

    Zope looks for an attribute first; these two attributes are private, so that the
    addresses of both pages would be refused to everybody.
    """

    def publishTraverse(self, request: Any, name: str) -> Any:
        if name in PAGES:
            found = queryMultiAdapter((self.context, request), name=name)
            if found is not None:
                return found
        return super().publishTraverse(request, name)
