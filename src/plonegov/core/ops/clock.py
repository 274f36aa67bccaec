"""The machine's clock."""

from datetime import datetime
from datetime import UTC
from plonegov.core.interfaces import IClock
from zope.interface import implementer


@implementer(IClock)
class SystemClock:
    """The time of the machine (utility ``system``)."""

    def now(self) -> datetime:
        """Return the current time, aware and in UTC."""
        return datetime.now(UTC)
