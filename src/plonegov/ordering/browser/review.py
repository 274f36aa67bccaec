"""The clerk's page of one order: facts and documents, the next step, the history."""

from babel.dates import format_date
from datetime import date
from datetime import datetime
from functools import cached_property
from plone import api
from plonegov.core.api import municipality
from plonegov.core.money import format_money
from plonegov.core.money import money
from plonegov.core.municipality.model import Address
from plonegov.core.ops.readlog import log_read
from plonegov.core.ops.texts import text_of
from plonegov.core.records.events import actor
from plonegov.core.records.events import entries
from plonegov.core.records.events import origin
from plonegov.core.records.steps import offered
from plonegov.core.theme.page import ShowsFaults
from plonegov.core.theme.people import person_name
from plonegov.core.typed.codes import grouped
from plonegov.ordering import _
from plonegov.ordering.adapters.serializers import masked_numbers
from plonegov.ordering.api import handling
from plonegov.ordering.api import seals
from plonegov.ordering.api.changes import serial
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.browser.answers import answer_rows
from plonegov.ordering.browser.base import FREE
from plonegov.ordering.browser.clock import ClockPart
from plonegov.ordering.browser.history import history_row
from plonegov.ordering.browser.labels import ACTIONS
from plonegov.ordering.browser.labels import DELIVERY
from plonegov.ordering.browser.labels import FILES
from plonegov.ordering.browser.labels import HAND_OVER
from plonegov.ordering.browser.labels import MAKE
from plonegov.ordering.browser.labels import relation_title
from plonegov.ordering.browser.labels import REVEAL_REASONS
from plonegov.ordering.browser.labels import STATE_TITLES
from plonegov.ordering.browser.options import field_options
from plonegov.ordering.browser.options import motive_title
from plonegov.ordering.browser.queue import OrderQueue
from plonegov.ordering.browser.queue import TAGS
from plonegov.ordering.browser.receipt import entry_facts
from plonegov.ordering.browser.relations import relation_part
from plonegov.ordering.browser.sureness import asked_labels
from plonegov.ordering.browser.sureness import Sureness
from plonegov.ordering.browser.today import today_crumb
from plonegov.ordering.domain.model import Finding
from plonegov.ordering.domain.model import Kind
from plonegov.ordering.domain.reading import HANDLING
from plonegov.ordering.domain.reference import format_reference
from plonegov.ordering.domain.states import STATES
from Products.Five import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18n import translate
from zope.i18nmessageid import Message


#: Empty rows offered below what a table already holds.
SPARE_ROWS = 3

#: The button that comes next where the workflow offers a transition; making an order
#: ready needs more than one (see ``next_action``).
NEXT = {"start": "take", "answer": "answer", "hand_over": "hand_over"}

#: In which order the other offered transitions have their buttons.
MORE = ("ask", "reopen", "answer", "reject", "withdraw", "expire")


#: What is done in the page's own sections, to which the panel leads.
IN_THE_PAGE = (
    "accept_relation",
    "confirm_findings",
    "attach_act",
    "register_address",
)


