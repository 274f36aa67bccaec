"""The questions of our own pages: text as typed, checked by ``domain`` alone.

A question is a field that takes any text, so that every rule stands in one place and
REST and the pages say the same. Its widget knows how to ask: one line, a day in three
parts, radio buttons, a tick, a list or a file.
"""

from plonegov.ordering import _
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from z3c.form.interfaces import IFieldWidget
from z3c.form.interfaces import NO_VALUE
from z3c.form.widget import FieldWidget
from z3c.form.widget import Widget
from zope import schema
from zope.i18nmessageid import Message
from zope.interface import implementer
from zope.schema.interfaces import IText


class IInput(IText):
    """A question of the order form."""


@implementer(IInput)
class Input(schema.Text):
    """A question of the order form.

    :param kind: line, day, radio, check, list or file.
    :param optional: marked as such; the rules themselves stand in ``domain``.
    :param autocomplete: HTML's name of what the browser may fill in.
    :param inputmode: the keyboard to show on a telephone.
    :param width: class of the input's width: number, code, short or empty.
    """

    def __init__(
        self,
        *,
        kind: str = "line",
        optional: bool = False,
        autocomplete: str = "",
        inputmode: str = "",
        input_type: str = "text",
        width: str = "",
        **kwargs,
    ) -> None:
        super().__init__(required=False, **kwargs)
        self.kind = kind
        self.optional = optional
        self.autocomplete = autocomplete
        self.inputmode = inputmode
        self.input_type = input_type
        self.width = width


#: Parts of a day: name, label, HTML's autocomplete, digits.
PARTS = (
    ("day", _("part_day", default="Day"), "bday-day", 2),
    ("month", _("part_month", default="Month"), "bday-month", 2),
    ("year", _("part_year", default="Year"), "bday-year", 4),
)


class InputWidget(Widget):
    """Shows a question with its label, hint and error; extracts what was typed.

    The page sets ``hint``, ``choices`` (value, label, hint) for radio and list, and
    ``kept`` (files that it has), ``accept`` and ``more`` (whether it takes another one)
    for files.
    """

    template = ViewPageTemplateFile("templates/input.pt")
    choices: tuple = ()
    hint: Message | str = ""
    kept: tuple = ()
    accept = ""
    more = True
    problem: Message | None = None
    #: Where the document, not the question, makes an answer optional.
    optional = False

    def render(self) -> str:
        return self.template(self)

    @property
    def kind(self) -> str:
        return self.field.kind

    @property
    def target(self) -> str:
        """Id of the element that a link to this question leads to."""
        if self.kind == "day":
            return f"{self.id}-day"
        if self.kind == "radio" and self.choices:
            return f"{self.id}-{self.choices[0][0]}"
        return self.id

    def described_by(self) -> str | None:
        """Return the ids of hint and error for ``aria-describedby``."""
        ids = [f"{self.id}-hint"] if self.hint else []
        if self.problem:
            ids.append(f"{self.id}-error")
        return " ".join(ids) or None

    def extract(self, default=NO_VALUE):
        if self.kind == "file":
            return default
        if self.kind == "day":
            return self._typed_day()
        return self._typed(self.name)

    def _typed(self, name: str) -> str:
        value = self.request.form.get(name, "")
        return value if isinstance(value, str) else ""

    def _typed_day(self) -> str:
        day, month, year = (
            self._typed(f"{self.name}-{part}").strip() for part, *_rest in PARTS
        )
        if not (day or month or year):
            return ""
        return "-".join((year, month and f"{month:0>2}", day and f"{day:0>2}"))

    def parts(self) -> list[dict]:
        """Return day, month and year: name, id, label, value and so on."""
        year, month, day = [*(self.value or "").split("-", 2), "", ""][:3]
        values = {"day": day, "month": month, "year": year}
        return [
            {
                "name": f"{self.name}-{part}",
                "id": f"{self.id}-{part}",
                "label": label,
                "value": self._shown(part, values[part]),
                "autocomplete": fill if self.field.autocomplete else "off",
                "size": size,
            }
            for part, label, fill, size in PARTS
        ]

    def _shown(self, part: str, value: str) -> str:
        """Show a part again as it was typed."""
        typed = self._typed(f"{self.name}-{part}")
        return typed if typed and not self.ignoreRequest else value


@implementer(IFieldWidget)
def InputFieldWidget(field, request):
    """Factory of the widget of a question."""
    return FieldWidget(field, InputWidget(request))
