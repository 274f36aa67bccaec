"""How sure the town is of who asks: the levels of assurance.

``substantial`` and ``high`` are those of electronic identification in Regulation (EU)
910/2014, article 8; those below are the town's own.
"""

from enum import StrEnum


class AssuranceLevel(StrEnum):
    """How sure one is of who somebody is, from least to most.

    ``email``: a mailed link was opened; ``account``: signed in with a password.
    """

    NONE = "none"
    EMAIL = "email"
    ACCOUNT = "account"
    SUBSTANTIAL = "substantial"
    HIGH = "high"


#: From least to most.
LEVELS = tuple(AssuranceLevel)


def reaches(reached: AssuranceLevel, asked: AssuranceLevel) -> bool:
    """Return whether a level is as sure as the one asked for."""
    return LEVELS.index(reached) >= LEVELS.index(asked)


def surest(first: AssuranceLevel, second: AssuranceLevel) -> AssuranceLevel:
    """Return the surer of two levels."""
    return first if reaches(first, second) else second
