"""The form's own pages, who, about and delivery: z3c.form over ``schemas``."""

from babel import Locale
from dataclasses import dataclass
from phonenumbers import PhoneNumberFormat
from plone import api
from plonegov.core.api import municipality
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.identity.contact import countries
from plonegov.core.identity.numbers import NUMBER_UNUSED
from plonegov.core.money import Money
from plonegov.ordering import _
from plonegov.ordering.api import drafts
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.browser import entitled
from plonegov.ordering.browser import schemas
from plonegov.ordering.browser.inputs import InputWidget
from plonegov.ordering.browser.steps import anchor
from plonegov.ordering.browser.steps import Step
from plonegov.ordering.browser.typed import as_typed
from plonegov.ordering.browser.typed import inside
from plonegov.ordering.browser.typed import put
from plonegov.ordering.browser.words import about
from plonegov.ordering.browser.words import LANGUAGES
from plonegov.ordering.browser.words import NUMBER_HINTS
from plonegov.ordering.browser.words import WAYS
from plonegov.ordering.domain.entitlement import UNRELATED
from plonegov.ordering.domain.model import Relation
from plonegov.ordering.domain.verdicts import Facts
from typing import Any
from z3c.form.field import Fields
from z3c.form.form import Form
from zope.i18nmessageid import Message
from zope.interface.interface import InterfaceClass

import phonenumbers


BORN_OF_RELATED = _(
    "birth_date_hint_related",
    default="For example 30 7 1985. A lawyer, a notary and who orders what is open to "
    "everybody may leave it empty.",
)
CHOOSE = _("form_choose", default="Choose one of the answers, please.")


@dataclass(frozen=True)
class Section:
    """Questions under one heading; ``prefix`` is their place in the request."""

    schema: InterfaceClass
    prefix: str = ""
    title: Message | str = ""
    hint: Message | str = ""


FILES = tuple(schemas.IFile)


class FormPage(Step, Form):
    """A page of questions that ``domain.intake`` checks."""

    prefix = ""
    sections: tuple[Section, ...] = ()
    ignoreContext = True

    def update(self) -> None:
        self.ignoreRequest = not self.posted()
        self.fields = Fields()
        for section in self.sections:
            self.fields += Fields(section.schema, prefix=section.prefix)
        self.fields = self.fields.omit(*self.left_out())
        Form.update(self)
        for name, widget in self.widgets.items():
            widget.choices = self.choices(name)
            widget.hint = self.hint(name) or widget.field.description
            if self.ignoreRequest:
                widget.value = as_typed(inside(self.content, name, self.preset(name)))

    def updateWidgets(self, prefix: str | None = None) -> None:
        super().updateWidgets(prefix="")

    def blocks(self) -> list[dict]:
        """Return the sections with their widgets."""
        return [
            {
                "title": section.title,
                "hint": section.hint,
                "widgets": [
                    widget
                    for name, widget in self.widgets.items()
                    if name in Fields(section.schema, prefix=section.prefix)
                ],
            }
            for section in self.sections
        ]

    def left_out(self) -> tuple[str, ...]:
        """Return the names of questions that don't arise."""
        if self.terms.country in NUMBER_UNUSED:
            return ("applicant.national_number", "subject.national_number")
        return ()

    def choices(self, name: str) -> list[tuple[str, Any, Any]]:
        """Return value, label and hint of a question's choices."""
        return []

    def hint(self, name: str) -> Message | str:
        """Return a hint that depends on the town or the document, if any."""
        if name.endswith(".national_number"):
            return NUMBER_HINTS.get(municipality().country, "")
        if name.endswith(".phone"):
            return _(
                "phone_hint",
                default="Only for a question about this order. For example ${example}",
                mapping={"example": phone_example(municipality().country)},
            )
        return ""

    def preset(self, name: str) -> str:
        """Return what stands in a question that was not answered yet."""
        return ""

    def take(self) -> bool:
        content = self.typed()
        try:
            self.examine(self.page, content)
        except InvalidInput as error:
            return self.report(error.faults)
        self.keep(content)
        return True

    def typed(self) -> drafts.Content:
        """Return the draft's content with what was typed on this page."""
        data, _errors = self.extractData()
        content = self.content
        for name, value in data.items():
            value = value or ""
            if self.widgets[name].kind == "check":
                value = value == "yes"
            content = put(content, name, value)
        return content

    def report(self, faults: tuple[Fault, ...]) -> bool:
        super().report(faults)
        for fault, problem in zip(faults, self.problems, strict=True):
            widget = self.widget_of(fault)
            if widget is not None:
                widget.problem = problem.text
        return False

    def url_of(self, fault: Fault) -> str:
        widget = self.widget_of(fault)
        return f"#{widget.target}" if widget is not None else super().url_of(fault)

    def label_of(self, fault: Fault) -> Message | str:
        widget = self.widget_of(fault)
        return widget.field.title if widget is not None else super().label_of(fault)

    def text_of(self, fault: Fault) -> Message:
        widget = self.widget_of(fault)
        if fault.code == "required" and widget is not None and widget.kind == "radio":
            return CHOOSE
        return super().text_of(fault)

    def widget_of(self, fault: Fault) -> InputWidget | None:
        """Return the question that a fault belongs to."""
        for name, widget in self.widgets.items():
            if name.replace(".", "-") == anchor(fault.field):
                return widget
        return None


