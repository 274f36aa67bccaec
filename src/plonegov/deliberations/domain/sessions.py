"""Whether an item is discussed in public, and whether the body may sit at a distance.

Public: CDLD L1122-20 to -22 and L1123-20; CGCT L2121-18. At a distance: CDLD L6511-1 and
following; CGCT L2121-7.
"""

from collections.abc import Collection
from plonegov.deliberations.domain.errors import ClosedSessionNotAllowed
from plonegov.deliberations.domain.errors import RemoteNotAllowed
from plonegov.deliberations.domain.errors import SessionVoteMissing
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.modes import at_least
from plonegov.deliberations.domain.quorum import more_than
from plonegov.deliberations.domain.ruleset import ClosedSession
from plonegov.deliberations.domain.ruleset import only
from plonegov.deliberations.domain.ruleset import Rules
from plonegov.deliberations.domain.trace import Finding
from plonegov.deliberations.domain.trace import Line
from plonegov.deliberations.domain.trace import line


def closed_by_law(matter: Matter, rules: Rules) -> Line | None:
    """Return why an item must be discussed without the public, None if it need not."""
    for row in rules.closed_session:
        if row.always or matter in row.matters:
            return line("closed_always" if row.always else "closed_by_matter", row.law)
    return None


def closing(
    matter: Matter,
    in_favour: int,
    present: int,
    rules: Rules,
    *,
    represented: int = 0,
    asked_by: int = 0,
    president_asks: bool = False,
) -> Finding:
    """Return whether a body's decision to exclude the public holds.

    :param represented: absent members who are represented; they count where the law
        says so.
    :param asked_by: how many members asked for it.
    :raises ClosedSessionNotAllowed: ``reason`` is ``never`` (the matter is always
        public) or ``not_asked`` (too few asked).
    :raises NoRuleInForce: the law gives the body no such choice.
    """
    row = only(
        [row for row in rules.closed_session if row.at_least or row.more_than],
        "closed_session",
    )
    if matter in row.never:
        raise ClosedSessionNotAllowed(reason="never")
    if asked_by < row.asked_members and not president_asks:
        raise ClosedSessionNotAllowed(reason="not_asked")
    whole = present + (represented if row.represented else 0)
    needed = _needed(row, whole)
    holds = in_favour >= needed
    sentence = "closed_by_decision" if holds else "closing_refused"
    said = line(sentence, row.law, in_favour=in_favour, whole=whole, needed=needed)
    return Finding(holds, in_favour, needed, (said,))


def check_place(matter: Matter, rules: Rules, *, public_part_over: bool) -> None:
    """Refuse to close a session before the public part is over, where the law puts it
    last (CDLD L1122-22: except in disciplinary matters).

    :raises ClosedSessionNotAllowed: ``reason`` is ``public_part_first``.
    """
    after = any(
        row.after_public and matter not in row.first for row in rules.closed_session
    )
    if after and not public_part_over:
        raise ClosedSessionNotAllowed(reason="public_part_first")


def check_closed_part(
    matters: Collection[Matter], rules: Rules, *, public_part_over: bool
) -> None:
    """Refuse to go on to the closed part of a sitting, where a vote must close it.

    :param matters: of the items that are left of the closed part.
    :raises ClosedSessionNotAllowed: ``reason`` is ``public_part_first``.
    :raises SessionVoteMissing: an item is not closed by the law itself.
    """
    for matter in matters or (Matter.ORDINARY,):
        check_place(matter, rules, public_part_over=public_part_over)
        if closed_by_law(matter, rules) is None:
            raise SessionVoteMissing()


def check_remote(matter: Matter, rules: Rules, *, extraordinary: bool) -> Line:
    """Return why an item may be dealt with at a distance.

    :param extraordinary: the authorities declared an emergency.
    :raises RemoteNotAllowed: ``reason`` is ``matter`` or ``ordinary`` (it is no time
        for it).
    :raises NoRuleInForce: the law says nothing on that day.
    """
    row = only(rules.remote, "remote")
    if matter in row.refused:
        raise RemoteNotAllowed(reason="matter")
    if not (row.extraordinary if extraordinary else row.ordinary):
        raise RemoteNotAllowed(reason="ordinary")
    return line("remote_extraordinary" if extraordinary else "remote_ordinary", row.law)


def _needed(row: ClosedSession, whole: int) -> int:
    if row.at_least is not None:
        return max(1, at_least(row.at_least, whole))
    return more_than(row.more_than, whole)
