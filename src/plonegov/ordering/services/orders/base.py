from plone.restapi.services import Service
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


@implementer(IPublishTraverse)
class OrdersService(Service):
    """``@orders`` and what stands after it: a reference, a transition."""

    def __init__(self, context, request):
        super().__init__(context, request)
        self.path: list[str] = []

    def publishTraverse(self, request, name):
        self.path.append(name)
        return self

    def render(self):
        """Answer, and keep every cache away from it."""
        self.request.response.setHeader("Cache-Control", "no-store")
        return super().render()
