"""The one form in which ``municipality.toml`` is written.

``new``, ``export`` and the profiles of the suite all have it: keys in the order of
the schema, texts per language as inline tables, one line for each document, and the
schema's own words as comments where they help.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from plonegov.core.languages import LANGUAGES
from plonegov.core.municipality.rows import DELIVERIES
from plonegov.core.municipality.rows import Key
from plonegov.core.municipality.schema import SCHEMA
from typing import Any

import tomlkit


Facts = Mapping[str, Any]

#: Keys beside which the file says what is allowed.
EXPLAINED = frozenset(
    [
        "country",
        "timezone",
        "currency",
        "interface_languages",
        "content_languages",
        "contact.opening_hours",
        "theme.brand",
    ]
)
_HEAD = "# {id}: facts of a municipality, read by `plonegov municipality check {id}`."
_DOCUMENTS = "# A document may have a price, delivery_prices and delay_days of its own."

_ROWS: dict[str, Key] = {key.path: key for key in SCHEMA}
_RANKS = {path: rank for rank, path in enumerate(_ROWS)}
_WORDS = (*LANGUAGES, *DELIVERIES)


def write(facts: Facts) -> str:
    """Return the facts of a municipality as the text of ``municipality.toml``.

    Reading the text gives the same facts, and the same facts always give the same text.

    :param facts: nested tables, as TOML reads them.
    """
    plain, tables, lists = [], [], []
    for name, value in _in_order(facts, ""):
        if isinstance(value, Mapping) and not _is_inline(name):
            tables.append((name, value))
        elif _is_list_of_tables(value) and not _is_inline(name):
            lists.append((name, value))
        else:
            plain.append((name, value))
    lines = [_HEAD.format(id=facts.get("id", "")), ""]
    for name, value in plain:
        lines += _assignment(name, value, name)
    for name, value in tables:
        lines += ["", f"[{_key(name)}]", *_body(value, f"{name}.")]
    for name, items in lists:
        for item in items:
            lines += ["", f"[[{_key(name)}]]", *_body(item, f"{name}[].")]
    return "\n".join(lines) + "\n"


def _body(table: Facts, prefix: str) -> Iterator[str]:
    for name, value in _in_order(table, prefix):
        yield from _assignment(name, value, f"{prefix}{name}")


def _assignment(name: str, value: Any, path: str) -> Iterator[str]:
    if _is_list_of_tables(value):
        yield from ("", _DOCUMENTS) if path == "documents" else ()
        yield f"{_key(name)} = ["
        yield from (f"    {_value(item, f'{path}[].')}," for item in value)
        yield "]"
        return
    comment = f"  # {_ROWS[path].allowed}" if path in EXPLAINED else ""
    yield f"{_key(name)} = {_value(value, f'{path}.')}{comment}"


def _value(value: Any, prefix: str) -> str:
    if isinstance(value, Mapping):
        pairs = [
            f"{_key(name)} = {_value(item, f'{prefix}{name}.')}"
            for name, item in _in_order(value, prefix)
        ]
        return f"{{ {', '.join(pairs)} }}" if pairs else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(item, prefix) for item in value)}]"
    return tomlkit.item(value).as_string()


def _key(name: str) -> str:
    return tomlkit.key(name).as_string()


def _in_order(table: Facts, prefix: str) -> list[tuple[str, Any]]:
    """Return a table's pairs: by the schema, by language or delivery, by name."""

    def rank(pair: tuple[str, Any]) -> tuple[int, int, str]:
        name = pair[0]
        words = _WORDS.index(name) if name in _WORDS else len(_WORDS)
        return _RANKS.get(f"{prefix}{name}", len(_RANKS)), words, name

    return sorted(table.items(), key=rank)


def _is_list_of_tables(value: Any) -> bool:
    return (
        isinstance(value, list | tuple)
        and bool(value)
        and all(isinstance(item, Mapping) for item in value)
    )


def _is_inline(name: str) -> bool:
    """Tell whether a table or list of the top stands in an assignment: it holds
    texts, or its items have none."""
    if name in _ROWS and _ROWS[name].kind == "texts":
        return True
    below = [key for path, key in _ROWS.items() if path.startswith(f"{name}[].")]
    return bool(below) and not any(key.kind == "texts" for key in below)
