"""The links between the pages of a listing."""

from collections.abc import Callable
from typing import Any


#: Pages shown on each side of the current one.
BESIDE = 2


def last_start(total: int, size: int) -> int:
    """Return the number of the first row of the last page."""
    return max(0, (total - 1) // size * size)


def page_links(
    total: int, start: int, size: int, url: Callable[[int], str]
) -> dict[str, Any]:
    """Return ``previous`` and ``next`` (address or None), ``first`` and ``last`` (row
    numbers from 1), ``count`` of pages and ``numbers``: dicts of number, url and
    current; None stands for pages left out.
    """
    count = max(1, -(-total // size))
    current = start // size
    kept = {0, count - 1, *range(current - BESIDE, current + BESIDE + 1)}
    numbers: list[dict[str, Any] | None] = []
    before = -1
    for page in sorted(page for page in kept if 0 <= page < count):
        if page != before + 1:
            numbers.append(None)
        numbers.append(
            {"number": page + 1, "url": url(page * size), "current": page == current}
        )
        before = page
    return {
        "previous": url(start - size) if current else None,
        "next": url(start + size) if current + 1 < count else None,
        "first": start + 1 if total else 0,
        "last": min(start + size, total),
        "count": count,
        "numbers": numbers,
    }
