"""What items are about: a pool that all towns share, with its code for open data."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from plonegov.core.law.tomlfile import Table


FILE = Path(__file__).parent.parent / "rules" / "categories.toml"


@dataclass(frozen=True)
class Category:
    """A category; ``code`` is the matter of the nomenclature ACTES (``7.1``), as the
    open data of deliberations ask for (SCDL 2.1.4, DELIB_MATIERE_CODE)."""

    titles: Mapping[str, str]
    code: str


@cache
def categories() -> Mapping[str, Category]:
    """Return all categories by id, in the usual order of an agenda."""
    table = Table.of_file(FILE)
    return table.mapping("categories", _read)


def category_ids() -> tuple[str, ...]:
    """Return the ids of all categories, in the usual order of an agenda."""
    return tuple(categories())


def _read(table: Table, key: str) -> Category:
    inner = table.table(key)
    inner.only(("titles", "code"))
    return Category(inner.texts("titles"), inner.text("code"))
