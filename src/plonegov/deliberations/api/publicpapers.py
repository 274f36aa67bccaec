"""The papers that the public gets of a sitting: made by a job, offered while they hold.

A stored paper names what it was made of; where the public reads anything else now, it is
not offered, so that what is withdrawn is in no paper from that moment on.
"""

from collections.abc import Callable
from collections.abc import Mapping
from datetime import date
from datetime import timedelta
from hashlib import sha256
from plone.namedfile.file import NamedBlobFile
from plonegov.core.api import municipality
from plonegov.core.errors import RecordNotFound
from plonegov.deliberations.adapters import publicpapers
from plonegov.deliberations.adapters.papers import Paper
from plonegov.deliberations.api import public
from plonegov.deliberations.api import store
from plonegov.deliberations.api.public import Sitting
from plonegov.deliberations.domain.minutes import MinutesState
from plonegov.deliberations.domain.publishing import OVER
from typing import Any


AGENDA, MINUTES = "agenda", "minutes"
DRAWN: Mapping[str, Callable[[Sitting], Paper]] = {
    AGENDA: publicpapers.agenda,
    MINUTES: publicpapers.minutes,
}
#: How long after a sitting its papers are made (anew).
LONGEST: Mapping[str, timedelta] = {
    AGENDA: timedelta(days=60),
    MINUTES: timedelta(days=400),
}
#: Columns of a decision that stand in a paper, or change with what does.
PRINTED = ("key", "place", "number", "title", "shown", "online", "outcome")


def wanted(sitting: Sitting) -> dict[str, str]:
    """Return which papers there are to be of a sitting, each with a digest of what it is
    made of; read from metadata."""
    if sitting.is_cancelled:
        return {}
    rows = public.agenda(sitting.key)
    found = {AGENDA: [row for row in rows if row["place"]]}
    if store.meeting(sitting.key).minutes.state is MinutesState.PUBLISHED:
        found[MINUTES] = public.decided(sitting.key)
    return {
        name: _digest(sitting, printed) for name, printed in found.items() if printed
    }


def current(sitting: Sitting) -> dict[str, NamedBlobFile]:
    """Return the papers of a sitting that say what the public reads now."""
    held = store.meeting(sitting.key).public_papers
    return {
        name: held[name]["file"]
        for name, made_of in wanted(sitting).items()
        if name in held and held[name]["of"] == made_of
    }


def stale(today: date) -> list[tuple[Sitting, str, str]]:
    """Return what is to be made: of which sitting, which paper, and a digest of what it
    is made of."""
    return [
        (sitting, name, made_of)
        for sitting in public.sittings(today - max(LONGEST.values()))
        for name, made_of in wanted(sitting).items()
        if today - sitting.starts.date() <= LONGEST[name]
        and _held_of(sitting, name) != made_of
    ]


def make(sitting: Sitting, name: str) -> bytes:
    """Make a paper as PDF; nothing is written."""
    return DRAWN[name](sitting).pdf()


def keep(key: str, name: str, made_of: str, data: bytes) -> bool:
    """Store a paper, unless the public reads something else meanwhile; say whether it was.

    :param key: of the meeting.
    """
    try:
        found = wanted(public.sitting(key)).get(name)
    except RecordNotFound:
        return False
    if found != made_of:
        return False
    meeting = store.meeting(key)
    file = NamedBlobFile(data, contentType="application/pdf", filename=f"{name}.pdf")
    row = {"of": made_of, "file": file}
    meeting.public_papers = {**meeting.public_papers, name: row}
    return True


def _held_of(sitting: Sitting, name: str) -> str:
    held: Mapping[str, Any] = store.meeting(sitting.key).public_papers.get(name, {})
    return str(held.get("of", ""))


def _digest(sitting: Sitting, rows: list[dict[str, Any]]) -> str:
    printed = [[row[column] for column in PRINTED] for row in rows]
    made_of = (
        sitting.starts.isoformat(),
        sitting.place,
        sitting.state in OVER,
        municipality().legal_language,
        printed,
    )
    return sha256(repr(made_of).encode()).hexdigest()
