"""How many of a town's mails may leave in an hour, kept beside the mails."""

from pathlib import Path
from plonegov.core.ops.files import write_private

import json


MINUTE, HOUR = 60, 3600


class HourlyRate:
    """The mails of the last hour by the minute, in ``sent.json`` of the mail folder.

    What is to be sent is noted before it is, so that a kill in between lets too few
    leave and never too many.

    :param limit: mails that may leave within any hour.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        self.path = folder / "sent.json"
        self.limit = limit
        stored = json.loads(self.path.read_text()) if self.path.exists() else {}
        self.minutes = {int(minute): count for minute, count in stored.items()}

    def left(self, now: float) -> int:
        """Return how many mails may leave now (seconds since 1970)."""
        self._forget(now)
        return max(0, self.limit - sum(self.minutes.values()))

    def take(self, now: float, count: int) -> None:
        """Note mails that are about to be sent."""
        minute = int(now) // MINUTE
        self.minutes[minute] = self.minutes.get(minute, 0) + count
        self._save(now)

    def give_back(self, now: float, count: int) -> None:
        """Note that mails of those last taken at this time did not leave."""
        if count:
            self.minutes[int(now) // MINUTE] -= count
            self._save(now)

    def _forget(self, now: float) -> None:
        """Drop the minutes that ended an hour ago or more, or that lie ahead."""
        first, last = int(now - HOUR) // MINUTE, int(now) // MINUTE
        self.minutes = {
            minute: count
            for minute, count in self.minutes.items()
            if first <= minute <= last and count
        }

    def _save(self, now: float) -> None:
        self._forget(now)
        write_private(self.path, json.dumps(self.minutes).encode())
