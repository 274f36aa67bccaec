"""A vote as a bar: the parts of its votes, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass


#: Kinds of votes in the order in which they are shown.
ORDER = ("in_favour", "against", "abstained", "blank", "void")
#: The narrowest part in which its number fits, in percent.
FITS = 8


@dataclass(frozen=True)
class Segment:
    """A part of the bar: where it begins and how wide it is, in percent."""

    kind: str
    count: int
    x: float
    width: float

    @property
    def middle(self) -> float:
        """Where its number stands."""
        return round(self.x + self.width / 2, 2)

    @property
    def fits(self) -> bool:
        """Whether its number fits into it."""
        return self.width >= FITS


def segments(counts: Mapping[str, int]) -> list[Segment]:
    """Return the parts of a bar, those without a vote too where people ask for them: in
    favour, against and abstentions always; [] if nobody voted."""
    total = sum(counts.values())
    if not total:
        return []
    found, x = [], 0.0
    for kind in ORDER:
        count = counts.get(kind, 0)
        if not count and kind in ("blank", "void"):
            continue
        width = round(100 * count / total, 2)
        found.append(Segment(kind, count, round(x, 2), width))
        x += width
    return found
