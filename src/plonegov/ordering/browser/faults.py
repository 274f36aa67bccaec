"""What is wrong on a page of the order form: in words, and where it can be mended."""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from plonegov.core.errors import Fault
from plonegov.core.ops.texts import in_language
from plonegov.core.ops.texts import text_of
from plonegov.ordering import _
from plonegov.ordering.browser.base import CitizenPage
from plonegov.ordering.browser.way import FIELDS
from plonegov.ordering.browser.way import NEEDS_SUBJECT
from typing import Any
from zope.i18nmessageid import Message

import re


ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

DAY_WRONG = _(
    "form_day_wrong",
    default="There is no such day. Write the day, the month and the year with 4 digits.",
)


@dataclass(frozen=True)
class Problem:
    """A line of the error summary: what is wrong, and where it can be mended."""

    label: Message | str
    text: Message
    url: str


class Faults(CitizenPage):
    """A page that shows faults; ``problems`` are the lines of its summary."""

    def report(self, faults: Iterable[Fault]) -> bool:
        """Show faults in the summary, each with its question and a link to it."""
        for fault in faults:
            self.problems.append(
                Problem(self.label_of(fault), self.text_of(fault), self.url_of(fault))
            )
        self.request.response.setStatus(422, lock=True)
        return False

    def label_of(self, fault: Fault) -> Message | str:
        """Return the question that a fault belongs to; empty when none is shown."""
        return ""

    def text_of(self, fault: Fault) -> Message:
        """Return what is wrong, in words that fit a day asked in three parts."""
        if fault.code == "date_invalid":
            return DAY_WRONG
        return text_of(fault.code, self.spoken(fault.context))

    def spoken(self, context: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of an error with days in words."""
        return {
            name: self.day(date.fromisoformat(value))
            if isinstance(value, str) and ISO_DAY.fullmatch(value)
            else value
            for name, value in in_language(context, self.language()).items()
        }

    def url_of(self, fault: Fault) -> str:
        """Return where a fault can be mended."""
        return f"{self.document_url}/order/{page_of(fault)}#{anchor(fault.field)}"


def page_of(fault: Fault) -> str:
    """Return the page on which a fault can be mended."""
    if fault.code in NEEDS_SUBJECT:
        return "about"
    for page, prefixes in FIELDS.items():
        for prefix in prefixes:
            if fault.field == prefix or fault.field.startswith(f"{prefix}."):
                return page
    return "who"


def anchor(field: str) -> str:
    """Return the id of the element that a fault's field is shown at."""
    if field.startswith("attachments"):
        return "mandate"
    if field.startswith("answers."):
        return field.replace("answers.", "form-widgets-", 1)
    return field.replace(".", "-")
