"""Which columns of a listing a person wants to see, kept in a cookie."""

from collections.abc import Collection
from collections.abc import Sequence
from plone import api
from plonegov.core.listing.model import Column
from typing import Any


COOKIE = "plonegov_columns_"
MAX_AGE = 365 * 24 * 3600


def chosen(request: Any, name: str, columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns to show: the first always, the others as chosen.

    :param name: of the listing.
    """
    kept = request.cookies.get(f"{COOKIE}{name}")
    if kept is None:
        return tuple(column for column in columns if column.usual)
    return _among(columns, kept.split("."))


def keep(
    request: Any, name: str, columns: Sequence[Column], wanted: Collection[str]
) -> None:
    """Keep a choice of columns in the browser, for this site."""
    portal = api.portal.get()
    request.response.setCookie(
        f"{COOKIE}{name}",
        ".".join(column.id for column in _among(columns, wanted)),
        path=portal.absolute_url_path() or "/",
        max_age=MAX_AGE,
        same_site="Lax",
        http_only=True,
        secure=portal.absolute_url().startswith("https:"),
    )


def _among(columns: Sequence[Column], wanted: Collection[str]) -> tuple[Column, ...]:
    first, *others = columns
    return (first, *(column for column in others if column.id in wanted))
