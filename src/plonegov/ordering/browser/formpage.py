"""A page of the form with questions of its own: z3c.form over ``schemas``."""

from collections.abc import Sequence
from dataclasses import dataclass
from phonenumbers import PhoneNumberFormat
from plonegov.core.api import municipality
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.identity.numbers import NUMBER_UNUSED
from plonegov.ordering import _
from plonegov.ordering.api import drafts
from plonegov.ordering.browser.faults import anchor
from plonegov.ordering.browser.inputs import InputWidget
from plonegov.ordering.browser.steps import Step
from plonegov.ordering.browser.words import NUMBER_HINTS
from typing import Any
from z3c.form.field import Fields
from z3c.form.form import Form
from zope.i18nmessageid import Message
from zope.interface.interface import InterfaceClass

import phonenumbers


CHOOSE = _("form_choose", default="Choose one of the answers, please.")


@dataclass(frozen=True)
class Section:
    """Questions under one heading; ``prefix`` is their place in the request."""

    schema: InterfaceClass
    prefix: str = ""
    title: Message | str = ""
    hint: Message | str = ""


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
                "known": self.known(section),
                "widgets": [
                    widget
                    for name, widget in self.widgets.items()
                    if name in Fields(section.schema, prefix=section.prefix)
                ],
            }
            for section in self.sections
        ]

    def known(self, section: Section) -> list[tuple[Message, str]]:
        """Return what is known of a section and not asked, as label and value."""
        return []

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

    def report(self, faults: Sequence[Fault]) -> bool:
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


def phone_example(country: str) -> str:
    """Return a telephone number of nobody as the country writes it."""
    number = phonenumbers.example_number(country)
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)


def inside(content: drafts.Content, path: str, default: Any) -> Any:
    """Return the value at a dotted path."""
    for name in path.split("."):
        if not isinstance(content, dict) or name not in content:
            return default
        content = content[name]
    return content


def put(content: drafts.Content, path: str, value: Any) -> drafts.Content:
    """Return a copy of some content with a value at a dotted path."""
    name, _dot, rest = path.partition(".")
    if rest:
        value = put(content.get(name) or {}, rest, value)
    return {**content, name: value}


def as_typed(value: Any) -> str:
    """Return a kept value as its question shows it."""
    if isinstance(value, bool):
        return "yes" if value else ""
    return str(value)
