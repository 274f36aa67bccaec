"""``item-supervision``: a decision before the authority that supervises the town."""

from datetime import date
from functools import cached_property
from plone.namedfile.file import NamedBlobFile
from plonegov.core.api import municipality
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import RecordNotFound
from plonegov.core.identity.errors import InvalidValue
from plonegov.core.theme.sending import send
from plonegov.core.typed.reader import iso_date
from plonegov.deliberations import _
from plonegov.deliberations.api import supervision
from plonegov.deliberations.browser.posting import Form
from plonegov.deliberations.browser.sittingbase import ItemPage
from plonegov.deliberations.browser.sittingwords import said
from plonegov.deliberations.domain.model import Control
from plonegov.deliberations.domain.supervising import Dossier
from plonegov.deliberations.domain.supervising import OUTCOMES as KNOWN
from plonegov.deliberations.domain.supervising import Stage
from plonegov.deliberations.domain.supervising import stage
from plonegov.deliberations.domain.supervising import SupervisionOutcome
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message


CONTROLS: dict[str, Message] = {
    "": _("control_none", default="None"),
    "transmission": _("control_transmission", default="It is sent to the authority"),
    "approval": _("control_approval", default="It needs the authority's approval"),
}

OUTCOMES: dict[str, Message] = {
    "approved": _("outcome_approved", default="Approved"),
    "partly_approved": _("outcome_partly_approved", default="Approved in part"),
    "refused": _("outcome_refused", default="Not approved"),
    "annulled": _("outcome_annulled", default="Annulled"),
    "no_objection": _("outcome_no_objection", default="No objection"),
    "expired": _("outcome_expired", default="No answer within the delay"),
}

STAGES: dict[Stage, tuple[Message, str]] = {
    Stage.NOTHING: (_("stage_nothing", default="Not supervised"), "neutral"),
    Stage.TO_SEND: (_("stage_to_send", default="To send"), "warn"),
    Stage.AWAITING: (_("stage_awaiting", default="Awaiting an answer"), "info"),
    Stage.DONE: (_("stage_done", default="Answered"), "ok"),
}

LABELS = {
    "control": _("supervision_control", default="How it is supervised"),
    "sent": _("supervision_sent", default="Sent on"),
    "complete": _("supervision_complete", default="File complete on"),
    "due": _("supervision_due", default="Answer due by"),
    "answered": _("supervision_answered", default="Answered on"),
    "outcome": _("supervision_outcome", default="Answer"),
    "document": _("supervision_document", default="Document of the authority"),
}


class ItemSupervision(ItemPage):
    """Enter what goes to the authority and what comes back."""

    page_name = "item-supervision"
    index = ViewPageTemplateFile("templates/itemsupervision.pt")
    labels = LABELS
    controls = CONTROLS
    verbs = {
        "control": "set_control",
        "send": "send",
        "complete": "complete",
        "answer": "answer",
    }

    @property
    def page_title(self) -> Message:
        return _(
            "supervision_item_title",
            default="Supervision: ${title}",
            mapping={"title": self.context.title},
        )

    def set_control(self, form: Form, about: str) -> str:
        value = str(form.get("control", ""))
        if value not in CONTROLS:
            raise InvalidInput([Fault("control", "required")])
        supervision.set_control(self.context, Control(value) if value else None)
        return self.page_url

    def send(self, form: Form, about: str) -> str:
        supervision.send(self.context, _day(form, "sent"))
        return self.page_url

    def complete(self, form: Form, about: str) -> str:
        day, due = _days(form, "complete", "due")
        supervision.complete(self.context, day, due)
        return self.page_url

    def answer(self, form: Form, about: str) -> str:
        """Keep the answer of the authority, with its document if one is given."""
        value = str(form.get("outcome", ""))
        day = _day(form, "answered")
        if value not in OUTCOMES:
            raise InvalidInput([Fault("outcome", "required")])
        outcome = SupervisionOutcome(value)
        supervision.answer(self.context, day, outcome, _document(form))
        return self.page_url

    @property
    def registered(self) -> bool:
        """Whether the decision has a number: only then it goes anywhere."""
        return bool(self.context.registered)

    @property
    def register_number(self) -> str:
        return "{}/{}".format(*self.context.registered) if self.registered else ""

    @cached_property
    def dossier(self) -> Dossier:
        return supervision.dossier(self.context)

    @cached_property
    def stage(self) -> dict[str, Any]:
        found = stage(self.dossier)
        title, tag = STAGES[found]
        return {"id": str(found), "title": title, "tag": tag}

    @property
    def until(self) -> dict[str, Any] | None:
        """Until when it is to be sent, in words, with the law."""
        due = supervision.send_until(self.context)
        if due is None:
            return None
        day = self.day(due.day) if due.day else ""
        return {"day": day, "lines": said((due.line,), self.language())}

    @property
    def in_force(self) -> str:
        """Since when it may be carried out, in words, or ""."""
        day = supervision.in_force_since(self.context)
        return self.day(day) if day else ""

    def facts(self) -> list[dict[str, Any]]:
        """Return what is known of the file, in the order of its way."""
        held = self.dossier
        rows = [
            {"title": LABELS[name], "text": self.day(day)}
            for name in ("sent", "complete", "due", "answered")
            if (day := getattr(held, name)) is not None
        ]
        if held.outcome is not None:
            text = OUTCOMES[held.outcome]
            rows.append({"title": LABELS["outcome"], "text": text})
        return rows

    def outcomes(self) -> list[dict[str, Any]]:
        """Return the answers that this control knows."""
        known = KNOWN[self.dossier.control] if self.dossier.control else ()
        return [{"id": str(one), "title": OUTCOMES[one]} for one in known]

    def default_day(self, name: str) -> str:
        """Return what a field of a day holds: what was typed, else what is known."""
        known = getattr(self.dossier, name)
        return str(self.value_of(name, known.isoformat() if known else ""))

    @property
    def document(self) -> dict[str, str] | None:
        """Name and address of the authority's document."""
        held = self.context.supervision_document
        if held is None:
            return None
        url = f"{self.context.absolute_url()}/supervision-file"
        return {"title": held.filename, "url": url}


class SupervisionFile(BrowserView):
    """The document of the authority, for the secretary."""

    def __call__(self) -> bytes:
        held = self.context.supervision_document
        if held is None:
            raise RecordNotFound()
        return send(self.request.response, held, ours=False)


def _day(form: Form, name: str) -> date:
    return _days(form, name)[0]


def _days(form: Form, *names: str) -> list[date]:
    """Return days that were typed.

    :raises InvalidInput: with all that are none.
    """
    found, faults = [], []
    for name in names:
        text = str(form.get(name, "")).strip()
        try:
            found.append(iso_date(text))
        except InvalidValue as error:
            faults.append(Fault(name, error.code if text else "required"))
    if faults:
        raise InvalidInput(faults)
    return found


def _document(form: Form) -> NamedBlobFile | None:
    upload = form.get("document")
    if not getattr(upload, "filename", ""):
        return None
    data, limit = upload.read(), municipality().limits
    if not data:
        raise InvalidInput([Fault("document", "file_empty")])
    if len(data) > limit.upload_bytes:
        context = {"limit": limit.upload_megabytes}
        raise InvalidInput([Fault("document", "file_too_large", context)])
    kind = upload.headers.get("content-type", "") or "application/octet-stream"
    return NamedBlobFile(data, contentType=kind, filename=upload.filename)
