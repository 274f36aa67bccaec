"""The address of a listing: reading it, and writing the address of another state."""

from collections.abc import Iterable
from collections.abc import Mapping
from plonegov.core import _
from plonegov.core.listing.model import Asked
from plonegov.core.listing.model import Column
from plonegov.core.listing.model import Filter
from typing import Any
from urllib.parse import urlencode


#: Rows of a page that one can choose; the first is the default.
SIZES = (30, 60, 100)
DESCENDING = "descending"

SORTING = _("listing_sorting", default="Sorting")
PAGE = _("listing_page", default="Page")


def read(
    form: Mapping[str, Any],
    columns: Iterable[Column],
    filters: Iterable[Filter],
    sort_on: str,
    reverse: bool = False,
) -> Asked:
    """Check what an address asks for; what is wrong counts as not said.

    :param form: the query parameters: filters by id, ``sort_on``, ``sort_order``,
        ``b_start``, ``b_size``.
    :param sort_on: index that sorts when the address names none.
    """
    ignored: list[Any] = []
    chosen = {}
    for one in filters:
        value = form.get(one.id, "")
        chosen[one.id] = one.default
        if isinstance(value, str) and one.allows(value.strip()):
            chosen[one.id] = value.strip()
        elif value != "":
            ignored.append(one.title)
    sorting = _sorting(form, columns)
    if sorting is None:
        ignored.append(SORTING)
    size = _number(form.get("b_size"), SIZES[0])
    start = _number(form.get("b_start"), 0)
    if size not in SIZES or start is None:
        ignored.append(PAGE)
    size = size if size in SIZES else SIZES[0]
    sort_on, reverse = sorting or (sort_on, reverse)
    return Asked(
        filters={key: value for key, value in chosen.items() if value},
        sort_on=sort_on,
        reverse=reverse,
        start=(start or 0) // size * size,
        size=size,
        ignored=tuple(ignored),
    )


def _sorting(form: Mapping[str, Any], columns: Iterable[Column]):
    """Return index and direction; () when nothing is said, None when it is wrong."""
    wanted = form.get("sort_on", "")
    order = form.get("sort_order", "")
    if order not in ("", "ascending", DESCENDING):
        return None
    if wanted == "":
        return ()
    known = [column.sort_on for column in columns if column.sort_on]
    return (wanted, order == DESCENDING) if wanted in known else None


def _number(text: Any, default: int) -> int | None:
    if text in (None, ""):
        return default
    if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    return None


def parameters(asked: Asked, **changes: Any) -> dict[str, Any]:
    """Return the parameters that ask for ``asked``, with some changed.

    A change of filter or sorting leads to the first page, as ``b_start`` is only
    kept when given. None removes a parameter.
    """
    found: dict[str, Any] = {
        **asked.filters,
        "sort_on": asked.sort_on,
        "sort_order": DESCENDING if asked.reverse else None,
        "b_size": asked.size if asked.size != SIZES[0] else None,
        **changes,
    }
    return {key: value for key, value in found.items() if value not in (None, "")}


def query_string(asked: Asked, **changes: Any) -> str:
    """Return the query string of ``asked`` with some parameters changed."""
    return urlencode(parameters(asked, **changes))