class WhoPage(FormPage):
    """Who orders, and in which relation to the person of the document."""

    page = "who"
    label = _("page_who", default="Who are you?")
    sections = (
        Section(schemas.IWhom),
        Section(
            schemas.IApplicant, "applicant", _("section_applicant", default="About you")
        ),
        Section(
            schemas.IReach, "applicant", _("section_reach", default="How we reach you")
        ),
    )

    def left_out(self):
        """Nobody's birth date is asked for where no relation needs it (GDPR, article
        5(1)(c))."""
        needless = set(self.terms.relations) <= set(UNRELATED)
        out = ("applicant.birth_date", "applicant.national_number")
        return (*super().left_out(), *(out if needless else ()))

    def choices(self, name):
        if name != "relation":
            return []
        return entitled.choices(self, self.terms, town_today())

    def hint(self, name):
        if name == "applicant.birth_date" and set(self.terms.relations) & set(
            UNRELATED
        ):
            return BORN_OF_RELATED
        return super().hint(name)

    def preset(self, name):
        if name == "relation" and len(self.terms.relations) == 1:
            return str(self.terms.relations[0])
        if name == "applicant.email" and not api.user.is_anonymous():
            return api.user.get_current().getProperty("email", "")
        return ""

    def keep(self, content):
        changed = content["relation"] != self.content.get("relation")
        super().keep(content)
        if changed:
            self.draft.files.clear()


