"""What the buttons of the clerk's pages do: one of ``api.verbs`` each."""

from plone.protect import CheckAuthenticator
from plonegov.core.api import municipality
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import PlonegovError
from plonegov.core.errors import RecordNotFound
from plonegov.core.identity.current import town_keys
from plonegov.core.identity.keys import Sealed
from plonegov.core.identity.numbers import format_national_number
from plonegov.core.ops.readlog import log_read
from plonegov.core.records.events import actor
from plonegov.core.records.events import origin
from plonegov.core.theme.page import PostedAction
from plonegov.core.theme.sending import send
from plonegov.ordering.api import verbs
from plonegov.ordering.browser.changed import ChangedReview
from plonegov.ordering.browser.review import OrderReview
from plonegov.ordering.domain.errors import OrderChanged
from plonegov.ordering.domain.errors import RevealReasonMissing
from plonegov.ordering.domain.reading import HANDLING
from plonegov.ordering.domain.reading import reveal_reason
from Products.Five import BrowserView
from typing import Any
from zExceptions import MethodNotAllowed


Form = dict[str, Any]


def _upload(form: Form) -> tuple[str, bytes]:
    upload = form.get("act")
    if not getattr(upload, "filename", ""):
        return "", b""
    return upload.filename, upload.read()


def data_of(form: Form) -> Form:
    """Return what a posted form gives to a verb."""
    filename, data = _upload(form)
    return {
        **form,
        "findings": findings_of(form),
        "address": address_of(form),
        "filename": filename,
        "data": data,
    }


def address_of(form: Form) -> dict[str, Any]:
    """Return the address of a posted form: the fields ``address.<part>``."""
    prefix = "address."
    return {
        name.removeprefix(prefix): value
        for name, value in form.items()
        if name.startswith(prefix)
    }


def findings_of(form: Form) -> dict[str, Any]:
    """Return the findings of a posted form.

    ``findings.address`` is a value, ``findings.members.0.name`` a cell.
    """
    values: dict[str, Any] = {}
    for name in sorted(form, key=_in_row_order):
        parts = name.split(".")
        if parts[0] != "findings":
            continue
        if len(parts) == 2:
            values[parts[1]] = form[name]
        elif len(parts) == 4 and parts[2].isdecimal():
            rows = values.setdefault(parts[1], {})
            if isinstance(rows, dict):
                rows.setdefault(int(parts[2]), {})[parts[3]] = form[name]
    return {
        key: list(value.values()) if isinstance(value, dict) else value
        for key, value in values.items()
    }


def _in_row_order(name: str) -> tuple[Any, ...]:
    return tuple(part.zfill(6) for part in name.split("."))


class OrderAction(PostedAction):
    """Do what a button says, then show the order again."""

    def do(self, form: Form) -> str:
        verb = str(form.get("verb", ""))
        if verb not in verbs.VERBS:
            raise RecordNotFound()
        verbs.do(self.context, verb, data_of(form))
        return f"{self.context.absolute_url()}#top"

    def refused(self, error: PlonegovError) -> str:
        form = self.request.form
        if form.get("verb") not in verbs.VERBS:
            raise error
        typed = {**form, **_typed_findings(form)}
        page = ChangedReview if isinstance(error, OrderChanged) else OrderReview
        return page(self.context, self.request).again(error, typed)


def _typed_findings(form: Form) -> Form:
    return {f"findings.{key}": value for key, value in findings_of(form).items()}


class OrderReveal(BrowserView):
    """Show a whole national number once; that it was shown is logged first."""

    def __call__(self) -> str:
        if self.request.method != "POST":
            raise MethodNotAllowed()
        CheckAuthenticator(self.request)
        order, role = self.context, self.request.form.get("role", "")
        sealed = order.sealed_numbers.get(role)
        if sealed is None:
            raise RecordNotFound()
        review = OrderReview(order, self.request)
        try:
            reason = reveal_reason(self.request.form)
        except RevealReasonMissing as error:
            fault = Fault(f"reason-{role}", error.code)
            return review.again(InvalidInput([fault]), {})
        log_read("reveal_number", order.reference, actor(), origin(), reason)
        for person in review.people:
            if person["role"] == role:
                number = town_keys().decrypt(Sealed(*sealed))
                country = municipality().country
                person["number"] = format_national_number(number, country)
        return review()


class OrderFile(BrowserView):
    """A file of the order for its clerk; that it was opened is logged first."""

    def __call__(self) -> Any:
        name = str(self.request.form.get("name", ""))
        blob = self._blob(name)
        opened = f"{self.context.reference}/{name}"
        log_read("open_file", opened, actor(), origin(), HANDLING)
        return send(self.request.response, blob, ours=not name.isdecimal())

    def _blob(self, name: str) -> Any:
        order = self.context
        if name in ("issued", "act"):
            found = getattr(order, name)
        elif name.startswith("former-"):
            found = self._former(name.removeprefix("former-"))
        else:
            number = int(name) if name.isdecimal() else len(order.attachments)
            found = (
                order.attachments[number][1]
                if number < len(order.attachments)
                else None
            )
        if found is None:
            raise RecordNotFound()
        return found

    def _former(self, number: str) -> Any:
        rows = self.context.former
        known = number.isdecimal() and int(number) < len(rows)
        return rows[int(number)][2] if known else None
