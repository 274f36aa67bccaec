"""What became of the orders that were selected in the queue."""

from functools import cached_property
from plone import api
from plone.protect import CheckAuthenticator
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.ops.texts import text_of
from plonegov.core.records.events import entries
from plonegov.ordering import _
from plonegov.ordering.api import bulk
from plonegov.ordering.browser.history import history_row
from plonegov.ordering.browser.labels import STATE_TITLES
from plonegov.ordering.browser.queue import BULK_TITLES
from plonegov.ordering.browser.queue import OrderQueue
from plonegov.ordering.domain.bulk import BULK
from plonegov.ordering.domain.errors import OrderChanged
from plonegov.ordering.domain.reference import format_reference
from Products.Five import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zExceptions import MethodNotAllowed
from zope.i18n import translate
from zope.i18nmessageid import Message


#: What the buttons of the result are called that the queue does not have.
TITLES = {**BULK_TITLES, "unpay": _("bulk_unpay", default="Mark as not paid")}

UNDO = {
    "take": _("bulk_undo_take", default="Give these orders back"),
    "release": _("bulk_undo_release", default="Take these orders again"),
    "pay": _("bulk_undo_pay", default="Mark these orders as not paid"),
    "unpay": _("bulk_undo_unpay", default="Mark these orders as paid again"),
}


class QueueAction(BrowserView):
    """Do with each selected order what the button says; show what became of it."""

    index = ViewPageTemplateFile("templates/bulk.pt")

    def __call__(self) -> str:
        if self.request.method != "POST":
            raise MethodNotAllowed()
        CheckAuthenticator(self.request)
        self.request.response.setHeader("Cache-Control", "no-store")
        selected = self.request.form.get("selected", [])
        selected = [selected] if isinstance(selected, str) else selected
        if not selected:
            message = _("bulk_nothing", default="Select the orders first.")
            api.portal.show_message(message, self.request, "warning")
            self.request.response.redirect(self.queue_url, 303)
            return ""
        shown = [bulk.Shown.read(text) for text in selected]
        self.outcome = bulk.do_all(str(self.request.form.get("verb", "")), shown)
        return self.index()

    @property
    def page_title(self) -> Message:
        return TITLES[self.outcome.verb]

    def page_breadcrumbs(self) -> list[dict[str, str]]:
        title = translate(OrderQueue.title, context=self.request)
        return [{"title": title, "url": self.queue.base_url}]

    @cached_property
    def queue(self) -> OrderQueue:
        """The queue as the address of the form asked for it."""
        return OrderQueue(self.context, self.request)

    @property
    def queue_url(self) -> str:
        return self.queue.page_url(self.queue.asked.start)

    @property
    def state(self) -> dict[str, Any]:
        return self.queue.state

    @property
    def numbers(self) -> dict[str, int]:
        outcome = self.outcome
        done, refused = len(outcome.done), len(outcome.refused)
        left = len(outcome.left)
        return {"done": done, "all": done + refused + left, "left": left}

    @property
    def most(self) -> int:
        return BULK[self.outcome.verb].most

    @property
    def undo(self) -> dict[str, Any] | None:
        """The form that takes back what was done, where that can be."""
        verb = BULK[self.outcome.verb].undo
        if not verb or not self.outcome.undoable:
            return None
        return {
            "verb": verb,
            "title": UNDO[self.outcome.verb],
            "selected": list(map(str, self.outcome.undoable)),
        }

    @property
    def go_on(self) -> dict[str, Any]:
        """The form that does the same with those that were too many."""
        return {
            "verb": self.outcome.verb,
            "title": _("bulk_go_on", default="Go on with the next ones"),
            "selected": list(map(str, self.outcome.left)),
        }

    @property
    def refused(self) -> list[dict[str, Any]]:
        """The orders with which nothing was done: link, reason, what a colleague did."""
        return [self._refused(each) for each in self.outcome.refused]

    def _refused(self, refusal: bulk.Refusal) -> dict[str, Any]:
        reference, error = refusal.shown.reference, refusal.error
        row = {
            "reference": reference,
            "url": "",
            "reason": _reason(error),
            "last": None,
        }
        if error.status == 404:
            return row
        order = bulk.find(refusal.shown)
        row["reference"] = format_reference(order.reference)
        row["url"] = order.absolute_url()
        if isinstance(error, OrderChanged):
            row["last"] = history_row(entries(order)[-1], self.queue.language)
        return row


def _reason(error: Any) -> Message:
    """Return why an order was refused, as far as the state is to blame by its name."""
    if isinstance(error, ActionNotAllowed) and "state" in error.context:
        return _(
            "bulk_wrong_state",
            default="Not possible in the state “${state}”.",
            mapping={"state": STATE_TITLES[error.context["state"]]},
        )
    return text_of(error.code, error.context)
