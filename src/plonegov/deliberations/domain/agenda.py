"""The agenda: one list of rows; where a new item comes, and why.

An item comes by privacy, category and service, in this order, unless a hand put it
elsewhere. Numbers are never stored here: they follow from the list.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from enum import StrEnum
from plonegov.deliberations.domain.refusals import ClosedSessionFirst
from plonegov.deliberations.domain.refusals import NotOnAgenda


class Privacy(StrEnum):
    """In which part of a sitting an item is treated."""

    OPEN = "open"
    CLOSED = "closed"


class Why(StrEnum):
    """Why a row stands where it does."""

    ORDER = "order"
    HAND = "hand"
    HEADING = "heading"


@dataclass(frozen=True)
class Row:
    """A row of an agenda: an item by its key, or a heading with its text.

    ``why`` says how it came to its place, ``who`` by whose hand.
    """

    key: str
    heading: str = ""
    why: Why = Why.ORDER
    who: str = ""

    @property
    def is_item(self) -> bool:
        """Whether it is an item, so that it is numbered."""
        return not self.heading


@dataclass(frozen=True)
class Listed:
    """What of an item decides on its place.

    ``disciplinary``: its closed session may come before the open one (CDLD, article
    L1122-22, https://wallex.wallonie.be).
    """

    privacy: Privacy
    category: str
    service: str
    disciplinary: bool = False


@dataclass(frozen=True)
class Order:
    """The order of categories and services; what is in neither list comes last."""

    categories: tuple[str, ...] = ()
    services: tuple[str, ...] = ()

    def rank(self, item: Listed) -> tuple[int, int, int]:
        """Return what items are compared by: privacy, category, service."""
        return (
            list(Privacy).index(item.privacy),
            _place(item.category, self.categories),
            _place(item.service, self.services),
        )


def insert(
    rows: Sequence[Row], items: Mapping[str, Listed], key: str, order: Order
) -> tuple[Row, ...]:
    """Return the rows with a new item at its place.

    It comes before the first item that is to stand after it; rows that a hand put
    somewhere, and headings, are not compared.

    :param items: of all rows that are items, and of the new one.
    """
    rank = order.rank(items[key])
    end = len(rows)
    if items[key].privacy is Privacy.OPEN:
        end = next(_closed_rows(rows, items), end)
    for place, row in enumerate(rows[:end]):
        if row.is_item and row.why is Why.ORDER and order.rank(items[row.key]) > rank:
            end = place
            break
    return (*rows[:end], Row(key), *rows[end:])


def remove(rows: Sequence[Row], key: str) -> tuple[Row, ...]:
    """Return the rows without one.

    :raises NotOnAgenda: there is no such row.
    """
    place = place_of(rows, key)
    return (*rows[:place], *rows[place + 1 :])


def move(
    rows: Sequence[Row], items: Mapping[str, Listed], key: str, to: int, who: str
) -> tuple[Row, ...]:
    """Return the rows with one at another place, put there by a hand.

    :param items: of the closed session at least.
    :param to: its place afterwards, from 0; beyond the end it is the last.
    :raises NotOnAgenda: there is no such row.
    :raises ClosedSessionFirst: an item of the closed session would come before one of
        the open session.
    """
    row = rows[place_of(rows, key)]
    others = list(remove(rows, key))
    why = Why.HEADING if row.heading else Why.HAND
    others.insert(max(0, min(to, len(others))), replace(row, why=why, who=who))
    check_sessions(others, items)
    return tuple(others)


def check_sessions(rows: Sequence[Row], items: Mapping[str, Listed]) -> None:
    """Refuse an agenda whose closed session does not come last.

    :param items: of the closed session at least; what is not there is of the open one.
    :raises ClosedSessionFirst: an item of the open session comes after one of the closed
        session that is no disciplinary matter.
    """
    closed = False
    for row in rows:
        if not row.is_item:
            continue
        item = items.get(row.key)
        if item is None or item.privacy is Privacy.OPEN:
            if closed:
                raise ClosedSessionFirst()
        else:
            closed = closed or _is_closed(item)


def place_of(rows: Sequence[Row], key: str) -> int:
    """Return where a row stands, from 0.

    :raises NotOnAgenda: there is no such row.
    """
    for place, row in enumerate(rows):
        if row.key == key:
            return place
    raise NotOnAgenda()


def place_for(rows: Sequence[Row], key: str, number: int) -> int:
    """Return the place from 0 at which a row is to be put so that it has a number.

    An item has it afterwards; a heading stands before the item that has it. What is
    beyond the last number is the end.

    :raises NotOnAgenda: there is no such row.
    """
    here, wanted, own = place_of(rows, key), max(1, number), numbers(rows).get(key)
    if wanted == own:
        return here
    others = remove(rows, key)
    found = [place for place, other in enumerate(others) if other.is_item]
    if wanted > len(found):
        return len(others)
    if own is not None and wanted > own:
        return found[wanted - 2] + 1
    return found[wanted - 1]


def numbers(rows: Sequence[Row]) -> dict[str, int]:
    """Return the number of each item on an agenda, from 1; headings have none."""
    keys = [row.key for row in rows if row.is_item]
    return {key: number for number, key in enumerate(keys, 1)}


def _closed_rows(rows: Sequence[Row], items: Mapping[str, Listed]) -> Iterator[int]:
    """Yield the places of items of the closed session."""
    for place, row in enumerate(rows):
        if row.is_item and _is_closed(items[row.key]):
            yield place


def _is_closed(item: Listed) -> bool:
    return item.privacy is Privacy.CLOSED and not item.disciplinary


def _place(name: str, names: Sequence[str]) -> int:
    return names.index(name) if name in names else len(names)
