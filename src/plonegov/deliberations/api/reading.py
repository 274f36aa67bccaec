"""Which meetings, and which rows of an agenda, somebody reads: from metadata alone."""

from collections.abc import Collection
from collections.abc import Iterable
from plone import api
from plonegov.core.api import town_today
from plonegov.core.municipality.roles import own_services
from plonegov.core.records.store import Page
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import store
from plonegov.deliberations.content.mandate import Mandate
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.domain.states import READ_BY_MEMBERS
from plonegov.deliberations.interfaces import MANAGE_MEETINGS
from typing import Any


#: The role of the members of a body on its meetings (``adapters.roles``).
MEMBER = "Body Member"
#: Staff who read the meetings of every body, but of the items those of their services.
STAFF = ("Drafter", "Reviewer")
#: States of a meeting in which staff reads it; before it is the secretary's alone.
READ_BY_STAFF = (*READ_BY_MEMBERS, MeetingState.CANCELLED)
#: Ordinals of days between which every meeting lies.
EVER = (1, 10_000_000)


def may_manage(meeting: Meeting | None = None) -> bool:
    """Say whether the current user prepares a meeting, or meetings at all."""
    context = store.deliberations() if meeting is None else meeting
    return api.user.has_permission(MANAGE_MEETINGS, obj=context)


def readable(meeting: Meeting, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of items that the current user reads of a meeting's agenda.

    The secretary and who sits in the body read all, staff what is their services'.
    """
    if may_manage(meeting) or MEMBER in api.user.get_roles(obj=meeting):
        return list(rows)
    services = own_services(*STAFF)
    return [row for row in rows if row["service"] and row["service"] in services]


def meetings(
    *,
    body: str = "",
    state: str = "",
    days: tuple[int, int] = EVER,
    sort_on: str = "day",
    reverse: bool = False,
    start: int = 0,
    size: int = 0,
) -> Page:
    """Return a page of rows of the meetings that the current user reads.

    :param days: ordinals of the first and the last day.
    :param sort_on: an index.
    :param size: rows at most; 0 means all.
    """
    query: dict[str, Any] = {"kind": "meeting", "day": _between(days)}
    query |= {"body": body} if body else {}
    states = _states()
    if states is not None or state:
        allowed = [state] if state else list(map(str, states or ()))
        query["state"] = [one for one in allowed if states is None or one in states]
    if states is None or not set(STAFF).isdisjoint(api.user.get_roles()):
        container = store.deliberations()
        return container.records.query(container, query, sort_on, reverse, start, size)
    found = _of_member(query, days)
    found.sort(key=lambda row: (row[sort_on], row["key"]), reverse=reverse)
    return Page(found[start : start + size] if size else found, len(found))


def coming(size: int = 5) -> list[dict[str, Any]]:
    """Return rows of the meetings from today on that the current user reads: those that
    sit, then the next one first; a cancelled one is none."""
    rows = meetings(days=(town_today().toordinal(), EVER[1])).rows
    coming = [row for row in rows if row["state"] != MeetingState.CANCELLED]
    coming.sort(key=lambda row: row["state"] != MeetingState.SITTING)
    return coming[:size]


def mandates_of(user: str) -> list[Mandate]:
    """Return the mandates, ended ones too, that an account has in the town's bodies."""
    return [
        held
        for body in bodies.all_bodies()
        for held in body.objectValues()
        if isinstance(held, Mandate) and user and held.account == user
    ]


def _states() -> Collection[MeetingState] | None:
    """Return the states in which the current user reads meetings; None: in all."""
    if may_manage():
        return None
    staff = not set(STAFF).isdisjoint(api.user.get_roles())
    return READ_BY_STAFF if staff else READ_BY_MEMBERS


def _of_member(query: dict[str, Any], days: tuple[int, int]) -> list[dict[str, Any]]:
    """Return rows of the meetings on whose days the current user had a mandate."""
    found: dict[str, dict[str, Any]] = {}
    for held in mandates_of(api.user.get_current().getId() or ""):
        body = held.aq_parent.getId()
        last = held.last_day.toordinal() if held.last_day else EVER[1]
        first, last = max(days[0], held.first_day.toordinal()), min(days[1], last)
        if first <= last and query.get("body", body) == body:
            rows = store.rows({**query, "body": body, "day": _between((first, last))})
            found |= {row["key"]: row for row in rows.rows}
    return list(found.values())


def _between(days: tuple[int, int]) -> dict[str, Any]:
    return {"query": days, "range": "minmax"}
