"""Language folders for the languages of the content; the root keeps its front page."""

from plone import api
from plone.app.multilingual.browser.setup import SetupMultilingualSite
from plonegov.core.municipality.model import Municipality


def apply_languages(portal, municipality: Municipality) -> None:
    """Make the missing language folders, for ``content_languages`` only.

    plone.app.multilingual makes the root redirect to a language folder; that
    default view is put back, since counter, directory and search start at the root.
    """
    if all(code in portal for code in municipality.content_languages):
        return
    site_type = api.portal.get_tool("portal_types")["Plone Site"]
    view = site_type.default_view
    SetupMultilingualSite().setupSite(portal, forceOneLanguage=True)
    site_type.default_view = view
