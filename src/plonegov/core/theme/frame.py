"""What surrounds every page: header, main entries, breadcrumb, messages, footer.

``main_template`` asks for it once per page; nothing here is kept between requests.
"""

from Acquisition import aq_base
from Acquisition import aq_chain
from Acquisition import aq_inner
from itertools import takewhile
from pathlib import Path
from plone import api
from plone.base.interfaces import IPloneSiteRoot
from plonegov.core.api import municipality
from plonegov.core.municipality.facts import settings
from plonegov.core.theme import csp
from plonegov.core.theme import css
from plonegov.core.theme import emblem
from plonegov.core.theme import hours
from plonegov.core.theme.editor import has_editor
from plonegov.core.theme.interfaces import IFooterLink
from plonegov.core.theme.interfaces import IFrame
from plonegov.core.theme.interfaces import IMainEntry
from Products.CMFCore.permissions import AddPortalContent
from Products.CMFCore.permissions import ModifyPortalContent
from Products.CMFCore.permissions import ReviewPortalContent
from Products.Five import BrowserView
from Products.statusmessages.interfaces import IStatusMessage
from urllib.parse import urlencode
from urllib.parse import urlsplit
from zope.component import getAdapters
from zope.component import getMultiAdapter
from zope.i18n import translate
from zope.interface import implementer


STATIC = "++resource++plonegov.core"
STOCK_CSS = "++theme++barceloneta/css/barceloneta.min.css"
NAMES = {
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "nl": "Nederlands",
}
MAX_ENTRIES = 6
STATIC_VERSION = emblem.version(
    "".join(
        path.read_text(encoding="utf-8")
        for path in sorted((Path(__file__).parent / "static").glob("*.css"))
    )
)
EDITING = (ModifyPortalContent, AddPortalContent, ReviewPortalContent)


