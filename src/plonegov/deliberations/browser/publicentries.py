"""What deliberations add to every page's main entries and to the front page's cards."""

from plonegov.core.theme.interfaces import IMainEntry
from plonegov.core.theme.interfaces import ITaskCard
from plonegov.deliberations import _
from plonegov.deliberations.api.publishing import DECISIONS_ID
from zope.interface import implementer


@implementer(IMainEntry)
class DecisionsEntry:
    """The town's decisions, for everybody."""

    order = 30
    title = _("decisions_title", default="Decisions")

    def __init__(self, site, request) -> None:
        self.site = site
        self.request = request

    def available(self) -> bool:
        return DECISIONS_ID in self.site

    def url(self) -> str:
        return f"{self.site.absolute_url()}/{DECISIONS_ID}"


@implementer(ITaskCard)
class DecisionsCard(DecisionsEntry):
    """The front page's card."""

    order = 30
    title = _("card_decisions", default="Read the decisions of the council")
    text = _(
        "card_decisions_text",
        default="Agendas and drafts before the sittings, decisions and votes after them.",
    )
    icon = "M4 20h16M6 17v-7M10 17v-7M14 17v-7M18 17v-7M4 10h16M12 3l8 4H4z"
