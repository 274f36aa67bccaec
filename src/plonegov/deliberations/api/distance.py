"""What a body may not deal with at a distance (CDLD L6511-1 and following; CGCT
L2121-7 knows no such sitting of a council)."""

from plonegov.deliberations.api import law
from plonegov.deliberations.api import store
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.errors import RemoteNotAllowed
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.sessions import check_remote


def check(meeting: Meeting, matter: str) -> None:
    """Refuse to deal with a matter in a meeting that sits at a distance.

    :param matter: a ``domain.model.Matter``.
    :raises RemoteNotAllowed: the law wants the members in the room.
    """
    if meeting.is_remote:
        rules = law.rules_of(meeting)
        check_remote(Matter(matter), rules, extraordinary=meeting.extraordinary)


def allows(meeting: Meeting, matter: str) -> bool:
    """Say whether a meeting may deal with a matter where it sits."""
    try:
        check(meeting, matter)
    except RemoteNotAllowed:
        return False
    return True


def refused(meeting: Meeting) -> tuple[str, ...]:
    """Return the titles of the items on a meeting's agenda that it may not deal with
    where it sits; none is woken."""
    if not meeting.is_remote:
        return ()
    rows = store.rows({"kind": "item", "meeting": meeting.getId()}).rows
    return tuple(row["title"] for row in rows if not allows(meeting, row["matter"]))
