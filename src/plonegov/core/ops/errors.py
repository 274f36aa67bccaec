"""Exception views: what a person or a program reads when a rule was broken.

They show the error's text and nothing else of it: no traceback, no value typed.
"""

from collections.abc import Mapping
from html import escape
from plone import api
from plone.rest.interfaces import IAPIRequest
from plonegov.core import _
from plonegov.core.errors import Fault
from plonegov.core.ops.texts import in_language
from plonegov.core.ops.texts import text_of
from plonegov.core.ops.townlocks import TownBusy
from plonegov.core.ops.writelock import RETRY_AFTER
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18n import translate
from zope.i18nmessageid import Message

import json


TITLES = {
    403: _("refusal_title_not_allowed", default="You may not do this"),
    404: _("refusal_title_not_found", default="There is nothing at this address"),
    410: _("refusal_title_gone", default="This is no longer offered"),
    429: _("refusal_title_too_often", default="This was done too often today"),
    503: _("refusal_title_not_now", default="This does not work at this moment"),
}
#: Seconds after which one may try again, by status.
TRY_AGAIN = {429: "3600", 503: RETRY_AFTER}
REFUSED = _("refusal_title_refused", default="This could not be done")
BROKEN = _("refusal_title_broken", default="Something went wrong on our side")


class Answer(BrowserView):
    """Base of the answers to an error; ``error`` is the exception."""

    code = TownBusy.code
    status = TownBusy.status
    values: Mapping[str, Any] = {}
    faults: tuple = ()

    def __init__(self, error: Exception, request: Any) -> None:
        super().__init__(error, request)
        self.error = error

    def __call__(self) -> str:
        response = self.request.response
        response.setStatus(self.status, lock=1)
        response.setHeader("Cache-Control", "no-store")
        if self.status in TRY_AGAIN:
            response.setHeader("Retry-After", TRY_AGAIN[self.status])
        return self.json() if IAPIRequest.providedBy(self.request) else self.html()

    @property
    def message(self) -> str:
        """What happened, in the words of the request's language."""
        return self.words(self.code, self.values)

    def words(self, code: str, values: Mapping[str, Any]) -> str:
        """Return the text of a code in the request's language."""
        spoken = in_language(values, self.language)
        return translate(text_of(code, spoken), target_language=self.language)

    @property
    def language(self) -> str:
        # As traversal found it: asking the negotiator could read a database that
        # has just failed.
        return self.request.get("LANGUAGE") or "en"

    def json(self) -> str:
        """Return the body for a program."""
        response = self.request.response
        response.setHeader("Content-Type", "application/json")
        # Else Plone's sign-in would answer in our place.
        response._has_challenged = True
        errors = [
            {"field": fault.field, "message": self.words(fault.code, fault.context)}
            for fault in self.faults
        ]
        return json.dumps(
            {"type": self.code, "message": self.message, "errors": errors}
        )

    def html(self) -> str:
        """Return the body for a person: a page that reads nothing."""
        text = escape(self.message)
        return (
            f'<!doctype html><html lang="{escape(self.language)}">'
            f'<meta charset="utf-8"><title>{text}</title><h1>{text}</h1></html>'
        )


class TryAgain(Answer):
    """The database could not take a change in time (conflict or lock): 503."""


class RuleBroken(Answer):
    """A ``PlonegovError``, as a page of the site."""

    page = ViewPageTemplateFile("templates/error.pt")

    @property
    def code(self) -> str:
        return self.error.code

    @property
    def status(self) -> int:
        return self.error.status

    @property
    def values(self) -> Mapping[str, Any]:
        return self.error.context

    @property
    def faults(self) -> tuple[Fault, ...]:
        return getattr(self.error, "faults", ())

    @property
    def title(self) -> Message:
        if self.status in TITLES:
            return TITLES[self.status]
        return BROKEN if self.status >= 500 else REFUSED

    @property
    def fault_messages(self) -> list[str]:
        return [self.words(fault.code, fault.context) for fault in self.faults]

    @property
    def back_url(self) -> str:
        """The page one came from, when it is one of the site's; else the site."""
        portal_url = api.portal.get().absolute_url()
        referrer = self.request.get("HTTP_REFERER", "").split("?")[0]
        same_site = referrer == portal_url or referrer.startswith(f"{portal_url}/")
        return referrer if same_site else portal_url

    def html(self) -> str:
        # Around the site: the object itself may be one that the person can't see.
        self.context = api.portal.get()
        return self.page()
