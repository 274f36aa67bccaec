"""Looking up a port's implementation for the current town."""

from datetime import datetime
from plone.registry.interfaces import IRegistry
from plonegov.core.errors import PortNotConfigured
from plonegov.core.interfaces import IClock
from plonegov.core.interfaces import ICoreSettings
from typing import Any
from zope.component import getUtility
from zope.component import queryUtility
from zope.interface.interface import InterfaceClass


def port(interface: InterfaceClass) -> Any:
    """Return the town's implementation of a port.

    :param interface: the port, for example ``IPdfRenderer``.
    :raises PortNotConfigured: the town's registry names none, or an unknown one.
    """
    settings = getUtility(IRegistry).forInterface(ICoreSettings, prefix="plonegov.core")
    name = (settings.ports or {}).get(interface.__name__)
    utility = queryUtility(interface, name=name) if name else None
    if utility is None:
        raise PortNotConfigured(port=interface.__name__, name=name or "")
    return utility


def now() -> datetime:
    """Return the current time by the town's clock, aware and in UTC."""
    return port(IClock).now()
