"""What certification adds to a demonstration: a seal that is worth nothing."""

from plone import api
from plonegov.core.municipality.interfaces import IDemoData
from plonegov.core.pdf.interfaces import ISealer
from typing import Any
from zope.interface import implementer


PORTS = "plonegov.core.ports"


@implementer(IDemoData)
class DemoSeal:
    """Makes the demonstration's sealer the town's."""

    def has_real_data(self, portal: Any) -> bool:
        """Tell whether there is something that a demonstration must not touch: never."""
        return False

    def create(self, portal: Any, password: str) -> None:
        """Use the sealer ``demo``."""
        ports = dict(api.portal.get_registry_record(PORTS) or {})
        ports[ISealer.__name__] = "demo"
        api.portal.set_registry_record(PORTS, ports)
