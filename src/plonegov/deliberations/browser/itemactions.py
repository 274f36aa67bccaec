"""What the forms of an item's page do."""

from collections.abc import Mapping
from datetime import date
from plone import api
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import PlonegovError
from plonegov.core.errors import RecordNotFound
from plonegov.core.ops.readlog import log_read
from plonegov.core.records.events import actor
from plonegov.core.records.events import origin
from plonegov.core.theme.page import PostedAction
from plonegov.core.theme.sending import send
from plonegov.deliberations.api import items
from plonegov.deliberations.api import parts
from plonegov.deliberations.api import sending
from plonegov.deliberations.browser.itemknown import link_id
from plonegov.deliberations.browser.itempage import item_url
from plonegov.deliberations.browser.itempage import ItemPage
from plonegov.deliberations.content.annex import Annex
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.domain.refusals import GoesOnAlready
from Products.Five import BrowserView
from typing import Any


Form = Mapping[str, Any]

#: Days that a service has for its advice, at most.
LONGEST = 365


class OnItem(PostedAction):
    """Base: what is refused comes back on the item's page."""

    def refused(self, error: PlonegovError) -> Any:
        if isinstance(error, GoesOnAlready):
            error.context["field"] = link_id(error.context["copy"])
        return ItemPage(self.context, self.request).again(error, self.request.form)


class ItemAction(OnItem):
    """Do a step of the item's life, send it on to another body, or begin a new decision
    in its place."""

    def do(self, form: Form) -> str:
        step = str(form.get("step", ""))
        if step == "send_to":
            return item_url(_sent(self.context, form))
        if step == "renew":
            made = sending.renew(self.context)
            mine = api.user.has_permission("View", obj=made)
            return item_url(made if mine else self.context)
        given = {name: form[name] for name in ("reason", "meeting") if form.get(name)}
        items.change(self.context, step, **given)
        return item_url(self.context)


class ItemAnnexes(OnItem):
    """Add a file to the item, say who reads it, or take it away."""

    def do(self, form: Form) -> str:
        verb = str(form.get("verb", ""))
        if verb == "add":
            _add(self.context, form)
        elif verb == "set":
            parts.set_annex(
                _annex(self.context, form),
                confidential=bool(form.get("confidential")),
                publishable=bool(form.get("publishable")),
            )
        elif verb == "remove":
            parts.remove_annex(_annex(self.context, form))
        else:
            raise RecordNotFound()
        return item_url(self.context, "annexes")


class ItemAdvice(OnItem):
    """Ask for an advice, give it, ask again, or call it off."""

    def do(self, form: Form) -> str:
        verb, item = str(form.get("verb", "")), self.context
        if verb == "ask":
            _ask(item, form)
        elif verb == "give":
            opinion, text = str(form.get("opinion", "")), str(form.get("text", ""))
            parts.give(_advice(item, form), opinion, text)
        elif verb == "ask_again":
            parts.ask_again(_advice(item, form), str(form.get("reason", "")))
        elif verb == "call_off":
            parts.call_off(_advice(item, form))
        else:
            raise RecordNotFound()
        return item_url(item, "advices")


class ItemFile(BrowserView):
    """An annex for who may read it; that a confidential one was opened is logged."""

    def __call__(self) -> Any:
        annex = _annex(self.context, self.request.form)
        if annex.confidential:
            log_read("open_annex", annex.UID(), actor(), origin())
        return send(self.request.response, annex.file, ours=False)


def _sent(item: Item, form: Form) -> Item:
    """Return the copy of an item that was sent on.

    :raises InvalidInput: it was not said to be sure.
    """
    if not form.get("sure"):
        raise InvalidInput([Fault("send-sure", "not_confirmed")])
    return sending.send_to(item, str(form.get("body", "")))


def _add(item: Item, form: Form) -> None:
    upload = form.get("annex")
    name = getattr(upload, "filename", "") or ""
    data = upload.read() if name else b""
    annex = parts.add_annex(item, name, data, str(form.get("title", "")))
    if form.get("confidential") or form.get("publishable"):
        parts.set_annex(
            annex,
            confidential=bool(form.get("confidential")),
            publishable=bool(form.get("publishable")),
        )


def _ask(item: Item, form: Form) -> None:
    parts.ask(
        item,
        str(form.get("adviser", "")),
        due=_due(form),
        confidential=bool(form.get("confidential")),
    )


def _due(form: Form) -> date | None:
    """Return the last day of the delay that was typed, None where none was.

    :raises InvalidInput: it is no number of days.
    """
    days = str(form.get("days", "")).strip()
    if not days:
        return None
    if not days.isdecimal():
        raise InvalidInput([Fault("days", "whole_number_expected")])
    if not 0 < int(days) <= LONGEST:
        raise InvalidInput([Fault("days", "number_too_large", {"most": LONGEST})])
    return parts.due_in(int(days), working=form.get("count") != "calendar")


def _annex(item: Item, form: Form) -> Annex:
    return _part(item, str(form.get("part") or form.get("name") or ""), parts.annexes)


def _advice(item: Item, form: Form) -> Any:
    return _part(item, str(form.get("part", "")), parts.advices)


def _part(item: Item, key: str, readable: Any) -> Any:
    """Return a part of the item that who asks may read.

    :raises RecordNotFound: there is none.
    """
    for part in readable(item):
        if part.getId() == key:
            return part
    raise RecordNotFound()
