"""``order``: the order form of a document, one address for each page."""

from plonegov.ordering.api.documents import get
from plonegov.ordering.browser.base import CitizenPage
from plonegov.ordering.browser.check import CheckPage
from plonegov.ordering.browser.formpages import AboutPage
from plonegov.ordering.browser.formpages import DeliveryPage
from plonegov.ordering.browser.formpages import WhoPage
from plonegov.ordering.browser.questionspage import QuestionsPage
from plonegov.ordering.browser.savepages import DeletePage
from plonegov.ordering.browser.savepages import SavedPage
from plonegov.ordering.browser.savepages import SavePage
from zExceptions import NotFound
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


VIEWS = {
    view.page: view
    for view in (
        *(WhoPage, AboutPage, DeliveryPage, QuestionsPage, CheckPage),
        *(SavePage, SavedPage, DeletePage),
    )
}


@implementer(IPublishTraverse)
class Wizard(CitizenPage):
    """``order/who``, ``order/about`` and so on; ``order`` leads to the first."""

    page = ""

    def publishTraverse(self, request, name):
        if self.page or name not in VIEWS:
            raise NotFound(name)
        self.page = name
        return self

    def __call__(self) -> str:
        get(self.context.getId())
        if not self.page:
            return self.redirect(f"{self.context.absolute_url()}/order/who")
        return VIEWS[self.page](self.context, self.request)()
