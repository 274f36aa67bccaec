"""What deliberations makes outside the write lock: convocations, extracts and what the
public gets of a sitting, as PDF."""

from plonegov.core.api import town_today
from plonegov.core.errors import RecordNotFound
from plonegov.core.ops.interfaces import IJob
from plonegov.core.ops.writelock import town_lock
from plonegov.deliberations.adapters import callpapers
from plonegov.deliberations.adapters import papers
from plonegov.deliberations.api import convening
from plonegov.deliberations.api import extracting
from plonegov.deliberations.api import public
from plonegov.deliberations.api import publicpapers
from plonegov.deliberations.api import sealedminutes
from plonegov.deliberations.api.public import Sitting
from plonegov.deliberations.api.sealing import Drawn
from plonegov.deliberations.api.serials import serial
from plonegov.deliberations.api.store import DELIBERATIONS_ID
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.storage import due
from typing import Any
from zope.interface import implementer

import transaction


@implementer(IJob)
class PaperJob:
    """Makes what is due of meetings: rendered before the town's write lock is taken,
    kept under it once the serials are checked again; ``what`` is a mark."""

    every = 5
    what = ""
    done = "made"

    def run(self, portal: Any) -> str | None:
        """Make all that is due and did not change meanwhile; return how much, or None."""
        transaction.begin()
        container = portal.get(DELIBERATIONS_ID)
        keys = [] if container is None else due.waiting(container, self.what)
        count = sum(self._one(portal, container, key) for key in keys)
        return f"{count} {self.done}" if count else None

    def _one(self, portal: Any, container: Any, key: str) -> int:
        transaction.begin()
        today, meeting = town_today(), _meeting(container, key)
        seen = serial(meeting, today) if meeting is not None else ()
        made = self.make(meeting) if meeting is not None else None
        with town_lock(portal.getId()):
            transaction.begin()
            meeting = _meeting(container, key)
            if meeting is not None and serial(meeting, today) != seen:
                # Somebody was faster; the mark stays for the next run.
                transaction.abort()
                return 0
            count = self.keep(meeting, made) if meeting is not None else 0
            due.clear(container, self.what, key)
            transaction.commit()
        return count

    def make(self, meeting: Meeting) -> Any:
        """Make it; nothing is written."""
        raise NotImplementedError

    def keep(self, meeting: Meeting, made: Any) -> int:
        """Keep it; return how much it is."""
        raise NotImplementedError


class SendConvocations(PaperJob):
    """Make the convocations of meetings and send them to their members."""

    what = due.CONVOCATION
    done = "sent"

    def make(self, meeting: Meeting) -> bytes | None:
        """Make the convocation, unless it is sent to one more member only."""
        if meeting.state not in convening.CALLED or is_made(meeting):
            return None
        return callpapers.convocation(meeting, papers.everything, sent=True).pdf()

    def keep(self, meeting: Meeting, made: bytes | None) -> int:
        """Keep it with the mails that are owed now."""
        if meeting.state not in convening.CALLED:
            return 0
        return convening.send(meeting, made)


class MakeExtracts(PaperJob):
    """Make the extracts that were asked for, and tell the services of the results."""

    what = due.EXTRACTS

    def make(self, meeting: Meeting) -> extracting.Made | None:
        """Make the extracts."""
        return extracting.make(meeting)

    def keep(self, meeting: Meeting, made: extracting.Made | None) -> int:
        """Keep them with the mails to the services."""
        if made is None:
            return 0
        extracting.keep(meeting, made)
        return len(made.single)


class SealMinutes(PaperJob):
    """Seal the minutes that were signed, if the town has a seal."""

    every = 60
    what = due.MINUTES
    done = "sealed"

    def make(self, meeting: Meeting) -> Drawn | None:
        """Draw and seal them."""
        return sealedminutes.make(meeting)

    def keep(self, meeting: Meeting, made: Drawn | None) -> int:
        """Keep and register them."""
        if made is None:
            return 0
        sealedminutes.keep(meeting, made)
        return 1


@implementer(IJob)
class MakePublicPapers:
    """Make the agendas and public minutes that the public gets: rendered before the
    town's write lock is taken, kept under it if the public still reads the same."""

    every = 30

    def run(self, portal: Any) -> str | None:
        """Make what is not as the public reads it; return how much, or None."""
        transaction.begin()
        if DELIBERATIONS_ID not in portal:
            return None
        found = publicpapers.stale(town_today())
        count = sum(self._one(portal, *each) for each in found)
        return f"{count} made" if count else None

    def _one(self, portal: Any, sitting: Sitting, name: str, made_of: str) -> bool:
        transaction.begin()
        try:
            data = publicpapers.make(public.sitting(sitting.key), name)
        except RecordNotFound:
            return False
        with town_lock(portal.getId()):
            transaction.begin()
            kept = publicpapers.keep(sitting.key, name, made_of, data)
            transaction.commit()
        return kept


def is_made(meeting: Meeting) -> bool:
    """Say whether the convocation was made since it was wanted last."""
    if not meeting.called or meeting.paper_wanted is None:
        return False
    return meeting.called[-1]["at"] >= meeting.paper_wanted.isoformat()


def _meeting(container: Any, key: str) -> Meeting | None:
    found = container.records.get(key)
    return found.__of__(container) if isinstance(found, Meeting) else None
