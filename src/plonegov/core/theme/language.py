"""Which language a page is read in: the reader's choice among the town's.

Content has its own languages (``content_languages``); the interface language is a
cookie that the reader sets, else what the browser asks for, else the town's first.
"""

from plone import api
from plone.i18n.interfaces import INegotiateLanguage
from plone.i18n.utility import setLanguageBinding
from plonegov.core.api import municipality
from plonegov.core.errors import NoMunicipality
from plonegov.core.interfaces import IMunicipalityLayer
from Products.Five import BrowserView
from urllib.parse import urlsplit
from urllib.parse import urlunsplit
from zope.interface import implementer
from zope.publisher.browser import BrowserLanguages


COOKIE = "plonegov_language"
MAX_AGE = 365 * 24 * 3600


@implementer(INegotiateLanguage)
class Negotiation:
    """What ``plone.i18n`` asks once per request, for sites with our layer."""

    def __init__(self, site, request) -> None:
        languages = interface_languages(site)
        self.language = chosen(languages, request)
        self.default_language = languages[0]
        self.language_list = [code for code in languages if code != self.language]


def interface_languages(site) -> tuple[str, ...]:
    """Return the town's interface languages (Plone's, while no town is applied)."""
    try:
        return municipality().interface_languages
    except NoMunicipality:
        languages = api.portal.get_tool("portal_languages")
        return (languages.getDefaultLanguage(),)


def chosen(languages: tuple[str, ...], request) -> str:
    """Return the reader's language among ``languages``."""
    cookie = request.cookies.get(COOKIE)
    if cookie in languages:
        return cookie
    for wanted in BrowserLanguages(request).getPreferredLanguages():
        if wanted.split("-")[0] in languages:
            return wanted.split("-")[0]
    return languages[0]


def bind_language(site, event) -> None:
    """Negotiate again once the site's layers are on the request.

    ``plone.i18n`` negotiates on the same event, before or after the layers are set.
    """
    if IMunicipalityLayer.providedBy(event.request):
        setLanguageBinding(event.request)


class SetLanguage(BrowserView):
    """``set-language?language=nl&return_to=/path``: keep the choice and go back.

    Writes a cookie, nothing in the database, so that a plain link is enough.
    """

    def __call__(self) -> str:
        wanted = self.request.form.get("language", "")
        response = self.request.response
        if wanted in municipality().interface_languages:
            response.setCookie(
                COOKIE,
                wanted,
                path=self.context.absolute_url_path() or "/",
                max_age=MAX_AGE,
                same_site="Lax",
                http_only=True,
                secure=self.request.get("SERVER_URL", "").startswith("https:"),
            )
        response.setHeader("Cache-Control", "no-store")
        response.redirect(self.target())
        return ""

    def target(self) -> str:
        """Return the page to go back to: within this site, else the front page."""
        portal_url = self.context.absolute_url()
        wanted = self.request.form.get("return_to") or ""
        if not isinstance(wanted, str) or set(wanted) & set("\\\r\n\t"):
            return portal_url
        if not wanted.startswith("/") or wanted.startswith("//"):
            return portal_url
        parts = urlsplit(wanted)
        root = urlsplit(portal_url).path.rstrip("/")
        inside = parts.path == root or parts.path.startswith(f"{root}/")
        if not inside or "/../" in f"{parts.path}/":
            return portal_url
        site = urlsplit(portal_url)
        return urlunsplit((site.scheme, site.netloc, parts.path, parts.query, ""))
