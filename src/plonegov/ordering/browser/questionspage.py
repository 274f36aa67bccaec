"""The document's questions, as EasyForm shows them; their answers go into the draft."""

from collective.easyform.browser.view import EasyFormForm
from datetime import date
from functools import cached_property
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.ops.texts import text_of
from plonegov.ordering import _
from plonegov.ordering.adapters.editions import schema_of
from plonegov.ordering.api import drafts
from plonegov.ordering.api import versions
from plonegov.ordering.browser.faults import Problem
from plonegov.ordering.browser.steps import Step
from plonegov.ordering.domain.errors import FormChanged
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from z3c.form.button import Buttons
from z3c.form.button import Handlers
from z3c.form.interfaces import ISingleCheckBoxWidget
from zope.i18nmessageid import Message


class QuestionsPage(Step, EasyFormForm):
    """EasyForm's form over its own schema, without its buttons and its actions."""

    page = "questions"
    label = _("page_questions", default="About the document")
    index = ViewPageTemplateFile("templates/questions.pt")
    buttons = Buttons()
    handlers = Handlers()
    allow_prefill_from_GET_request = False
    enable_form_tabbing = False
    enable_autofocus = False
    enable_unload_protection = False

    def __init__(self, document, request):
        super().__init__(document.questions, request)
        self._document = document
        self.form_digest = versions.digest(document)
        self.only: frozenset[str] = frozenset()
        self.marked: dict[str, Message] = {}

    @property
    def document(self):
        return self._document

    @cached_property
    def schema(self):
        return schema_of(self.context)

    def update(self) -> None:
        self.ignoreRequest = not self.posted()
        self.only = self.asked_only()
        super(EasyFormForm, self).update()
        self.markWidgets()
        typed = self.content.get("typed", {})
        for name, widget in self.all_widgets():
            widget.prompt = True  # a list begins with no choice, else it would answer
            if self.ignoreRequest and name in typed:
                widget.value = typed[name]

    def asked_only(self) -> frozenset[str]:
        """Return the questions that the page is about, where the others were answered
        before the form changed; empty for all."""
        if not self.posted():
            return frozenset() if self.changing() else self.news.asked
        posted = str(self.request.form.get("only", ""))
        return self.news.asked.union(posted.split(",")) if posted else frozenset()

    def updateFields(self) -> None:
        super().updateFields()
        if self.only:
            for part in (self, *self.groups):
                shown = [name for name in part.fields if name in self.only]
                part.fields = part.fields.select(*shown)

    def all_widgets(self) -> list[tuple[str, Any]]:
        """Return the widgets of the form and of its fieldsets, by question."""
        found = list(self.widgets.items())
        for group in self.groups:
            found += group.widgets.items()
        return [(widget.field.getName(), widget) for _name, widget in found]

    def blocks(self) -> list[dict]:
        """Return the fieldsets with their questions."""
        blocks = [{"title": "", "widgets": self.shown(self.widgets)}]
        blocks += [
            {"title": group.label, "widgets": self.shown(group.widgets)}
            for group in self.groups
        ]
        return [block for block in blocks if block["widgets"]]

    def shown(self, widgets) -> list[dict]:
        return [self.row(widget) for widget in widgets.values()]

    def row(self, widget) -> dict:
        """Return a question: widget, problem, whether it brings its own label."""
        problem = self.marked.get(widget.field.getName())
        ids = [f"{widget.id}-hint"] if widget.field.description else []
        if problem:
            ids.append(f"{widget.id}-error")
            widget.attributes["aria-invalid"] = "true"
        if ids and hasattr(widget, "attributes"):
            widget.attributes["aria-describedby"] = " ".join(ids)
        return {
            "widget": widget,
            "problem": problem,
            "tick": ISingleCheckBoxWidget.providedBy(widget),
        }

    def typed(self):
        content, _errors = self.extracted()
        return content

    def extracted(self) -> tuple[drafts.Content, tuple]:
        """Return the content with what was typed, and what the widgets refused."""
        data, errors = self.extractData()
        answers = dict(self.content.get("answers", {})) if self.only else {}
        answers |= {name: as_json(value) for name, value in data.items()}
        for error in errors:  # what the widget refused is put to the rules as typed
            answers[error.widget.field.getName()] = error.widget.value
        typed = dict(self.content.get("typed", {})) if self.only else {}
        typed |= {
            name: widget.value
            for name, widget in self.all_widgets()
            if isinstance(widget.value, str | list | tuple)
        }
        given = {"answers": answers, "typed": typed, "schema": self.form_shown()}
        return self.content | given, errors

    def put_aside(self) -> bool:
        versions.keep(self.document)
        return super().put_aside()

    def take(self) -> bool:
        content, errors = self.extracted()
        if content["schema"] != self.form_digest:
            return self.tell_changes(content)
        faults: tuple[Fault, ...] = ()
        try:
            self.examine(self.page, content)
        except InvalidInput as error:
            faults = error.faults
        if faults or errors:
            return self.mark(errors, faults)
        versions.keep(self.document)
        self.keep(content)
        return True

    def form_shown(self) -> str:
        """Return the digest of the form on the page that was sent."""
        return str(self.request.form.get("schema", self.form_digest))

    def tell_changes(self, content: drafts.Content) -> bool:
        """Show the form as it is now with what was typed, and what changed in it."""
        self.news = versions.news(self.document, content)
        return self.refuse(text_of(FormChanged.code), FormChanged.status)

    def mark(self, errors, faults) -> bool:
        """Show what is wrong at its question: what the rules say, else the widget."""
        texts = {error.widget.field.getName(): error.message for error in errors}
        texts |= {
            fault.field.removeprefix("answers."): self.text_of(fault)
            for fault in faults
        }
        self.marked = texts
        self.problems = [
            Problem(widget.label, self.marked[name], f"#{widget.id}")
            for name, widget in self.all_widgets()
            if name in self.marked
        ]
        self.request.response.setStatus(422, lock=True)
        return False


def as_json(value: Any) -> Any:
    """Return an answer as ``POST @orders`` takes it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, set | frozenset | list | tuple):
        return [as_json(one) for one in value]
    return value
