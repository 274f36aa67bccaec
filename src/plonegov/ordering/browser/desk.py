"""Orders that a clerk enters: choose the document, then one dense page."""

from plone import api
from plonegov.core.api import municipality
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.ordering import _
from plonegov.ordering.api import desk
from plonegov.ordering.api.counters import counter
from plonegov.ordering.api.documents import get
from plonegov.ordering.api.documents import terms
from plonegov.ordering.api.draftfiles import attachment
from plonegov.ordering.browser import deskschemas
from plonegov.ordering.browser import schemas
from plonegov.ordering.browser.base import CitizenPage
from plonegov.ordering.browser.faults import Problem
from plonegov.ordering.browser.formpage import Section
from plonegov.ordering.browser.formpages import DeliveryPage
from plonegov.ordering.browser.labels import CHANNELS
from plonegov.ordering.browser.labels import DELIVERY
from plonegov.ordering.browser.labels import IDENTITY_DOCUMENTS
from plonegov.ordering.browser.labels import relation_title
from plonegov.ordering.browser.questionspage import QuestionsPage
from plonegov.ordering.browser.today import today_crumb
from plonegov.ordering.domain.desk import EntryChannel
from plonegov.ordering.domain.desk import KEYS as ENTRY
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from uuid import uuid4


NOTHING = _("desk_nothing_seen", default="None")
CHOOSE_FILE = _(
    "desk_scan_again",
    default="A file can't be kept while something is wrong: choose it again.",
)


class Desk(CitizenPage):
    """``desk``: which document does the person at the desk want?"""

    page_title = _("page_desk", default="New order at the desk")
    index = ViewPageTemplateFile("templates/desk.pt")

    def __call__(self) -> str:
        self.private()
        return self.index()

    def documents(self) -> list[dict]:
        """Return the documents of the clerk's services, by title."""
        rows = [self.document_row(document) for document in desk.own_documents()]
        for row in rows:
            row["url"] += "/desk-order"
        return sorted(rows, key=lambda row: row["title"].casefold())

    def page_breadcrumbs(self) -> list[dict]:
        return [today_crumb(self.context, self.request)]


class DeskQuestions(QuestionsPage):
    """The document's own questions, as a part of the clerk's page."""

    def __init__(self, document, request) -> None:
        super().__init__(document, request)
        self.take_up({})
        self.problems = []


