"""How far a decision is with the authority that supervises the town, and since when it
may be carried out.

Wallonia: CDLD, articles L3122-2 (transmission) and L3131-1 (special approval). France:
CGCT, article L2131-1 (transmission makes it enforceable).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from enum import StrEnum
from plonegov.core.errors import Fault
from plonegov.deliberations.domain.model import Control
from typing import Any


class Stage(StrEnum):
    """How far a decision is with the authority."""

    NOTHING = "nothing"
    TO_SEND = "to_send"
    AWAITING = "awaiting"
    DONE = "done"


class SupervisionOutcome(StrEnum):
    """What the authority answered; ``EXPIRED``: its time passed without an answer."""

    APPROVED = "approved"
    PARTLY_APPROVED = "partly_approved"
    REFUSED = "refused"
    ANNULLED = "annulled"
    NO_OBJECTION = "no_objection"
    EXPIRED = "expired"


#: Outcomes that each kind of control knows.
OUTCOMES: Mapping[Control, tuple[SupervisionOutcome, ...]] = {
    Control.TRANSMISSION: (
        SupervisionOutcome.NO_OBJECTION,
        SupervisionOutcome.ANNULLED,
        SupervisionOutcome.EXPIRED,
    ),
    Control.APPROVAL: (
        SupervisionOutcome.APPROVED,
        SupervisionOutcome.PARTLY_APPROVED,
        SupervisionOutcome.REFUSED,
        SupervisionOutcome.EXPIRED,
    ),
}

#: Outcomes after which a decision is not carried out.
AGAINST = (SupervisionOutcome.REFUSED, SupervisionOutcome.ANNULLED)

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Dossier:
    """A decision before the authority.

    ``decided`` is the day of the sitting, ``sent`` when it went out, ``complete`` when
    the authority had the whole file, ``due`` the last day for its answer, ``answered``
    the day of the ``outcome``. ``control`` None: nothing is to be sent.
    """

    decided: date
    control: Control | None = None
    sent: date | None = None
    complete: date | None = None
    due: date | None = None
    answered: date | None = None
    outcome: SupervisionOutcome | None = None


def stage(dossier: Dossier) -> Stage:
    """Return how far a decision is."""
    if dossier.control is None:
        return Stage.NOTHING
    if dossier.outcome is not None:
        return Stage.DONE
    return Stage.TO_SEND if dossier.sent is None else Stage.AWAITING


def enforceable_since(dossier: Dossier, suspends: bool) -> date | None:
    """Return since when a decision may be carried out; None: it may not (yet).

    :param suspends: by the rule of its control it has no effect before.
    """
    if dossier.outcome in AGAINST:
        return None
    if not suspends or dossier.control is None:
        return dossier.decided
    if dossier.control is Control.TRANSMISSION:
        return dossier.sent
    if dossier.outcome is SupervisionOutcome.EXPIRED:
        return dossier.due + DAY if dossier.due else None
    return dossier.answered if dossier.outcome is not None else None


def faults_of(dossier: Dossier, today: date) -> list[Fault]:
    """Return what is wrong with a decision's dates: each follows the one before, and
    none but ``due`` is still to come."""
    found = []
    before = dossier.decided
    for name in ("sent", "complete", "answered"):
        day: date | None = getattr(dossier, name)
        if day is None:
            continue
        if day < before:
            context = {"earliest": before.isoformat()}
            found.append(Fault(name, "date_too_early", context))
        elif day > today:
            found.append(Fault(name, "date_too_late", {"latest": today.isoformat()}))
        before = max(before, day) if name != "answered" else before
    known = OUTCOMES.get(dossier.control, ()) if dossier.control else ()
    if dossier.outcome is not None and dossier.outcome not in known:
        found.append(Fault("outcome", "unknown_choice", {"allowed": ", ".join(known)}))
    return found


def dossier_of(decided: date, row: Mapping[str, Any]) -> Dossier:
    """Return the dossier that ``row_of`` wrote as JSON types."""
    days = {
        name: date.fromisoformat(row[name])
        for name in ("sent", "complete", "due", "answered")
        if row.get(name)
    }
    control, outcome = row.get("control"), row.get("outcome")
    return Dossier(
        decided,
        control=Control(control) if control else None,
        outcome=SupervisionOutcome(outcome) if outcome else None,
        **days,
    )


def row_of(dossier: Dossier) -> dict[str, str]:
    """Return a dossier as JSON types; what is not known is left out."""
    values = {
        "control": dossier.control,
        "sent": dossier.sent,
        "complete": dossier.complete,
        "due": dossier.due,
        "answered": dossier.answered,
        "outcome": dossier.outcome,
    }
    return {name: str(value) for name, value in values.items() if value is not None}
