"""Orders that a clerk enters for somebody: at the desk, or from a paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from datetime import tzinfo
from enum import StrEnum
from plonegov.core.errors import Fault
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.typed.reader import Reader
from plonegov.ordering.domain.identity import IdentityDocument
from plonegov.ordering.domain.model import Channel
from typing import Any


class EntryChannel(StrEnum):
    """How an order reached the clerk who enters it."""

    DESK = str(Channel.DESK)
    PAPER = str(Channel.PAPER)


#: A paper older than this was not just found: its date is mistyped.
OLDEST = timedelta(days=366)

KEYS = ("channel", "received", "identity_document")


@dataclass(frozen=True)
class Entry:
    """How an order came to the clerk who enters it.

    ``received`` is the day on which the town got it, which starts the clock;
    ``identity_document`` what the person showed (empty: nothing).
    """

    channel: Channel
    received: date
    identity_document: str = ""

    @property
    def identity(self) -> AssuranceLevel:
        """How sure the town is of the applicant.

        An identity document seen with its holder is as sure as level substantial
        (Regulation (EU) 2015/1502, annex, 2.1.2); a paper says nothing of who sent it.
        """
        return (
            AssuranceLevel.SUBSTANTIAL
            if self.identity_document
            else AssuranceLevel.NONE
        )

    def details(self) -> dict[str, str]:
        """Return what the order's log keeps of it."""
        return {
            "received": self.received.isoformat(),
            "identity_document": self.identity_document,
        }

    def moment(self, now: datetime, zone: tzinfo) -> datetime:
        """Return when the order counts as placed: now, or noon of an earlier day."""
        if self.received == now.astimezone(zone).date():
            return now
        noon = datetime.combine(self.received, time(12), zone)
        return noon.astimezone(now.tzinfo)


def read_entry(
    given: Mapping[str, Any], asked: AssuranceLevel, today: date, faults: list[Fault]
) -> Entry | None:
    """Return how an order came in; None when something is wrong with it.

    :param given: ``channel`` (desk or paper), ``received`` (ISO 8601, a paper's only)
        and ``identity_document`` (seen at the desk only).
    :param asked: how sure the document wants the town to be of the applicant.
    :param faults: gets what is wrong.
    """
    reader = Reader(given, KEYS, faults)
    before = len(faults)
    channel = reader.choice("channel", EntryChannel)
    received = reader.day("received", today - OLDEST, today)
    seen = reader.choice("identity_document", IdentityDocument, required=False)
    if channel is EntryChannel.PAPER:
        if not reader.has("received"):
            reader.fault("received", "required")
        if seen:
            reader.fault("identity_document", "identity_on_paper")
    if channel is EntryChannel.DESK:
        if received and received != today:
            reader.fault("received", "received_at_desk")
        if not seen and asked is not AssuranceLevel.NONE:
            reader.fault("identity_document", "required")
    if len(faults) > before:
        return None
    return Entry(Channel(channel), received or today, str(seen or ""))
