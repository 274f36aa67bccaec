"""What the packages of the suite register, told by the file that says so."""

from importlib.util import find_spec
from pathlib import Path
from zope.component import getGlobalSiteManager
from zope.publisher.interfaces.browser import IBrowserRequest


#: The folder of the suite's packages, whatever folder the checkout is in.
SOURCE = str(Path(find_spec("plonegov.core").origin).parents[1])


def is_ours(registration) -> bool:
    """Tell whether our ZCML or code made a registration."""
    thing = getattr(registration, "factory", None) or registration.component
    module = getattr(thing, "__module__", "") or ""
    return SOURCE in str(registration.info) or module.startswith("plonegov.")


def our_views():
    """Return our adapters of (anything, a browser request, ...): views and services."""
    return [registration for registration in _views() if is_ours(registration)]


def views_of_others():
    """Return those of Plone, Zope and their add-ons."""
    return [registration for registration in _views() if not is_ours(registration)]


def _views():
    return [
        registration
        for registry in _registries(getGlobalSiteManager())
        for registration in registry.registeredAdapters()
        if len(registration.required) > 1
        and registration.required[1].isOrExtends(IBrowserRequest)
    ]


def _registries(registry):
    """Yield a registry and those below: each test layer puts one on top of Plone's."""
    yield registry
    for base in registry.__bases__:
        yield from _registries(base)
