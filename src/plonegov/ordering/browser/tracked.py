"""What the pages about a followed order share: the gate, and the order in words."""

from plone import api
from plonegov.core.ops.texts import text_of
from plonegov.core.records.events import entries
from plonegov.ordering import _
from plonegov.ordering.api import seals
from plonegov.ordering.api.gate import applicant_is_asked
from plonegov.ordering.api.handingout import may_fetch
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.browser.answers import answer_rows
from plonegov.ordering.browser.clock import ClockPart
from plonegov.ordering.browser.cookies import details_opened
from plonegov.ordering.browser.cookies import followed
from plonegov.ordering.browser.inputs import PARTS
from plonegov.ordering.browser.steps import TOKEN_WRONG
from plonegov.ordering.browser.thanks import OrderPage
from plonegov.ordering.browser.words import HAPPENED
from plonegov.ordering.browser.words import NEXT_READY
from plonegov.ordering.browser.words import NEXT_STEPS
from plonegov.ordering.browser.words import STATES as STATE_LABELS
from plonegov.ordering.browser.words import WAYS
from plonegov.ordering.domain.states import Actor
from plonegov.ordering.domain.states import ENDS
from plonegov.ordering.domain.states import STATES
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope.i18nmessageid import Message


#: States in which the document is still to be made; the applicant may withdraw.
UNDER_WAY = ("submitted", "in_progress", "awaiting_citizen")


class Tracked(ClockPart, OrderPage):
    """A page about the order that the visitor's cookie opens.

    The link alone shows document, state, next step and what happened when. All that is
    about a person asks for the birth date first, unless the owner is signed in.
    """

    index = ViewPageTemplateFile("templates/track.pt")
    gate_parts = ViewPageTemplateFile("templates/track_gate.pt")
    turn_parts = ViewPageTemplateFile("templates/track_turn.pt")
    detail_parts = ViewPageTemplateFile("templates/track_details.pt")
    data_parts = ViewPageTemplateFile("templates/my_data.pt")
    page_title = _("page_track", default="Follow your order")
    problems: tuple[dict, ...] = ()

    def private(self) -> None:
        """Let no address say to others which order one follows."""
        super().private()
        self.request.response.setHeader("Referrer-Policy", "no-referrer")

    def find(self) -> bool:
        """Look up the order that the visitor's cookie opens; say whether one is."""
        order = followed(self.request)
        if order is not None:
            self.order = order
        return order is not None

    def is_posted(self) -> bool:
        return self.request["REQUEST_METHOD"] == "POST"

    def opened(self) -> bool:
        """Say whether the visitor may see what the order tells of a person."""
        return self.is_owner() or details_opened(self.request, self.order)

    def is_owner(self) -> bool:
        """Say whether the signed-in visitor placed the order."""
        owner = self.order.owner_id
        return bool(owner) and owner == api.user.get_current().getId()

    def to_track(self) -> str:
        return self.redirect(f"{self.counter_url}/track")

    def refuse(self, status: int, *problems: tuple[Message, str]) -> str:
        """Show the page again with what is wrong, each with the id of its field."""
        self.problems = tuple(
            {"text": text, "target": target} for text, target in problems
        )
        self.request.response.setStatus(status, lock=True)
        return self.index()

    def refuse_token(self, target: str) -> str:
        return self.refuse(403, (TOKEN_WRONG, target))

    def problem_of(self, target: str) -> str | None:
        """Return what is wrong with a field."""
        for problem in self.problems:
            if problem["target"] == target:
                return problem["text"]
        return None

    def typed(self, name: str) -> str:
        """Return what was typed into a field."""
        value = self.request.form.get(name, "")
        return value if isinstance(value, str) else ""

    def birth_parts(self) -> list[dict]:
        """Return the day, month and year of the birth date that is asked for."""
        return [
            {"id": f"birth-{part}", "name": f"birth_date-{part}", "label": label}
            | {"size": size, "value": self.typed(f"birth_date-{part}")}
            for part, label, _fill, size in PARTS
        ]

    def asks_applicant(self) -> bool:
        """Say whether the birth date is the applicant's, not the subject's."""
        return applicant_is_asked(self.order)

    def question(self) -> str:
        """Return what the service asked last."""
        asked = [e for e in entries(self.order) if e.action == "ask"]
        return asked[-1].details.get("text", "") if asked else ""

    def unsent(self) -> list[str]:
        """Return the names of the files that wait for the answer."""
        return [blob.filename for _question, blob in self.order.unsent_files]

    def may_fetch(self) -> bool:
        """Say whether the document itself may be downloaded here."""
        return may_fetch(self.order)

    def check_url(self) -> str:
        """Return where a sealed document that may be downloaded is checked, or ""."""
        return seals.check_url(self.order) if self.may_fetch() else ""

    def may_withdraw(self) -> bool:
        return self.order.state in UNDER_WAY

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
        """Return what comes next; how a document comes is told behind the gate."""
        if self.order.state == "ready" and self.opened():
            return NEXT_READY.get(self.order.delivery, NEXT_STEPS["ready"])
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

    def erasure_day(self) -> str:
        """Return the day on which people are taken out of the order, if it is known."""
        day = self.order.erasure_day
        return self.day(day) if day else ""

    def anonymised_day(self) -> str:
        return self.day(self.order.anonymised)

    def names(self) -> dict[str, str]:
        """Return the applicant's name, and the subject's where it is another."""
        order = self.order
        people = {"applicant": order.applicant}
        if order.relation != "self":
            people["subject"] = order.subject
        return {
            role: f"{person['first_name']} {person['last_name']}"
            for role, person in people.items()
        }

    def way(self) -> Message:
        return WAYS[self.order.delivery]

    def answers(self) -> list[dict]:
        """Return the questions of the form and what was answered."""
        return answer_rows(self.order, self.language(), self.request)

    def files(self) -> list[str]:
        return [blob.filename for _question, blob in self.order.attachments]


class DetailPage(Tracked):
    """A page behind the gate: who has not opened it is led to it."""

    #: The field that a refused form leads to.
    target = ""

    def __call__(self) -> str:
        self.private()
        if not self.find() or not self.opened():
            return self.to_track()
        if not self.is_posted():
            return self.show()
        return self.act() if self.is_ours() else self.refuse_token(self.target)

    def show(self) -> str:
        """Answer a GET."""
        return self.index()

    def act(self) -> str:
        """Answer a POST from a page of ours."""
        return self.to_track()

    def refuse_error(self, error) -> str:
        """Show the page again with the text of an error."""
        return self.refuse(
            error.status, (text_of(error.code, error.context), self.target)
        )