class OrderReview(ShowsFaults, ClockPart, BrowserView):
    """Everything a clerk needs of an order on one page; opening it is logged."""

    index = ViewPageTemplateFile("templates/review.pt")
    erased = ViewPageTemplateFile("templates/review_erased.pt")
    people_parts = ViewPageTemplateFile("templates/review_people.pt")
    finding_parts = ViewPageTemplateFile("templates/review_findings.pt")
    address_parts = ViewPageTemplateFile("templates/review_address.pt")
    reveal_reasons = tuple(REVEAL_REASONS.items())
    relation_parts = ViewPageTemplateFile("templates/review_relation.pt")
    action_parts = ViewPageTemplateFile("templates/review_actions.pt")
    identity_parts = ViewPageTemplateFile("templates/review_identity.pt")
    entry_parts = ViewPageTemplateFile("templates/review_entry.pt")
    address_label = _(
        "check_address", default="No address protection stands in the register"
    )
    #: Whether a colleague was faster (``changed.ChangedReview``).
    changed = False

    def __call__(self) -> str:
        log_read("open_order", self.context.reference, actor(), origin(), HANDLING)
        self.request.response.setHeader("Cache-Control", "no-store")
        return self.erased() if self.context.anonymised else self.index()

    @property
    def seen(self) -> int:
        """The serial of what is shown; each form sends it along."""
        return serial(self.context)

    def language(self) -> str:
        return api.portal.get_current_language()

    @property
    def reference(self) -> str:
        return format_reference(self.context.reference)

    @property
    def page_title(self) -> Message:
        mapping = {"reference": self.reference}
        return _("review_heading", default="Order ${reference}", mapping=mapping)

    def page_breadcrumbs(self) -> list[dict[str, str]]:
        counter = self.context.aq_parent
        title = translate(OrderQueue.title, context=self.request)
        queue = {"title": title, "url": f"{counter.absolute_url()}/queue"}
        return [today_crumb(counter, self.request), queue]

    @property
    def document_title(self) -> str:
        titles = self.context.document_title
        return titles.get(self.language()) or titles[municipality().legal_language]

    @property
    def state(self) -> dict[str, Any]:
        state = self.context.state
        return {
            "id": state,
            "title": STATE_TITLES[state],
            "tag": TAGS.get(state, "neutral"),
        }

    @property
    def due(self) -> dict[str, Any]:
        order = self.context
        late = order.due < town_today() and STATES[order.state].clock_runs
        return {
            "text": format_date(order.due, "full", locale=self.language()),
            "late": late,
        }

    @property
    def erased_day(self) -> str:
        return format_date(self.context.anonymised, "full", locale=self.language())

    @property
    def motive(self) -> str:
        """The kind of reason for which the order was rejected, in words, or ""."""
        return motive_title(self.context.motive_code, self.language())

    @property
    def assigned(self) -> str:
        return person_name(self.context.assigned)

    @property
    def errors(self) -> list[dict[str, Any]]:
        """Return what is wrong, each with its question and the id of its element."""
        verb = self.typed.get("verb", "")
        asked = dict(ACTIONS.get(verb, ((), ()))[1])
        asked |= {row["field"]: row["title"] for row in self.findings}
        asked |= asked_labels()
        return [
            {
                "label": asked.get(fault.field, ""),
                "text": text_of(fault.code, fault.context),
                "target": f"{verb}-{fault.field}" if verb in ACTIONS else fault.field,
            }
            for fault in self.faults
        ]

    @cached_property
    def people(self) -> list[dict[str, Any]]:
        order, numbers = self.context, masked_numbers(self.context)
        roles = ("applicant",) if order.relation == "self" else ("applicant", "subject")
        return [
            {"role": role, "number": numbers.get(role, ""), **getattr(order, role)}
            for role in roles
        ]

    def born(self, person: dict[str, Any]) -> str:
        text = person["birth_date"]
        if not text:
            return ""
        return format_date(date.fromisoformat(text), "long", locale=self.language())

    def address(self, person: dict[str, Any]) -> str:
        found = person["address"]
        street = Address(**found).street_line
        place = " ".join(filter(None, (found["postal_code"], found["locality"])))
        return ", ".join(filter(None, (street, place, found["country"])))

    @cached_property
    def sureness(self) -> Sureness:
        return Sureness(self.context, self)

    @property
    def entered(self) -> dict[str, Any] | None:
        """How a clerk got the order, where one entered it."""
        return entry_facts(self.context, self.language())

    @property
    def relation(self) -> Message:
        return relation_title(self.context.relation, municipality().country)

    @property
    def relation_part(self) -> dict[str, Any]:
        return relation_part(self.context, self.language(), self.value_of)

    @property
    def delivery(self) -> Message:
        return DELIVERY[self.context.delivery]

    @property
    def price(self) -> str:
        """The price in words; nothing to pay is said so, as to the citizen."""
        amount = money(self.context.price, self.context.currency)
        if not amount.amount:
            return translate(FREE, context=self.request)
        return format_money(amount, self.language())

    @cached_property
    def answers(self) -> list[dict[str, Any]]:
        return answer_rows(self.context, self.language(), self.request)

    @property
    def files(self) -> list[dict[str, str]]:
        base = f"{self.context.absolute_url()}/order-file?name="
        return [
            {
                "title": blob.filename,
                "url": f"{base}{number}",
                "question": FILES.get(question, ""),
            }
            for number, (question, blob) in enumerate(self.context.attachments)
        ]

    @property
    def former(self) -> list[dict[str, Any]]:
        """Documents that were handed over and replaced, the latest first."""
        base = f"{self.context.absolute_url()}/order-file?name=former-"
        rows = [
            {
                "url": f"{base}{number}",
                "reason": reason,
                "day": format_date(
                    town_today(datetime.fromisoformat(when)), locale=self.language()
                ),
            }
            for number, (when, reason, _file) in enumerate(self.context.former)
        ]
        return rows[::-1]

    @cached_property
    def findings(self) -> list[dict[str, Any]]:
        definitions = handling.findings_of(self.context)
        return [self._finding(finding) for finding in definitions]

    def _finding(self, finding: Finding) -> dict[str, Any]:
        order, language = self.context, self.language()
        field = f"findings.{finding.id}"
        value = self.value_of(field, order.findings.get(finding.id, ""))
        claimed = {row["id"]: row["value"] for row in self.answers}
        rows = list(value) if finding.type == "rows" and value else []
        spare = [{}] * SPARE_ROWS if finding.type == "rows" else []
        return {
            "field": field,
            "type": str(finding.type),
            "title": finding.title.get(language) or finding.title["en"],
            "required": finding.required,
            "value": value,
            "claimed": claimed.get(finding.question, ""),
            "columns": [
                {"id": column, "title": titles.get(language) or titles["en"]}
                for column, titles in finding.columns.items()
            ],
            "rows": rows + spare,
            "error": self.error_of(field),
        }

    @property
    def working(self) -> bool:
        """Whether findings and files may still change."""
        return self.context.state in handling.OPEN

    @property
    def upload_limit(self) -> int:
        """The largest file that may be attached, in megabytes."""
        return municipality().limits.upload_megabytes

    @property
    def is_act(self) -> bool:
        return self.context.kind == Kind.ATTACHED

    @cached_property
    def offered(self) -> set[str]:
        """The transitions that the workflow offers to who looks at the page."""
        return offered(self.context)

    @cached_property
    def seals(self) -> bool:
        """Whether who looks at the page may have the document sealed."""
        return seals.is_offered(self.context)

    @cached_property
    def check_url(self) -> str:
        """The page that checks the sealed document; "": there is none that counts."""
        return seals.check_url(self.context)

    @property
    def seal_code(self) -> str:
        """The code of the sealed document in groups, as people type it."""
        return grouped(self.context.seal_code)

    @property
    def next_action(self) -> str:
        """Return the id of the one action that comes next, or ""."""
        order = self.context
        if "make_ready" not in self.offered:
            return next((NEXT[name] for name in NEXT if name in self.offered), "")
        if not order.facts().relation_accepted:
            return "accept_relation"
        if not self.is_act and not order.findings_confirmed:
            return "confirm_findings"
        if self.is_act and order.act is None:
            return "attach_act"
        if self.sureness.asks_address and not order.registered_address:
            return "register_address"
        if order.issued is not None:
            return "make_ready"
        return "seal" if self.seals else "produce"

    def action(self, verb: str) -> dict[str, Any]:
        label, fields = ACTIONS[verb]
        if self.seals:
            label = MAKE.get((verb, bool(self.check_url)), label)
        if verb == "hand_over":
            label = HAND_OVER[self.context.delivery]
            if self.sureness.warning is None or self.context.delivery != "counter":
                fields = ()
        again = self.typed.get("verb") == verb
        return {
            "verb": verb,
            "label": label,
            "fields": [
                {
                    "id": f"{verb}-{name}",
                    "name": name,
                    "label": title,
                    "options": field_options(name, self.language()),
                    "value": self.value_of(name) if again else "",
                    "error": self.error_of(name) if again else None,
                }
                for name, title in fields
            ],
        }

    @property
    def primary(self) -> dict[str, Any] | None:
        verb = self.next_action
        if not verb or verb in IN_THE_PAGE:
            return None
        return self.action(verb)

    @property
    def more(self) -> list[dict[str, Any]]:
        """Return what else may be done, in the order of the buttons."""
        order, first = self.context, self.next_action
        verbs = [name for name in MORE if name in self.offered]
        verbs += ["note", "unpay" if order.paid else "pay"]
        mine = order.assigned == api.user.get_current().getId()
        verbs.append("release" if mine else "take")
        if "make_ready" in self.offered and order.issued is not None:
            verbs.insert(0, "produce")
        if first == "seal":
            verbs.insert(0, "produce")
        elif "produce" in verbs and self.seals:
            verbs.insert(0, "seal")
        return [self.action(verb) for verb in verbs if verb != first]

    @property
    def history(self) -> list[dict[str, Any]]:
        rows = reversed(entries(self.context))
        return [history_row(entry, self.language()) for entry in rows]
