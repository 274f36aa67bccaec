"""Bar charts as plain values that ``templates/charts.pt`` draws as SVG.

Widths are percentages of the chart's own width, so that texts keep their size on a
phone. Labels stand at their bars: there is no legend to look up, and no colour alone
says anything.
"""

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


#: The widest bar, as a percentage: a number still fits behind it.
WIDEST = 84
#: Characters of a label that fit on a phone of 320 px.
LABEL = 36
#: Heights in px: a text's line, the bar, what is free below it.
LINE, BAR, GAP = 22, 14, 14


@dataclass(frozen=True)
class Rect:
    """A bar; ``width`` is a percentage of the chart's, or px for a mark."""

    x: str
    y: int
    width: str
    height: int
    css: str = "pg-chart-bar"


@dataclass(frozen=True)
class Text:
    """A text; ``y`` is its base line in px, ``dx`` px to the right of ``x``."""

    x: str
    y: int
    text: Any
    css: str = ""
    dx: int = 0


@dataclass(frozen=True)
class Table:
    """The same numbers as text; the first cell of a row is its head."""

    heads: tuple[Any, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Chart:
    """A chart with its title, what it shows in a sentence, and its table."""

    id: str
    title: Any
    text: Any
    height: int
    rects: tuple[Rect, ...]
    texts: tuple[Text, ...]
    table: Table


@dataclass(frozen=True)
class Bar:
    """A labelled number; ``shown`` is how it is written."""

    label: str
    value: float
    shown: str


@dataclass(frozen=True)
class Range:
    """A labelled delay: half within ``median``, nine of ten within ``p90``; ``told``
    says these in words."""

    label: str
    promised: int
    median: int
    p90: int
    told: str


def bars(
    id: str,
    title: Any,
    text: Any,
    rows: Iterable[Bar],
    table: Table,
    most: float = 0,
) -> Chart:
    """Return a chart with one bar for each row.

    :param most: the number of the widest bar; 0 means the greatest of the rows.
    """
    found = list(rows)
    scale = most or max((row.value for row in found), default=0) or 1
    rects: list[Rect] = []
    texts: list[Text] = []
    top = 0
    for row in found:
        width = _percent(row.value, scale)
        texts.append(Text("0", top + 16, shortened(row.label)))
        rects.append(Rect("0", top + LINE, width, BAR))
        texts.append(Text(width, top + LINE + 12, row.shown, "pg-chart-value", 6))
        top += LINE + BAR + GAP
    return Chart(id, title, text, top, tuple(rects), tuple(texts), table)


def ranges(
    id: str, title: Any, text: Any, rows: Sequence[Range], table: Table
) -> Chart:
    """Return a chart of delays: a broad bar to the median, a thin one to the ninth
    tenth, a mark at what was promised."""
    scale = max((max(row.promised, row.p90) for row in rows), default=0) or 1
    rects: list[Rect] = []
    texts: list[Text] = []
    top = 0
    for row in rows:
        bar = top + 2 * LINE
        texts.append(Text("0", top + 16, shortened(row.label)))
        texts.append(Text("0", top + LINE + 14, row.told, "pg-chart-detail"))
        rects += [
            Rect("0", bar + 4, _percent(row.p90, scale), BAR - 8, "pg-chart-thin"),
            Rect("0", bar, _percent(row.median, scale), BAR),
            Rect(_percent(row.promised, scale), bar - 4, "3", BAR + 8, "pg-chart-mark"),
        ]
        top = bar + BAR + GAP
    return Chart(id, title, text, top, tuple(rects), tuple(texts), table)


def shortened(label: str) -> str:
    """Return a label that fits; the whole one stands in the table."""
    return label if len(label) <= LABEL else f"{label[: LABEL - 1].rstrip()}…"


def _percent(value: float, scale: float) -> str:
    return f"{WIDEST * value / scale:.2f}%"
