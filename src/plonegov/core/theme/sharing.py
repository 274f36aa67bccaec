"""``sharing``: Plone's page with a label on every tick, for who may see what is shared."""

from AccessControl import Unauthorized
from plone.app.workflow.browser.sharing import SharingView
from plonegov.core.theme.frame import is_open
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18n import translate


class Sharing(SharingView):
    template = ViewPageTemplateFile("templates/sharing.pt")

    def __call__(self) -> Any:
        """Show the page, which tells the title of what is shared.

        :raises Unauthorized: one may give roles here, but not see what it is.
        """
        if not is_open(self.context):
            raise Unauthorized("sharing")
        return super().__call__()

    def label_of(self, role: dict[str, Any], entry: dict[str, Any]) -> str:
        """Return what a tick gives to whom."""
        title = translate(role["title"], context=self.request)
        return f"{title}: {entry['title'] or entry['id']}"
