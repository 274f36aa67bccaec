"""How the members of a body are told of a sitting, and the proof of it.

A row is kept for each try to reach a member: what it was about, the address, when it was
asked for, when a mail server took it or why it refused, or when and how the paper was
handed over. Rows are never removed: the last one of a member counts, the others tell what
was tried before (CDLD, article L1122-13; CGCT, article L2121-10).
"""

from collections.abc import Iterable
from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class About(StrEnum):
    """What members are told."""

    CALL = "call"
    RECALL = "recall"
    CANCEL = "cancel"


class Reached(StrEnum):
    """How far a try to reach a member is.

    ``paper``: without an address, to be handed over; ``waits``: it is to be sent;
    ``kept``: a demonstration sends nothing.
    """

    PAPER = "paper"
    WAITS = "waits"
    DELIVERED = "delivered"
    KEPT = "kept"
    FAILED = "failed"
    HANDED = "handed"


Row = dict[str, Any]

#: Tries after which a member has the convocation.
DONE = (Reached.DELIVERED, Reached.KEPT, Reached.HANDED)


def new_row(about: About, member: str, name: str, email: str, asked: str) -> Row:
    """Return a row of a try that begins.

    :param member: UID of the mandate.
    :param asked: ISO time.
    """
    return {
        "about": str(about),
        "member": member,
        "name": name,
        "email": email,
        "asked": asked,
        "mail": "",
        "settled": "",
        "refused": "",
        "kept": False,
        "handed": "",
        "how": "",
    }


def reached(row: Mapping[str, Any]) -> Reached:
    """Return how far a try is."""
    if row["handed"]:
        return Reached.HANDED
    if row["refused"]:
        return Reached.FAILED
    if row["settled"]:
        return Reached.KEPT if row["kept"] else Reached.DELIVERED
    return Reached.WAITS if row["email"] else Reached.PAPER


def last_calls(rows: Iterable[Row]) -> list[Row]:
    """Return the last row of each member about the convocation, in the order in which
    they were called first; what was called back counts no more."""
    found: dict[str, Row] = {}
    for row in rows:
        if row["about"] == About.CALL:
            found[row["member"]] = row
        else:
            found.pop(row["member"], None)
    return list(found.values())


def to_send(rows: Iterable[Row]) -> list[int]:
    """Return the places of the rows whose convocation is to be sent by mail."""
    return [
        place
        for place, row in enumerate(rows)
        if row["about"] == About.CALL
        and reached(row) is Reached.WAITS
        and not row["mail"]
    ]


def settled(
    rows: Iterable[Row], mail: str, when: str, refused: str, kept: bool
) -> tuple[Row, ...]:
    """Return the rows with what became of a mail.

    :param mail: its key; of none of the rows: they stay as they are.
    :param when: ISO time.
    :param refused: the code with which it was refused for good, or empty.
    """
    return tuple(
        {**row, "settled": when, "refused": refused, "kept": kept}
        if row["mail"] == mail
        else row
        for row in rows
    )
