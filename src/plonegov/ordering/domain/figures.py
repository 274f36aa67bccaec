"""Figures on orders: how many, how fast, how they ended; of months of placing.

Nothing here is about a person: a cell counts the orders of one month, service,
document and channel.
"""

from collections import Counter
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from itertools import accumulate
from plonegov.ordering.domain.model import State


#: Orders made ready below which no real delay is told: it would be chance.
LEAST_FOR_DELAY = 10

#: Working days used and whether that was late, to how many orders.
Made = Mapping[tuple[int, bool], int]


@dataclass(frozen=True)
class OrderFigures:
    """What the figures need of an order; ``month`` is that of placing (``2026-11``).

    ``used`` are the working days until it was ready (None: it is not), ``late`` says
    that this was after the promised day.
    """

    month: str
    service: str
    document: str
    channel: str
    state: str
    used: int | None = None
    late: bool = False
    motive: str = ""


@dataclass(frozen=True)
class Cell:
    """The orders of one month, service, document and channel."""

    month: str
    service: str
    document: str
    channel: str
    orders: int
    made: tuple[tuple[int, bool, int], ...] = ()
    motives: tuple[tuple[str, int], ...] = ()

    @property
    def year(self) -> str:
        """The year of placing."""
        return self.month[:4]


@dataclass(frozen=True)
class Delay:
    """A real delay in working days: half of the orders took at most ``median_days``,
    nine of ten at most ``p90_days``."""

    median_days: int
    p90_days: int
    orders: int


@dataclass
class Sum:
    """Several cells together."""

    orders: int = 0
    made: Counter[tuple[int, bool]] = field(default_factory=Counter)
    motives: Counter[str] = field(default_factory=Counter)

    @property
    def ready(self) -> int:
        """How many were made ready."""
        return self.made.total()

    @property
    def in_time(self) -> int:
        """How many were made ready by the promised day."""
        return sum(count for (_days, late), count in self.made.items() if not late)

    @property
    def rejected(self) -> int:
        """How many were rejected."""
        return self.motives.total()

    @property
    def delay(self) -> Delay | None:
        """The real delay, where there are enough orders to tell it."""
        days: Counter[int] = Counter()
        for (used, _late), count in self.made.items():
            days[used] += count
        return delay_of(days)

    @property
    def share_in_time(self) -> int | None:
        """How many of a hundred were in time, where there are enough to tell it."""
        if self.ready < LEAST_FOR_DELAY:
            return None
        return round(100 * self.in_time / self.ready)


def percentile(days: Mapping[int, int], percent: int) -> int:
    """Return the least number of days within which so many of a hundred were ready.

    :param days: number of days to how many orders took them; not empty.
    """
    numbers = sorted(days)
    reached = accumulate(days[number] for number in numbers)
    enough = percent * sum(days.values())
    return next(
        number
        for number, count in zip(numbers, reached, strict=True)
        if 100 * count >= enough
    )


def delay_of(days: Mapping[int, int]) -> Delay | None:
    """Return the real delay; None below ``LEAST_FOR_DELAY`` orders."""
    orders = sum(days.values())
    if orders < LEAST_FOR_DELAY:
        return None
    return Delay(percentile(days, 50), percentile(days, 90), orders)


def cells(orders: Iterable[OrderFigures]) -> list[Cell]:
    """Count orders by month, service, document and channel, in that order."""
    sums: dict[tuple[str, str, str, str], Sum] = {}
    for order in orders:
        key = (order.month, order.service, order.document, order.channel)
        found = sums.setdefault(key, Sum())
        found.orders += 1
        if order.used is not None:
            found.made[order.used, order.late] += 1
        if order.state == State.REJECTED:
            found.motives[order.motive or "other"] += 1
    return [
        Cell(
            *key,
            orders=found.orders,
            made=tuple((*made, n) for made, n in sorted(found.made.items())),
            motives=tuple(sorted(found.motives.items())),
        )
        for key, found in sorted(sums.items())
    ]


def total(found: Iterable[Cell]) -> Sum:
    """Return cells as one sum."""
    whole = Sum()
    for cell in found:
        _add(whole, cell)
    return whole


def by(found: Iterable[Cell], key: Callable[[Cell], str]) -> dict[str, Sum]:
    """Return the sums of cells with the same key, by key."""
    sums: dict[str, Sum] = {}
    for cell in found:
        _add(sums.setdefault(key(cell), Sum()), cell)
    return dict(sorted(sums.items()))


def _add(whole: Sum, cell: Cell) -> None:
    whole.orders += cell.orders
    for days, late, count in cell.made:
        whole.made[days, late] += count
    whole.motives.update(dict(cell.motives))
