"""What certification adds to the front page's cards and to every page's foot."""

from plonegov.certification import _
from plonegov.core.theme.interfaces import IFooterLink
from plonegov.core.theme.interfaces import ITaskCard
from zope.interface import implementer


@implementer(ITaskCard, IFooterLink)
class VerifyEntry:
    """The way to ``verify``, for who holds a document of the town."""

    order = 40
    title = _("page_verify", default="Check a document")
    text = _(
        "card_verify_text",
        default="Did the town issue it, and does it still count? By its code or as a file.",
    )
    icon = "M12 3l7 3v5c0 5-3 8-7 10c-4-2-7-5-7-10V6zM9 12l2 2 4-4"

    def __init__(self, site, request) -> None:
        self.site = site
        self.request = request

    def available(self) -> bool:
        return True

    def url(self) -> str:
        return f"{self.site.absolute_url()}/verify"
