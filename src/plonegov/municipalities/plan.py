"""Which facts an apply changes: only those that still are as last applied."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


_MISSING = object()

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Plan:
    """What an apply does with the facts.

    ``facts`` and ``applied`` are what the site holds afterwards; ``changed`` and
    ``kept`` are dotted keys: set anew, or left because people changed them.
    """

    facts: dict[str, Any]
    applied: dict[str, Any]
    changed: tuple[str, ...]
    kept: tuple[str, ...]


def compare(site: Facts, applied: Facts, wanted: Facts) -> Plan:
    """Compare by dotted key (a list counts as a whole) and say what to do.

    :param site: the facts that the site holds now (nested).
    :param applied: what the last apply gave it.
    :param wanted: what the profile says.
    """
    now, last, new = flatten(site), flatten(applied), flatten(wanted)
    changed, kept = [], []
    for key in sorted({*now, *last, *new}):
        held, given, target = (values.get(key, _MISSING) for values in (now, last, new))
        if held == target:
            _set(last, key, target)
        elif held == given:
            changed.append(key)
            _set(now, key, target)
            _set(last, key, target)
        else:
            kept.append(key)
    return Plan(nest(now), nest(last), tuple(changed), tuple(kept))


def flatten(facts: Facts, prefix: str = "") -> dict[str, Any]:
    """Return nested tables as one table of dotted keys."""
    flat: dict[str, Any] = {}
    for name, value in facts.items():
        if isinstance(value, Mapping):
            flat |= flatten(value, f"{prefix}{name}.")
        else:
            flat[f"{prefix}{name}"] = value
    return flat


def nest(flat: Facts) -> dict[str, Any]:
    """Return dotted keys as nested tables."""
    nested: dict[str, Any] = {}
    for key, value in flat.items():
        *tables, name = key.split(".")
        table = nested
        for part in tables:
            table = table.setdefault(part, {})
        table[name] = value
    return nested


def _set(flat: dict[str, Any], key: str, value: Any) -> None:
    if value is _MISSING:
        flat.pop(key, None)
    else:
        flat[key] = value
