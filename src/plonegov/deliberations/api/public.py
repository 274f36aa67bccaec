"""What the public is told of sittings and decisions: from metadata and indexes.

Of a sitting nobody outside learns more than its body, day, hour, place and state, and
that only of a public body and once it was convened.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from plonegov.core.api import municipality
from plonegov.core.errors import RecordNotFound
from plonegov.core.records.fulltext import words_query
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import store
from plonegov.deliberations.api.publishing import decisions
from plonegov.deliberations.domain.agenda import numbers
from plonegov.deliberations.domain.formalities import drafts_online_until
from plonegov.deliberations.domain.formalities import Due
from plonegov.deliberations.domain.publicsearch import FACETS
from plonegov.deliberations.domain.publicsearch import Search
from plonegov.deliberations.domain.publishing import LISTED
from plonegov.deliberations.domain.publishing import Publicity
from plonegov.deliberations.domain.publishing import Shown
from plonegov.deliberations.domain.rulereading import rule_set
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.domain.states import READ_BY_MEMBERS
from typing import Any


#: States in which a meeting does not take place as it was announced: it was cancelled, or
#: called back until its members are called anew.
OFF = (MeetingState.CREATED, MeetingState.CANCELLED)


@dataclass(frozen=True)
class Sitting:
    """What the public knows of a meeting.

    ``starts`` is aware; ``state`` of one that was called back is ``CANCELLED``. ``sequence`` grows with each change (RFC 5545, 3.8.7.4),
    ``touched`` is when the last one was.
    """

    key: str
    body: str
    starts: datetime
    place: str
    state: MeetingState
    sequence: int
    touched: datetime

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.state is MeetingState.CANCELLED


@dataclass(frozen=True)
class Results:
    """A page of results, how many there are in all, and for each facet how many have
    each value, leaving aside what was chosen in that facet itself."""

    rows: list[dict[str, Any]]
    total: int
    facets: Mapping[str, Mapping[Any, int]]


def public_bodies() -> dict[str, Mapping[str, str]]:
    """Return the titles of the bodies of which the public reads, by id."""
    return {
        body.getId(): body.titles
        for body in bodies.all_bodies()
        if body.publicity == Publicity.PUBLIC
    }


def sittings(first: date | None = None, last: date | None = None) -> list[Sitting]:
    """Return the meetings of public bodies that were convened, the earliest first; one
    that was called off stays on the day that was announced.

    :param first: the first day; None: from the beginning.
    :param last: the last day; None: without end.
    """
    known = list(public_bodies())
    if not known:
        return []
    first, last = first or date.min, last or date.max
    days = {"query": (first.toordinal(), last.toordinal()), "range": "minmax"}
    query = {"kind": "meeting", "body": known}
    held = store.rows({**query, "state": list(map(str, READ_BY_MEMBERS)), "day": days})
    off = store.rows({**query, "state": list(map(str, OFF))})
    found = [_sitting(row) for row in (*held.rows, *off.rows) if row["announced"]]
    return sorted(
        (one for one in found if first <= one.starts.date() <= last),
        key=lambda one: one.starts,
    )


def sitting(key: str) -> Sitting:
    """Return what the public knows of a meeting.

    :raises RecordNotFound: there is none, it was never convened, or its body is not
        public: nobody outside learns which.
    """
    row = store.deliberations().records.row(key)
    if row is None or row["kind"] != "meeting" or not row["announced"]:
        raise RecordNotFound()
    if row["body"] not in public_bodies():
        raise RecordNotFound()
    return _sitting(row)


def agenda(key: str) -> list[dict[str, Any]]:
    """Return rows of what of a sitting's agenda was confirmed, in its order, each with
    its ``place`` on the agenda (0: it is no longer on it)."""
    container = decisions()
    query = {"meeting": key, "shown": list(map(str, LISTED))}
    rows = container.records.query(container, query, size=0).rows
    places = numbers(store.meeting(key).agenda.rows)
    found = [{**row, "place": places.get(row["key"], 0)} for row in rows]
    return sorted(
        found, key=lambda row: (row["place"] or len(places) + 1, row["title"])
    )


def decided(key: str) -> list[dict[str, Any]]:
    """Return rows of the public decisions of a sitting, in the order of its agenda."""
    found = [row for row in agenda(key) if row["shown"] == Shown.DECISION]
    return sorted(found, key=lambda row: row["number"])


def drafts_due(of: Sitting) -> Due | None:
    """Return until when the law wants a sitting's drafts online, None: it does not."""
    rules = rule_set(bodies.get(of.body).rules).on(of.starts.date())
    return drafts_online_until(of.starts.date(), rules)


def search(wanted: Search) -> Results:
    """Return what the public finds; no record is woken."""
    container = decisions()
    records, query = container.records, _query(wanted)
    chosen = [name for name in FACETS if name in wanted.facets]
    free = [name for name in FACETS if name not in chosen]
    page, counted = records.browse(
        container, query, "day", free, wanted.start, wanted.size
    )
    for name in chosen:
        others = _query(wanted.without(name))
        counted |= records.facets(container, others, (name,))
    return Results(page.rows, page.total, counted)


def listed_decisions() -> Iterator[list[dict[str, Any]]]:
    """Yield rows of all decisions in pages, the latest sitting first."""
    container = decisions()
    query = {"shown": str(Shown.DECISION)}
    yield from container.records.pages(container, query, "day", True)


def newest(size: int) -> list[dict[str, Any]]:
    """Return rows of what was put online last."""
    container = decisions()
    query = {"shown": list(map(str, LISTED))}
    return container.records.query(container, query, "online", True, size=size).rows


def postings() -> list[dict[str, Any]]:
    """Return rows of the regulations that are posted, the latest first."""
    container = decisions()
    query = {
        "shown": str(Shown.DECISION),
        "posted": {"query": 1, "range": "min"},
    }
    return container.records.query(container, query, "posted", True, size=0).rows


def known() -> tuple[set[str], set[str]]:
    """Return the bodies and the subjects of which there is something to read."""
    records = decisions().records
    named = {choice.id for choice in municipality().bodies}
    return named | set(records.values("body")), set(records.values("subject")) - {""}


def _query(wanted: Search) -> dict[str, Any]:
    query: dict[str, Any] = {"shown": list(map(str, LISTED)), **wanted.facets}
    words = words_query(wanted.text)
    return query | ({"text": words} if words else {})


def _sitting(row: Mapping[str, Any]) -> Sitting:
    starts, place = row["announced"]
    state = MeetingState(row["state"])
    return Sitting(
        key=row["key"],
        body=row["body"],
        starts=datetime.fromisoformat(starts),
        place=place,
        state=MeetingState.CANCELLED if state in OFF else state,
        sequence=row["sequence"],
        touched=datetime.fromisoformat(row["touched"]),
    )
