"""``sharing``: Plone's page with a label on every tick."""

from plone.app.workflow.browser.sharing import SharingView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18n import translate


class Sharing(SharingView):
    template = ViewPageTemplateFile("templates/sharing.pt")

    def label_of(self, role: dict[str, Any], entry: dict[str, Any]) -> str:
        """Return what a tick gives to whom."""
        title = translate(role["title"], context=self.request)
        return f"{title}: {entry['title'] or entry['id']}"
