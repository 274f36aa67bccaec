"""The clock of a demonstration: what is made for it happened in the past."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from datetime import UTC
from plone import api
from plonegov.core.interfaces import IClock
from zope.interface import implementer


#: The name of the clock, as a town's registry has it while its demonstration is made.
NAME = "plonegov.deliberations.demo"
RECORD = "plonegov.core.ports"

_shown: ContextVar[datetime | None] = ContextVar("shown", default=None)


@implementer(IClock)
class DemoClock:
    """The time that ``set_to`` said, where the demonstration is made; else the machine's."""

    def now(self) -> datetime:
        """Return the time, aware and in UTC."""
        return _shown.get() or datetime.now(UTC)


@contextmanager
def demo_clock() -> Iterator[None]:
    """Let the town go by the clock of demonstrations; afterwards by its own again."""
    ports = api.portal.get_registry_record(RECORD)
    api.portal.set_registry_record(RECORD, ports | {"IClock": NAME})
    token = _shown.set(None)
    try:
        yield
    finally:
        _shown.reset(token)
        api.portal.set_registry_record(RECORD, ports)


def set_to(moment: datetime | None) -> None:
    """Set the clock of demonstrations (None: to the machine's time)."""
    _shown.set(moment.astimezone(UTC) if moment is not None else None)
