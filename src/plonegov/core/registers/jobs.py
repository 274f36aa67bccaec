"""What the registers do once a day: chain what was registered."""

from plonegov.core.ops.interfaces import IJob
from plonegov.core.registers import chain
from typing import Any
from zope.interface import implementer


@implementer(IJob)
class SealRegisters:
    """Chain what was registered since the last time; a changed register stops it."""

    every = 86400

    def run(self, portal: Any) -> str | None:
        """Return how many entries were chained, or None.

        :raises RegistersChanged: something sealed before is not what it was.
        """
        link = chain.seal_town(portal)
        return f"{len(link.entries)} chained" if link else None
