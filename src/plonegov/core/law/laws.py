"""Where a rule stands: the law's title, its address, and what is doubtful in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from plonegov.core.law.tomlfile import Table
from typing import Any


Texts = Mapping[str, str]


@dataclass(frozen=True)
class Law:
    """Where a rule stands; ``verified`` False: to be compared with the law.

    ``doubt`` says in every language what is doubtful in the law and which reading, the
    safer one, is applied; None: nothing is.
    """

    titles: Texts
    url: str
    verified: bool
    doubt: Texts | None = None


def law_of(table: Table, key: str) -> Law:
    """Return the law that an inner table holds.

    :raises LawFileError: a key is wrong or missing.
    """
    inner = table.table(key)
    inner.only(("titles", "url", "verified", "doubt"))
    return Law(
        titles=inner.texts("titles"),
        url=inner.text("url"),
        verified=inner.flag("verified"),
        doubt=inner.texts("doubt") if "doubt" in inner.data else None,
    )


def law_told(law_id: str, law: Law) -> dict[str, Any]:
    """Return a law with its texts as JSON types, to be kept with what rests on it;
    ``doubt`` is there only when there is one."""
    told = {
        "id": law_id,
        "title": dict(law.titles),
        "url": law.url,
        "verified": law.verified,
    }
    return told | ({"doubt": dict(law.doubt)} if law.doubt else {})