@implementer(IFrame)
class Frame(BrowserView):
    """See ``IFrame``."""

    view = None
    editing = False
    scripted = False
    is_front_page = False

    def bind(self, view) -> "Frame":
        self.portal = api.portal.get()
        self.view = view
        self.town = municipality()
        self.language = self.request.get("LANGUAGE") or self.town.interface_languages[0]
        self.portal_url = self.portal.absolute_url()
        self.town_name = self.text_in(self.town.name)
        self.demo = settings().demo
        self.anonymous = api.user.is_anonymous()
        self.editing = not self.anonymous and any(
            api.user.has_permission(permission, obj=self.context)
            for permission in EDITING
        )
        self.scripted = self.editing or has_editor(view)
        self.is_front_page = getattr(aq_base(view), "is_front_page", False)
        self._set_headers()
        return self

    def _set_headers(self) -> None:
        response = self.request.response
        response.setHeader("Content-Language", self.language)
        response.setHeader("Vary", "Accept-Language, Cookie")
        response.setHeader(csp.HEADER, csp.policy_of(self.view, self.editing))
        if self.demo:
            response.setHeader("X-Robots-Tag", "noindex, nofollow")

    def text_in(self, texts: dict[str, str]) -> str:
        """Return the text in the page's language, else in the town's own."""
        return texts.get(self.language) or texts.get(self.town.legal_language) or ""

    def page_title(self) -> str:
        """Return what the page is called: by its view, else by its content."""
        view = getattr(self.view, "form_instance", self.view)
        named = getattr(aq_base(view), "page_title", None) and view.page_title
        named = named or (getattr(aq_base(view), "label", None) and view.label)
        if callable(named):
            named = named()
        if named:
            return translate(named, context=self.request)
        if IPloneSiteRoot.providedBy(self.context) or not is_open(self.context):
            return ""
        return getattr(aq_inner(self.context), "Title", str)()

    def title(self) -> str:
        page = self.page_title()
        return f"{page} – {self.town_name}" if page else self.town_name

    def stylesheets(self) -> list[str]:
        version = emblem.version(css.custom_properties(self.town.theme))
        return [
            f"{self.portal_url}/theme.css?v={version}",
            *(
                f"{self.portal_url}/{STATIC}/{name}?v={STATIC_VERSION}"
                for name in ("stock.css", "frame.css", "content.css")
            ),
        ]

    def preload(self) -> str:
        return f"{self.portal_url}/{STOCK_CSS}"

    def emblem_url(self) -> str:
        text = emblem.emblem()
        if not text:
            return ""
        return f"{self.portal_url}/emblem.svg?v={emblem.version(text)}"

    def languages(self) -> list[dict]:
        return [
            {
                "code": code,
                "name": NAMES.get(code, code),
                "current": code == self.language,
                "url": self._choice_url(code),
            }
            for code in self.town.interface_languages
        ]

    def _choice_url(self, code: str) -> str:
        here = urlsplit(self.request.get("ACTUAL_URL", self.portal_url)).path
        query = self.request.get("QUERY_STRING", "")
        if query and self.request.get("REQUEST_METHOD") == "GET":
            here = f"{here}?{query}"
        parameters = urlencode({"language": code, "return_to": here})
        return f"{self.portal_url}/set-language?{parameters}"

    def entries(self) -> list[dict]:
        """Return the main entries; the one that leads closest to here is current.

        A page also lies on the way that its own breadcrumb names: an order's page is
        one of the queue's, though its address stands beside it.
        """
        shown = self._available(IMainEntry)[:MAX_ENTRIES]
        places = [self.request.get("ACTUAL_URL", ""), *self._way()]
        around = [url for _title, url in shown if _leads_to(url, places)]
        current = max(around, key=len, default="")
        return [
            {"title": title, "url": url, "current": url == current}
            for title, url in shown
        ]

    def footer_links(self) -> list[dict]:
        return [
            {"title": title, "url": url} for title, url in self._available(IFooterLink)
        ]

    def _available(self, kind) -> list[tuple]:
        """Return title and address of the add-ons' entries of a kind, in order."""
        found = getAdapters((self.portal, self.request), kind)
        entries = sorted((entry for _name, entry in found), key=lambda e: e.order)
        return [(entry.title, entry.url()) for entry in entries if entry.available()]

    def breadcrumbs(self) -> list[dict]:
        if self.is_front_page:
            return []
        if hasattr(aq_base(self.view), "page_breadcrumbs"):
            crumbs = list(self.view.page_breadcrumbs())
        else:
            crumbs = self._content_crumbs()
        page = self.page_title()
        if page and (not crumbs or crumbs[-1]["title"] != page):
            crumbs.append({"title": page, "url": ""})
        elif crumbs:
            crumbs[-1] = {"title": crumbs[-1]["title"], "url": ""}
        return crumbs

    def _way(self) -> list[str]:
        """Return the addresses of the breadcrumb that the page's view names."""
        if not hasattr(aq_base(self.view), "page_breadcrumbs"):
            return []
        return [crumb["url"] for crumb in self.view.page_breadcrumbs()]

    def _content_crumbs(self) -> list[dict]:
        context = aq_inner(self.context)
        if IPloneSiteRoot.providedBy(context):
            return []
        line = takewhile(
            lambda item: not IPloneSiteRoot.providedBy(item), aq_chain(context)
        )
        readable = {item.absolute_url() for item in line if is_open(item)}
        crumbs = getMultiAdapter((context, self.request), name="breadcrumbs_view")
        return [
            {"title": crumb["Title"], "url": crumb["absolute_url"]}
            for crumb in crumbs.breadcrumbs()
            if crumb["absolute_url"] in readable
        ]

    def messages(self) -> list[dict]:
        return [
            {
                "text": translate(message.message, context=self.request),
                "type": message.type or "info",
            }
            for message in IStatusMessage(self.request).show()
        ]

    def person(self) -> str:
        user = api.user.get_current()
        return user.getProperty("fullname", "") or user.getUserName()

    def contact(self) -> dict:
        return {
            "address": self.town.address,
            "contact": self.town.contact,
            "open": hours.open_state(
                self.town.contact, hours.local_now(), self.town.country
            ),
            "offices": len(self.town.services),
        }

    def content_language(self) -> str | None:
        state = getMultiAdapter(
            (self.context, self.request), name="plone_context_state"
        )
        if not state.is_view_template() or IPloneSiteRoot.providedBy(self.context):
            return None
        language = getattr(aq_inner(self.context), "Language", str)()
        return language if language and language != self.language else None

    def canonical_url(self) -> str:
        return self.request.get("ACTUAL_URL", self.portal_url)


def is_open(item) -> bool:
    """Whether the visitor may read an item: an error page stands where a private page
    would, and a public one may be in a private folder."""
    return bool(api.user.has_permission("View", obj=item))


def _leads_to(url: str, places: list[str]) -> bool:
    return any(f"{place}/".startswith(f"{url}/") for place in places)
