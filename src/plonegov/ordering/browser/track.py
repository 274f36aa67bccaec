"""``track``: where an order is, for who has its link."""

from collections.abc import Callable
from plone import api
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import PlonegovError
from plonegov.core.errors import RecordNotFound
from plonegov.core.identity.errors import InvalidValue
from plonegov.core.ops.texts import text_of
from plonegov.core.records.events import entries
from plonegov.ordering import _
from plonegov.ordering.adapters.roles import APPLICANT
from plonegov.ordering.api import handling
from plonegov.ordering.api.links import find_for_citizen
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.browser.clock import ClockPart
from plonegov.ordering.browser.cookies import follow
from plonegov.ordering.browser.cookies import followed
from plonegov.ordering.browser.steps import TOKEN_WRONG
from plonegov.ordering.browser.thanks import OrderPage
from plonegov.ordering.browser.words import HAPPENED
from plonegov.ordering.browser.words import NEXT_READY
from plonegov.ordering.browser.words import NEXT_STEPS
from plonegov.ordering.browser.words import STATES as STATE_LABELS
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.states import Actor
from plonegov.ordering.domain.states import ENDS
from plonegov.ordering.domain.states import STATES
from plonegov.ordering.domain.text import clean_text
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope.component import getMultiAdapter
from zope.i18nmessageid import Message


#: States in which the document is still to be made; the applicant may withdraw.
UNDER_WAY = ("submitted", "in_progress", "awaiting_citizen")


def answer(order: Order, text: str) -> None:
    """Take the citizen's answer.

    :raises InvalidInput: it is empty or too long.
    """
    try:
        cleaned = clean_text(text)
    except InvalidValue as error:
        raise InvalidInput([Fault("text", error.code, error.context)]) from error
    if not cleaned:
        raise InvalidInput([Fault("text", "required")])
    handling.answer(order, cleaned)


#: What who has the link may do.
VERBS: dict[str, Callable[[Order, str], None]] = {
    "answer": answer,
    "withdraw": lambda order, text: handling.withdraw(order),
}

NOT_FOUND = _(
    "track_not_found",
    default="This link opens no order. Check that it is complete: it is on the page "
    "after your order, and in our mails.",
)


class Track(ClockPart, OrderPage):
    """The link alone shows document, state and next step: no name, no answer."""

    index = ViewPageTemplateFile("templates/track.pt")
    form = ViewPageTemplateFile("templates/track_form.pt")
    message: Message | None = None
    page_title = _("page_track", default="Follow your order")

    def __call__(self) -> str:
        self.private()
        self.request.response.setHeader("Referrer-Policy", "no-referrer")
        query = self.request.form
        if self.request["REQUEST_METHOD"] == "POST":
            return self.act()
        if "order" in query or "secret" in query:
            return self.open(query.get("order", ""), query.get("secret", ""))
        order = followed(self.request)
        if order is None:
            return self.form()
        self.order = order
        return self.index()

    def open(self, reference: str, secret: str) -> str:
        """Move the secret from the address into a cookie."""
        try:
            order = find_for_citizen(str(reference), str(secret))
        except RecordNotFound:
            self.message = NOT_FOUND
            self.request.response.setStatus(404, lock=True)
            return self.form()
        follow(self.request, order)
        return self.redirect(f"{self.counter_url}/track")

    def act(self) -> str:
        """Do what the citizen may do without an account: answer or withdraw."""
        order = followed(self.request)
        if order is None:
            return self.redirect(f"{self.counter_url}/track")
        self.order = order
        authenticator = getMultiAdapter(
            (self.context, self.request), name="authenticator"
        )
        if not authenticator.verify():
            return self.refuse(TOKEN_WRONG, 403)
        verb = VERBS.get(str(self.request.form.get("action")))
        if verb is None:
            raise ActionNotAllowed()
        try:
            with api.env.adopt_roles([APPLICANT]):
                verb(order, self.typed_answer())
        except InvalidInput as error:
            fault = error.faults[0]
            return self.refuse(text_of(fault.code, fault.context), 422)
        except PlonegovError as error:
            return self.refuse(text_of(error.code, error.context), error.status)
        return self.redirect(f"{self.counter_url}/track")

    def refuse(self, message: Message, status: int) -> str:
        """Show the order again with what is wrong; nothing was changed."""
        self.message = message
        self.request.response.setStatus(status, lock=True)
        return self.index()

    def typed_answer(self) -> str:
        value = self.request.form.get("text", "")
        return value if isinstance(value, str) else ""

    def question(self) -> str:
        """Return what the service asked last."""
        asked = [e for e in entries(self.order) if e.action == "ask"]
        return asked[-1].details.get("text", "") if asked else ""

    def may_withdraw(self) -> bool:
        return self.order.state in UNDER_WAY

    def typed(self) -> str:
        """Return the reference as it was typed."""
        value = self.request.form.get("order", "")
        return value if isinstance(value, str) else ""

    def state_label(self) -> Message:
        return STATE_LABELS[self.order.state]

    def your_turn(self) -> bool:
        """Whether the citizen must act."""
        return STATES[self.order.state].actor is Actor.CITIZEN

    def ended(self) -> bool:
        return self.order.state in ENDS

    def clock_runs(self) -> bool:
        """Whether the promised day stands: it moves while the citizen must act."""
        return STATES[self.order.state].clock_runs

    def next_step(self) -> Message:
        if self.order.state == "ready" and self.order.delivery in NEXT_READY:
            return NEXT_READY[self.order.delivery]
        return NEXT_STEPS[self.order.state]

    def timeline(self) -> list[dict]:
        """Return what happened so far, oldest first: text and day."""
        return [
            {"text": HAPPENED[entry.action], "day": self.day(town_today(entry.when))}
            for entry in entries(self.order)
            if entry.action in HAPPENED
        ]

    def promised(self) -> str:
        return self.day(self.order.due)
