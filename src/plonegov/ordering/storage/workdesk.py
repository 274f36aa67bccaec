"""What clerks said of their own work, and the day of the last daily mail."""

from AccessControl.SecurityInfo import ACCESS_PRIVATE
from BTrees.OOBTree import OOBTree
from collections.abc import Collection
from datetime import date
from persistent import Persistent
from plonegov.ordering.domain.staffing import Absence
from plonegov.ordering.domain.staffing import WorkSettings


class WorkDesk(Persistent):
    """Settings by account, as plain values; ``told`` is the last daily mail's day."""

    #: Neither it nor a method of it is published under its container's address.
    __roles__ = ACCESS_PRIVATE

    told: date | None = None

    def __init__(self) -> None:
        self._settings = OOBTree()

    def get(self, user: str) -> WorkSettings:
        """Return what an account said, or what holds when it said nothing."""
        first, last, digest = self._settings.get(user, (None, None, True))
        return WorkSettings(first and Absence(first, last), digest)

    def put(self, user: str, settings: WorkSettings) -> None:
        """Keep what an account says."""
        absence = settings.absence
        days = (absence.first, absence.last) if absence else (None, None)
        self._settings[user] = (*days, settings.digest)

    def forget_others(self, users: Collection[str]) -> None:
        """Forget what accounts said that are no staff any more."""
        for user in set(self._settings) - set(users):
            del self._settings[user]