class AboutPage(FormPage):
    """Whom the document is about, when it is somebody else."""

    page = "about"
    label = _("page_about", default="Who is the document about?")
    sections = (Section(schemas.ISubject, "subject"), Section(schemas.IFile))

    @property
    def relation(self) -> str:
        return self.content.get("relation", "")

    @property
    def question(self) -> str:
        """What a file answers: the mandate, or any other proof."""
        return "mandate" if self.relation in self.terms.mandate_for else "proof"

    def left_out(self):
        out = [
            *super().left_out(),
            "proof" if self.question == "mandate" else "mandate",
        ]
        if self.relation in UNRELATED:
            out.append("proof")
        told = self.terms.subject_deceased or self.relation == "heir"
        if told or not self.terms.deceased_allowed:
            out.append("subject.deceased")
        return tuple(dict.fromkeys(out))

    def relation_label(self) -> Message:
        return about(self.relation, self.terms.country) if self.relation else ""

    def hint(self, name):
        if name not in FILES:
            return super().hint(name)
        limit = {"limit": municipality().limits.upload_megabytes}
        facts = Facts(Relation(self.relation), town_today())
        proofs = entitled.named_proofs(self, self.terms, facts)
        asked = schemas.IFile["mandate" if proofs["proofs"] else name]
        files = Message(asked.description, mapping=limit)
        return entitled.file_hint(self, proofs, files) if proofs["proofs"] else files

    def update(self):
        super().update()
        born = self.widgets["subject.birth_date"]
        born.optional = self.terms.subject_deceased
        kept = self.draft.files.get(self.question) if self.draft else None
        if kept is not None and self.question in self.widgets:
            self.widgets[self.question].kept_file = kept.filename

    def upload(self):
        """Return the file that was sent, or None."""
        sent = self.request.form.get(self.question)
        return sent if getattr(sent, "filename", "") else None

    def typed(self):
        content = super().typed()
        content.pop("mandate", None)
        content.pop("proof", None)
        if self.relation == "heir" and self.terms.deceased_allowed:
            content = put(content, "subject.deceased", True)
        return content

    def take(self):
        content, upload, name = self.typed(), self.upload(), self.question
        files = [] if self.removed() else drafts.attachments_of(self.draft)
        data = b""
        if upload is not None:
            data = upload.read(municipality().limits.upload_bytes + 1)
            files = [drafts.attachment(name, upload.filename, data)]
        try:
            self.examine(self.page, content, files)
        except InvalidInput as error:
            return self.report(error.faults)
        self.keep(content)
        if self.removed():
            drafts.drop_file(self.draft, name)
        try:
            if upload is not None:
                drafts.keep_file(self.draft, name, upload.filename, data)
        except InvalidInput as error:
            return self.report(error.faults)
        return True

    def removed(self) -> bool:
        return self.request.form.get(f"{self.question}-remove") == "yes"

    def widget_of(self, fault):
        if fault.field.startswith("attachments"):
            return self.widgets.get(self.question)
        return super().widget_of(fault)


class DeliveryPage(FormPage):
    """How the document comes, how many copies, and in which language we write."""

    page = "delivery"
    label = _("page_delivery", default="How do you get the document?")
    sections = (
        Section(schemas.IDelivery),
        Section(
            schemas.IAddress,
            "applicant.address",
            _("section_address", default="Your address"),
            _("section_address_hint", default="Only needed if we post the document."),
        ),
        Section(schemas.ILanguage),
    )

    def choices(self, name):
        if name == "delivery":
            return [
                (str(way), WAYS[way], self.more(price))
                for way, price in self.terms.delivery_prices.items()
            ]
        if name == "language":
            return [(code, title, "") for code, title in LANGUAGES.items()]
        if name == "applicant.address.country":
            return self.countries()
        return []

    def hint(self, name):
        if name == "copies":
            return _(
                "copies_hint",
                default="${most} at most",
                mapping={"most": self.terms.max_copies},
            )
        return super().hint(name)

    def more(self, price) -> str:
        amount = Money(price, self.terms.currency)
        if not price:
            return self.say(_("delivery_free", default="No extra cost"))
        return self.say(
            _(
                "delivery_extra",
                default="${price} more",
                mapping={"price": self.amount(amount)},
            )
        )

    def countries(self) -> list[tuple[str, str, str]]:
        """Return all countries by name in the page's language, the town's own first."""
        names = Locale.parse(self.language()).territories
        own = municipality().country
        others = sorted(
            (names.get(code, code), code) for code in countries() if code != own
        )
        return [(own, names[own], "")] + [(code, name, "") for name, code in others]

    def preset(self, name):
        if name == "copies":
            return "1"
        if name == "language":
            return self.language() if self.language() in LANGUAGES else "fr"
        if name == "applicant.address.country":
            return municipality().country
        return ""

    def typed(self):
        content = super().typed()
        address = inside(content, "applicant.address", {})
        if not any(value for name, value in address.items() if name != "country"):
            content = put(content, "applicant.address", {})
        return content


def phone_example(country: str) -> str:
    """Return a telephone number of nobody as the country writes it."""
    number = phonenumbers.example_number(country)
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
