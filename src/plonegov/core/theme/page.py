"""What the add-ons' pages share: words in the page's language, headers, and how a page
comes back with what was wrong and all that was typed."""

from babel.dates import format_date
from babel.dates import format_datetime
from collections.abc import Callable
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from plone import api
from plone.protect import CheckAuthenticator
from plonegov.core import _
from plonegov.core.api import town_zone
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import PlonegovError
from plonegov.core.ops.texts import in_language
from plonegov.core.ops.texts import text_of
from plonegov.core.theme.offices import OfficesBase
from Products.Five import BrowserView
from typing import Any
from zExceptions import MethodNotAllowed
from zope.component import getMultiAdapter
from zope.i18n import translate
from zope.i18nmessageid import Message

import transaction


class Page(OfficesBase):
    """Base of an add-on's pages."""

    def private(self) -> None:
        """Keep the answer out of every cache, search engine and referrer."""
        response = self.request.response
        response.setHeader("Cache-Control", "no-store")
        response.setHeader("Referrer-Policy", "same-origin")
        response.setHeader("X-Robots-Tag", "noindex, nofollow")

    def is_ours(self) -> bool:
        """Say whether the form was sent from a page of ours."""
        context = (self.context, self.request)
        return getMultiAdapter(context, name="authenticator").verify()

    def redirect(self, url: str) -> str:
        """Send the browser on, so that a reload repeats nothing."""
        self.request.response.redirect(url, status=303)
        return ""

    @property
    def portal_url(self) -> str:
        return api.portal.get().absolute_url()

    def say(self, message) -> str:
        """Translate a message into the page's language."""
        if not isinstance(message, Message):
            return str(message)
        return translate(message, context=self.request)

    def pair(self, label: Any, value: Any) -> str:
        """Return a label and its value, parted as the page's language parts them."""
        mapping = {"label": self.say(label), "value": self.say(value)}
        return self.say(_("label_value", default="${label}: ${value}", mapping=mapping))

    def day(self, day: date) -> str:
        """Return a date in words: mardi 24 novembre 2026."""
        return format_date(day, "full", locale=self.language())

    def moment(self, when: datetime) -> str:
        """Return a time in the town's zone: 24 nov. 2026, 19:00:00."""
        zone = town_zone()
        return format_datetime(when.astimezone(zone), "medium", locale=self.language())


class ShowsFaults:
    """Part of a page that is shown again with what was wrong and all that was typed."""

    language: Callable[[], str]

    faults: tuple[Fault, ...] = ()
    typed: Mapping[str, Any] = {}

    def again(self, error: PlonegovError, typed: Mapping[str, Any]) -> str:
        """Show the page with what was wrong and all that was typed."""
        self.faults = (
            tuple(error.faults)
            if isinstance(error, InvalidInput)
            else (Fault(error.context.get("field", ""), error.code, error.context),)
        )
        self.typed = typed
        self.request.response.setStatus(error.status)
        return self()

    def error_of(self, field: str) -> Message | None:
        """Return what is wrong with a field, or None."""
        for fault in self.faults:
            if fault.field == field:
                context = in_language(fault.context, self.language())
                return text_of(fault.code, context)
        return None

    def value_of(self, field: str, default: Any = "") -> Any:
        """Return what was typed in a field, else what stands there."""
        return self.typed.get(field, default)


class PostsToItself(ShowsFaults):
    """Part of a page whose form is sent to the page's own address: ``save`` is a
    subclass's. When it is refused, the page comes back with all that was typed.

    ``done`` is the message shown afterwards.
    """

    done: Message = _("saved_message", default="Saved.")

    def __call__(self) -> Any:
        if self.request.method != "POST" or self.faults:
            return super().__call__()
        CheckAuthenticator(self.request)
        form = self.request.form
        try:
            url = self.save(form)
        except PlonegovError as error:
            transaction.abort()
            return self.again(self.placed(error), form)
        api.portal.show_message(self.done, self.request)
        return self.redirect(url)

    def save(self, form: Mapping[str, Any]) -> str:
        """Do what was sent; return the address of the page to show then.

        :raises PlonegovError: it is refused.
        """
        raise NotImplementedError

    def placed(self, error: PlonegovError) -> PlonegovError:
        """Return a refusal at the fields of the page that it is about."""
        return error


class PostedAction(BrowserView):
    """Do what a posted form says, then show its page: ``do`` is a subclass's.

    ``done`` is the message shown afterwards.
    """

    done: Message = _("saved_message", default="Saved.")

    def __call__(self) -> Any:
        if self.request.method != "POST":
            raise MethodNotAllowed()
        CheckAuthenticator(self.request)
        try:
            url = self.do(self.request.form)
        except PlonegovError as error:
            transaction.abort()
            return self.refused(error)
        api.portal.show_message(self.done, self.request)
        return self.request.response.redirect(url, 303)

    def do(self, form: Mapping[str, Any]) -> str:
        """Do it; return the address of the page to show then.

        :raises PlonegovError: it is refused.
        """
        raise NotImplementedError

    def refused(self, error: PlonegovError) -> Any:
        """Show the page again, with what was wrong and all that was typed."""
        raise NotImplementedError
