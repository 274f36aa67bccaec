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
    name, utility = _found(interface)
    if utility is None:
        raise PortNotConfigured(port=interface.__name__, name=name)
    return utility


def has_port(interface: InterfaceClass) -> bool:
    """Tell whether the town has an implementation of a port that it may do without."""
    return _found(interface)[1] is not None


def _found(interface: InterfaceClass) -> tuple[str, Any]:
    settings = getUtility(IRegistry).forInterface(ICoreSettings, prefix="plonegov.core")
    name = (settings.ports or {}).get(interface.__name__) or ""
    return name, queryUtility(interface, name=name) if name else None


def now() -> datetime:
    """Return the current time by the town's clock, aware and in UTC."""
    return port(IClock).now()
