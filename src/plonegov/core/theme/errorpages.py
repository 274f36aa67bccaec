"""What a person reads when a page is not there, not theirs, or broken."""

from plone.rest.errors import ErrorHandling
from plone.rest.interfaces import IAPIRequest
from plonegov.core import _
from Products.CMFPlone.browser.exceptions import ExceptionView
from Products.Five import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


FORBIDDEN = "Forbidden"
TITLES = {
    "NotFound": _("error_title_not_found", default="This page does not exist"),
    FORBIDDEN: _("error_title_forbidden", default="You may not see this page"),
    "Unauthorized": _("error_title_forbidden", default="You may not see this page"),
}
BROKEN = _("error_title_broken", default="Something went wrong on our side")


class ErrorPage(ExceptionView):
    """The stock exception view in the town's page, without technical details."""

    page = ViewPageTemplateFile("templates/error_page.pt")

    def __call__(self) -> str | None:
        if IAPIRequest.providedBy(self.request):
            # The site's layer comes before that of REST: leave programs to plone.rest.
            return ErrorHandling(self.context, self.request)()
        return super().__call__()

    @property
    def page_title(self):
        return TITLES.get(self.kind(), BROKEN)

    def kind(self) -> str:
        """Return ``NotFound``, ``Forbidden``, ``Unauthorized`` or another class."""
        return getattr(self, "error_type", "")

    def index(self, error_type: str, error_tb: str) -> str:
        self.error_type = error_type
        return self.page()


class NoAccess(BrowserView):
    """Where Plone sends a signed-in person who may not see a page."""

    page = ViewPageTemplateFile("templates/error_page.pt")
    page_title = TITLES[FORBIDDEN]

    def kind(self) -> str:
        return FORBIDDEN

    def __call__(self) -> str:
        self.request.response.setStatus(403)
        return self.page()
