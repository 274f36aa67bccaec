"""ZCML is read once for all sites of a Zope: what we register is held by a layer or by
an interface of ours, a utility by its interface or its name. Exceptions stand here."""

from helpers.registrations import is_ours
from plone.distribution.interfaces import IDistribution
from zope.component import getGlobalSiteManager

import pytest


#: What is for everybody, and why. Keys: kind, name, what it is for.
EXCEPTIONS = {
    # The root has no layer, and no site's data is in the answer.
    ("adapter", "health", "OFS.interfaces.IApplication"): "asked by monitors",
    ("adapter", "metrics", "OFS.interfaces.IApplication"): "asked by monitors",
    # It acts only where the registry of the site names our layers.
    (
        "handler",
        "",
        "plone.base.interfaces.siteroot.IPloneSiteRoot",
    ): "language of a request, and no town is deleted through the web",
    ("handler", "", "ZPublisher.interfaces.IPubAfterTraversal"): "needs our layer",
    # Changes of roles are logged; the handlers do nothing where no town is.
    ("handler", "", "plone.app.workflow.interfaces.ILocalrolesModifiedEvent"): "log",
    **{
        (
            "handler",
            "",
            f"Products.PluggableAuthService.interfaces.events.IPrincipal{event}Event",
        ): "log"
        for event in ("AddedToGroup", "RemovedFromGroup")
    },
    # It keeps texts that people typed out of every log of the process.
    ("handler", "", "Products.SiteErrorLog.interfaces.IErrorRaisedEvent"): "log",
}

KINDS = {
    "adapter": "registeredAdapters",
    "subscriber": "registeredSubscriptionAdapters",
    "handler": "registeredHandlers",
}


def held(specification) -> bool:
    """Tell whether an interface, a class or one it extends belongs to the suite."""
    made_of = getattr(specification, "inherit", None)
    lines = (specification, *getattr(specification, "__iro__", ()))
    names = [getattr(line, "__identifier__", "") for line in lines]
    names += [base.__module__ for base in getattr(made_of, "__mro__", ())]
    return any(name.startswith("plonegov.") for name in names)


def loose(kind: str):
    """Return our registrations of a kind that nothing of ours holds."""
    for found in getattr(getGlobalSiteManager(), KINDS[kind])():
        if is_ours(found) and not any(map(held, found.required)):
            first = found.required[0]
            yield (kind, found.name, getattr(first, "__identifier__", str(first)))


@pytest.fixture
def registered(zope):
    """Return the number of our registrations by kind: this test knows them."""
    manager = getGlobalSiteManager()
    return {
        kind: sum(map(is_ours, getattr(manager, name)()))
        for kind, name in KINDS.items()
    }


def test_this_test_knows_our_registrations(registered):
    assert registered["adapter"] > 50
    assert registered["handler"] > 2


def test_every_adapter_and_handler_is_held_by_a_layer_or_interface(registered):
    found = {each for kind in KINDS for each in loose(kind)}
    assert found == set(EXCEPTIONS)


def test_every_utility_has_an_interface_or_a_name_of_ours(registered):
    loose = [
        (found.name, found.provided.__identifier__)
        for found in getGlobalSiteManager().registeredUtilities()
        if is_ours(found)
        and not held(found.provided)
        and not found.name.startswith("plonegov")
        # The Add-site page of the root offers each town by its id.
        and found.provided is not IDistribution
    ]
    assert loose == []


def test_no_utility_of_ours_is_without_a_name(registered):
    """Two towns of one Zope differ in what they use."""
    unnamed = [
        found.provided.__identifier__
        for found in getGlobalSiteManager().registeredUtilities()
        if held(found.provided) and not found.name
    ]
    assert unnamed == []
