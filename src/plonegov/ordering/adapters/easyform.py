"""The only action of a document's questions: it makes no order."""

from collective.easyform.actions import Action
from collective.easyform.actions import ActionFactory
from collective.easyform.interfaces import IAction
from plone.supermodel.exportimport import BaseHandler
from plonegov.ordering import _
from plonegov.ordering.domain.errors import DirectOrderRefused
from zope.interface import implementer


class ICreateOrder(IAction):
    """Action: an order is created by the steps of the counter."""


@implementer(ICreateOrder)
class CreateOrder(Action):
    """Refuse what is sent to the form itself.

    The counter's last step places the order; so a form without this action would
    swallow answers silently, and with another one would keep them elsewhere.
    """

    def onSuccess(self, fields, request):
        raise DirectOrderRefused()


CreateOrderAction = ActionFactory(
    CreateOrder,
    _("action_create_order", default="Create order"),
    "plonegov.ordering.ManageQuestions",
)
CreateOrderHandler = BaseHandler(CreateOrder)
