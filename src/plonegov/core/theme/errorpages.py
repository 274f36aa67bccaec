"""What a person reads when a page is not there, not theirs, or broken."""

from plonegov.core import _
from Products.CMFPlone.browser.exceptions import ExceptionView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


TITLES = {
    "NotFound": _("error_title_not_found", default="This page does not exist"),
    "Forbidden": _("error_title_forbidden", default="You may not see this page"),
    "Unauthorized": _("error_title_forbidden", default="You may not see this page"),
}
BROKEN = _("error_title_broken", default="Something went wrong on our side")


class ErrorPage(ExceptionView):
    """The stock exception view in the town's page, without technical details."""

    page = ViewPageTemplateFile("templates/error_page.pt")

    @property
    def page_title(self):
        return TITLES.get(self.kind(), BROKEN)

    def kind(self) -> str:
        """Return ``NotFound``, ``Forbidden``, ``Unauthorized`` or another class."""
        return getattr(self, "error_type", "")

    def index(self, error_type: str, error_tb: str) -> str:
        self.error_type = error_type
        return self.page()
