"""Which facts an apply changes: only those that still are as last applied.

Facts are compared by dotted key. Services and documents are known by their id:
``documents.life`` stands for the whole document, ``documents.life.price`` for its
price. A list of texts counts as a whole.
"""

from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import dataclass
from plonegov.core.municipality.differences import Difference
from plonegov.core.municipality.differences import NOTHING
from plonegov.core.municipality.differences import State
from plonegov.core.municipality.differences import state_of
from plonegov.core.municipality.schema import SCHEMA
from typing import Any


Facts = Mapping[str, Any]

#: Lists whose items have an id.
LISTS = tuple(key.path for key in SCHEMA if key.kind == "tables")
#: Tables that count as a whole.
WHOLE = tuple(
    key.path.rpartition(".")[2]
    for key in SCHEMA
    if key.kind == "table"
    and not any(other.path.startswith(f"{key.path}.") for other in SCHEMA)
)


@dataclass(frozen=True)
class Plan:
    """What an apply does with the facts.

    ``facts`` and ``applied`` are what the site's registry holds afterwards.
    """

    facts: dict[str, Any]
    applied: dict[str, Any]
    differences: tuple[Difference, ...]

    @property
    def changed(self) -> tuple[str, ...]:
        """The keys that are set anew."""
        return tuple(item.key for item in self.differences if item.is_set)

    @property
    def kept(self) -> tuple[str, ...]:
        """The keys that are left because people changed them."""
        return tuple(item.key for item in self.differences if not item.is_set)


def compare(
    site: Facts,
    applied: Facts,
    wanted: Facts,
    *,
    stored: Facts | None = None,
    forced: Collection[str] = (),
) -> Plan:
    """Compare by dotted key and say what to do.

    :param site: the facts as the site has them now, with what people changed in it.
    :param applied: what the last apply gave it.
    :param wanted: what the profile says.
    :param stored: the facts in the site's registry, when these are others.
    :param forced: keys that are set although people changed them.
    """
    now, last, new = flatten(site), flatten(applied), flatten(wanted)
    held = flatten(stored) if stored is not None else dict(now)
    found: dict[str, Difference] = {}
    for key in _keys(new, now, last):
        around = _around(key)
        if any(item in found for item in around):
            continue  # it comes, goes or stays with its service or document
        values = [table.get(key, NOTHING) for table in (new, now, last)]
        state = state_of(*values, forced=bool({key, *around} & set(forced)))
        if state and key not in LISTS:
            found[key] = Difference(key, state, *values)
        if state != State.KEPT:
            _bring(key, key in found and is_item(key), new, held, last)
    order = [name for name in _keys(new, held) if name in held]
    facts = nest({name: held[name] for name in order})
    before = facts if stored is None else stored
    moved = filter(None, (_other_order(name, before, facts) for name in LISTS))
    return Plan(facts, nest(last), (*found.values(), *moved))


def flatten(facts: Facts, prefix: str = "") -> dict[str, Any]:
    """Return nested tables as one table of dotted keys."""
    flat: dict[str, Any] = {}
    for name, value in facts.items():
        path = f"{prefix}{name}"
        if isinstance(value, Mapping) and name not in WHOLE:
            flat |= flatten(value, f"{path}.")
        elif path in LISTS and value:
            for item in value:
                inside = {key: item[key] for key in item if key != "id"}
                flat[f"{path}.{item['id']}"] = item["id"]
                flat |= flatten(inside, f"{path}.{item['id']}.")
        else:
            flat[path] = value
    return flat


def nest(flat: Facts) -> dict[str, Any]:
    """Return dotted keys as nested tables."""
    nested: dict[str, Any] = {}
    for key, value in flat.items():
        *tables, name = key.split(".")
        if is_item(key):
            _item(nested, *key.split("."))
            continue
        if key in LISTS:
            nested.setdefault(key, value)
            continue
        table = nested
        if tables and tables[0] in LISTS:
            table, tables = _item(nested, *tables[:2]), tables[2:]
        for part in tables:
            table = table.setdefault(part, {})
        table[name] = value
    return nested


def is_item(key: str) -> bool:
    """Tell whether a key stands for a whole service or document."""
    parts = key.split(".")
    return len(parts) == 2 and parts[0] in LISTS


def _item(nested: dict[str, Any], name: str, item_id: str) -> dict[str, Any]:
    if not nested.get(name):
        nested[name] = []
    for item in nested[name]:
        if item["id"] == item_id:
            return item
    nested[name].append({"id": item_id})
    return nested[name][-1]


def _keys(*tables: Facts) -> list[str]:
    """Return all keys, a whole item before what is in it."""
    return list(dict.fromkeys(key for table in tables for key in table))


def _around(key: str) -> list[str]:
    parts = key.split(".")
    return [".".join(parts[:2])] if len(parts) > 2 and parts[0] in LISTS else []


def _bring(
    key: str, whole: bool, new: Facts, held: dict[str, Any], last: dict[str, Any]
) -> None:
    """Give what is held and applied the profile's value; with ``whole``, of all that
    is in the item, too."""
    inside = [name for name in _keys(new, held, last) if name.startswith(f"{key}.")]
    for name in [key, *inside] if whole else [key]:
        _set(held, name, new.get(name, NOTHING))
        _set(last, name, new.get(name, NOTHING))


def _other_order(name: str, before: Facts, after: Facts) -> Difference | None:
    """Return the difference of a list whose items only change their places."""
    old, new = (
        [item["id"] for item in facts.get(name, ())] for facts in (before, after)
    )
    if old == new or set(old) != set(new):
        return None
    return Difference(name, State.CHANGED, new, old, old)


def _set(flat: dict[str, Any], key: str, value: Any) -> None:
    if value is NOTHING:
        flat.pop(key, None)
    else:
        flat[key] = value
