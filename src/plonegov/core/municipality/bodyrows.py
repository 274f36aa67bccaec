"""The rows of ``municipality.toml`` on the bodies that deliberate."""

from plonegov.core.municipality import values
from plonegov.core.municipality.rows import complete_texts
from plonegov.core.municipality.rows import EVERY_LANGUAGE
from plonegov.core.municipality.rows import Facts
from plonegov.core.municipality.rows import ID
from plonegov.core.municipality.rows import Key
from plonegov.core.municipality.rows import known_service
from plonegov.core.municipality.rows import plain
from plonegov.core.municipality.rows import Test
from typing import Any


KINDS_OF_BODIES = ("council", "college", "committee")
PRESETS = ("small", "reviewed", "two_levels")
PUBLICITIES = ("none", "public")


def _one_of(names: tuple[str, ...]) -> Test:
    return lambda value, facts: value in names


def _levels(value: Any, facts: Facts) -> bool:
    return len(value) < len(PRESETS)


BODIES: tuple[Key, ...] = (
    Key("bodies", "tables", "one [[bodies]] for each body that deliberates"),
    Key("bodies[].id", "text", ID, "council", True, plain(values.is_id)),
    Key("bodies[].title", "texts", EVERY_LANGUAGE, {}, True, complete_texts),
    Key(
        "bodies[].kind",
        "text",
        f"one of {', '.join(KINDS_OF_BODIES)}",
        "council",
        True,
        _one_of(KINDS_OF_BODIES),
    ),
    Key(
        "bodies[].rules",
        "text",
        "the id of a rule set, such as be-wal-council",
        "be-wal-council",
        True,
        plain(values.is_id),
    ),
    Key(
        "bodies[].preset",
        "text",
        f"how items are reviewed, one of {', '.join(PRESETS)} (reviewed unless said)",
        "reviewed",
        test=_one_of(PRESETS),
    ),
    Key(
        "bodies[].publicity",
        "text",
        f"one of {', '.join(PUBLICITIES)} (none unless said)",
        "public",
        test=_one_of(PUBLICITIES),
    ),
    Key(
        "bodies[].categories",
        "list",
        "ids of the pool of categories, in the order of the agenda (all unless said)",
        ["finance", "works"],
    ),
    Key(
        "bodies[].finance_service",
        "text",
        "the id of one of [[services]] that gives the finance director's advice",
        "finance",
        test=known_service,
    ),
    Key(
        "bodies[].levels",
        "tables",
        "at most two levels of review, each with a title",
        test=_levels,
    ),
    Key("bodies[].levels[].title", "texts", EVERY_LANGUAGE, {}, True, complete_texts),
    Key(
        "bodies[].levels[].service",
        "text",
        "the id of one of [[services]] whose reviewers are the second level",
        "secretariat",
        test=known_service,
    ),
)
