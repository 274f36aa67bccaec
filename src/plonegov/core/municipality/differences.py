"""How a site differs from its municipality's profile, key by key."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from typing import Final
from typing import NamedTuple


class State(StrEnum):
    """What an apply does with a key that differs."""

    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"
    KEPT = "kept"


class Nothing:
    """A key that is not there."""

    def __repr__(self) -> str:
        return "nothing"

    def __bool__(self) -> bool:
        return False


NOTHING: Final = Nothing()


class Difference(NamedTuple):
    """A key that differs, with its three values (``NOTHING``: it is not there).

    ``changed``, ``new`` and ``gone`` will be set as the profile says; ``kept`` stays,
    because people changed it in the site.
    """

    key: str
    state: State
    profile: Any
    site: Any
    applied: Any

    @property
    def is_set(self) -> bool:
        """Whether an apply sets it."""
        return self.state != State.KEPT

    def plain(self) -> dict[str, Any]:
        """Return it as JSON types; what is not there is None."""
        return {
            name: None if value is NOTHING else value
            for name, value in self._asdict().items()
        }


def state_of(
    profile: Any, site: Any, applied: Any, forced: bool = False
) -> State | None:
    """Return what happens to a key with these values; None when nothing differs.

    :param forced: set it although people changed it.
    """
    if site == profile:
        return None
    if site != applied and not forced:
        return State.KEPT
    if site is NOTHING:
        return State.NEW
    return State.GONE if profile is NOTHING else State.CHANGED


def three_way(
    profile: Mapping[str, Any],
    site: Mapping[str, Any],
    applied: Mapping[str, Any],
    prefix: str = "",
    forced: frozenset[str] = frozenset(),
) -> list[Difference]:
    """Return the differences of values by name; ``prefix`` begins their keys."""
    found = []
    for name in dict.fromkeys([*profile, *site]):
        values = [table.get(name, NOTHING) for table in (profile, site, applied)]
        state = state_of(*values, forced=f"{prefix}{name}" in forced)
        if state:
            found.append(Difference(f"{prefix}{name}", state, *values))
    return found