class DeskOrder(DeliveryPage):
    """``desk-order``: all of an order on one page, for a clerk who has seconds."""

    page = "desk"
    label = _("page_desk_order", default="Order at the desk or on paper")
    index = ViewPageTemplateFile("templates/desk_order.pt")
    sections = (
        Section(deskschemas.IEntry, "", _("desk_section_entry", default="Request")),
        Section(
            deskschemas.IApplicant,
            "applicant",
            _("desk_section_applicant", default="Applicant"),
        ),
        Section(
            deskschemas.ISubject,
            "subject",
            _("desk_section_subject", default="Person of the document"),
            _("desk_section_subject_hint", default="Only when it is somebody else."),
        ),
        Section(
            deskschemas.IDelivery, "", _("desk_section_delivery", default="Delivery")
        ),
        Section(
            schemas.IAddress,
            "applicant.address",
            _("desk_section_address", default="Address of the applicant"),
            _("desk_section_address_hint", default="Only needed to post the document."),
        ),
        Section(deskschemas.IScan, "", _("desk_section_scan", default="Paper")),
    )

    def __call__(self) -> str:
        self.private()
        get(self.document.getId())
        self.terms = terms(self.document)
        self.problems, self.message = [], None
        self.draft, self.content = None, {}
        self.questions = DeskQuestions(self.document, self.request)
        self.questions.update()
        self.update()
        if self.posted() and self.accepted() and self.take():
            return self.redirect(f"{self.order.absolute_url()}#top")
        return self.index()

    # The questions -------------------------------------------------------------

    def left_out(self):
        out = list(super().left_out())
        if not self.terms.deceased_allowed:
            out.append("subject.deceased")
        return tuple(out)

    def choices(self, name):
        if name == "channel":
            return [(str(way), CHANNELS[way], "") for way in EntryChannel]
        if name == "identity_document":
            seen = [(kind, title, "") for kind, title in IDENTITY_DOCUMENTS.items()]
            return [("", NOTHING, ""), *seen]
        if name == "relation":
            country = self.terms.country
            return [
                (str(relation), relation_title(relation, country), "")
                for relation in self.terms.relations
            ]
        if name == "delivery":
            return [
                (str(way), self.priced(way, price), "")
                for way, price in self.terms.delivery_prices.items()
            ]
        return super().choices(name)

    def priced(self, way, price) -> str:
        """Return a way of delivery with what it costs."""
        return f"{self.say(DELIVERY[way])} ({self.more(price)})"

    def hint(self, name):
        if name == "scan":
            return _(
                "desk_scan_hint",
                default="PDF, JPEG or PNG; ${limit} MB at most.",
                mapping={"limit": municipality().limits.upload_megabytes},
            )
        return ""

    def preset(self, name):
        first = {
            "channel": str(EntryChannel.DESK),
            "relation": str(self.terms.relations[0]),
            "language": municipality().legal_language,
        }
        if name == "delivery":
            ways = list(map(str, self.terms.delivery_prices))
            return "counter" if "counter" in ways else ways[0]
        return first.get(name) or super().preset(name)

    # What was sent -----------------------------------------------------------------

    @property
    def key(self) -> str:
        """The key of this page's order: sent twice it makes one order."""
        given = self.request.form.get("key", "")
        return given if isinstance(given, str) and given else uuid4().hex

    def take(self) -> bool:
        content = self.typed()
        content.pop("scan", None)
        asked, errors = self.questions.extracted()
        entry = {name: content.pop(name) for name in ENTRY}
        payload = {
            **content,
            "document": self.document.getId(),
            "answers": asked["answers"],
            "attachments": self.scans(content["relation"]),
        }
        faults: tuple[Fault, ...] = ()
        try:
            if errors:
                desk.check(payload, entry)
            else:
                self.order = desk.enter(
                    payload,
                    entry,
                    idempotency_key=self.key,
                    take="take" in self.request.form,
                )
        except InvalidInput as error:
            faults = error.faults
        if errors or faults:
            return self.report_all(errors, faults)
        message = _("desk_saved", default="The order is saved. Print its receipt.")
        api.portal.show_message(message, self.request)
        return True

    def scans(self, relation: str) -> list[dict[str, str]]:
        """Return the file that was sent, as what the relation asks for."""
        sent = self.request.form.get("scan")
        if not getattr(sent, "filename", ""):
            return []
        mandate = relation in self.terms.mandate_for
        data = sent.read(municipality().limits.upload_bytes + 1)
        question = "mandate" if mandate else "proof"
        return [attachment(question, sent.filename, data)]

    def report_all(self, errors, faults) -> bool:
        """Show what is wrong: of the page, then of the document's own questions."""
        own = [fault for fault in faults if not fault.field.startswith("answers")]
        asked = [fault for fault in faults if fault.field.startswith("answers")]
        self.report(own)
        self.questions.mark(errors, asked)
        self.problems += self.questions.problems
        if getattr(self.request.form.get("scan"), "filename", ""):
            widget = self.widgets["scan"]
            widget.problem = widget.problem or CHOOSE_FILE
            self.problems.append(
                Problem(widget.field.title, CHOOSE_FILE, f"#{widget.target}")
            )
        return False

    def widget_of(self, fault):
        if fault.field.startswith("attachments"):
            return self.widgets["scan"]
        return super().widget_of(fault)

    def url_of(self, fault):
        widget = self.widget_of(fault)
        return f"#{widget.target}" if widget is not None else "#top"

    # What the template shows -----------------------------------------------------

    def page_breadcrumbs(self):
        return [
            today_crumb(counter(), self.request),
            {"title": self.say(Desk.page_title), "url": f"{self.counter_url}/desk"},
        ]
