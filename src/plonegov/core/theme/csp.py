"""What a page may load and where it may send: the header Content-Security-Policy.

https://www.w3.org/TR/CSP3/. Three widths: our own pages take nothing but files of the
site; with Plone's toolbar, its rich text editor, or with what editors wrote, inline
styles, too; only Plone's own pages for editors, and what it answers around our template,
run inline scripts.
"""

from plonegov.core.interfaces import IMunicipalityLayer
from plonegov.core.theme.editor import has_editor
from typing import Any


HEADER = "Content-Security-Policy"
SELF = "'self'"
INLINE = "'self' 'unsafe-inline'"
#: Plone's patterns and its ZMI compile texts to functions.
EVALUATED = "'self' 'unsafe-inline' 'unsafe-eval'"


def policy(*, styles: str = SELF, scripts: str = SELF) -> str:
    """Return the header's value, for the sources of styles and scripts."""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src {scripts}",
            f"style-src {styles}",
            "img-src 'self' data: blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


OWN = policy()
CONTENT = policy(styles=INLINE)
PLONE = policy(styles=INLINE, scripts=EVALUATED)


def policy_of(view: Any, editing: bool) -> str:
    """Return the policy of a page: by its view, and whether Plone's scripts are in it."""
    classes = type(getattr(view, "form_instance", view)).__mro__
    if any(one.__module__.startswith("plonegov.") for one in classes):
        return CONTENT if editing or has_editor(view) else OWN
    return PLONE if editing else CONTENT


def widest(site, event) -> None:
    """Subscriber: begin with Plone's policy; a page in our template narrows it."""
    if IMunicipalityLayer.providedBy(event.request):
        event.request.response.setHeader(HEADER, PLONE)
