"""How long an order says something about people, and when its applicant is told.

GDPR art. 5.1.e (storage limitation), art. 17 (erasure), art. 20 (portability).
"""

from collections.abc import Collection
from collections.abc import Iterable
from datetime import date
from datetime import timedelta


#: How many days before the erasure the applicant is told, the first time first.
REMINDERS = (30, 7)

#: What ``reminded`` calls these mails.
KIND = "erasure"


def erasure_day(
    closed: date | None, retention_days: int, anonymised: date | None = None
) -> date | None:
    """Return the first day on which an order is erased: the one after its retention.

    :param closed: the day on which it ended; None: it runs, so it is kept.
    :param anonymised: the day on which it was erased, if so.
    """
    if closed is None or anonymised is not None:
        return None
    return closed + timedelta(days=retention_days + 1)


def reminder_due(
    erased: date,
    today: date,
    sent: Collection[str],
    reminders: Iterable[int] = REMINDERS,
) -> str:
    """Return the name of the mail that is due today, or "" when none is.

    Only the last one whose time has come: who was told nothing for three weeks is not
    told twice.

    :param erased: the first day on which the order is erased.
    :param sent: the names of those sent since the order ended.
    """
    left = (erased - today).days
    come = [days for days in reminders if 0 < left <= days]
    name = f"{KIND}-{min(come)}" if come else ""
    return "" if name in sent else name
