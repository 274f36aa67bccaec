"""Erasing people from records whose time is over, in portions, while the site serves.

GDPR art. 5.1.e. Each portion has two commits. With the first one the files are empty
and their former contents are taken off the disk, with the second one the records
themselves are erased. What was killed in between is over still, so that another run
finishes it; nothing else is lost.
"""

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from plone.uuid.interfaces import IUUID
from plonegov.core.api.municipality import municipality
from plonegov.core.api.ports import now
from plonegov.core.mail import outbox
from plonegov.core.ops.erasures import note_erased
from plonegov.core.ops.writelock import town_lock
from plonegov.core.records.blobs import drop_former_contents
from plonegov.core.records.blobs import empty
from plonegov.core.records.interfaces import IErasable
from plonegov.core.records.interfaces import IRetention
from typing import Any

import transaction


#: Records that are erased in one portion, so that no writer waits long.
BATCH = 200

Told = Callable[[int, int], None]


@dataclass(frozen=True, order=True)
class Due:
    """A record that is erased on a day, by its key; ``kind`` is that of the record."""

    day: date
    key: str
    kind: str


def erase_due(
    portal: Any, retention: IRetention, today: date, told: Told | None = None
) -> int:
    """Erase what is over today; return how many records.

    :param told: called with how many records of how many are done.
    """
    transaction.begin()
    keys = [due.key for due in retention.due(portal, today)]
    count = 0
    for start in range(0, len(keys), BATCH):
        portion = keys[start : start + BATCH]
        with town_lock(portal.getId()):
            transaction.begin()
            found = filter(None, (retention.get(portal, key) for key in portion))
            over = [record for record in found if is_over(record, today)]
            count += erase(portal, over, today) if over else 0
        portal._p_jar.cacheMinimize()
        if told is not None:
            told(start + len(portion), len(keys))
    retention.forget(portal)
    return count


def is_over(record: Any, today: date) -> bool:
    """Whether a record is to be erased today or was to be before."""
    day = IErasable(record).day()
    return day is not None and day <= today


def erase(portal: Any, records: Sequence[Any], day: date) -> int:
    """Erase records, and list them outside the database first; return how many.

    :raises OSError: they could not be listed; nothing was erased.
    """
    uids = sorted(map(IUUID, records))
    note_erased(municipality().id, uids, now())
    return take_out(portal, records, day)


def take_out(portal: Any, records: Sequence[Any], day: date) -> int:
    """Erase records under the town's write lock, committing twice; return how many.

    :param day: the date that each record will tell.
    """
    files = [file for record in records for file in IErasable(record).files()]
    for file in files:
        empty(file)
    outbox.forget(portal, set(map(IUUID, records)))
    transaction.commit()
    transaction.begin()
    for file in files:
        drop_former_contents(file)
    for record in records:
        IErasable(record).erase(day)
    transaction.commit()
    transaction.begin()
    return len(records)
