"""What was typed on the form's pages: nested values, reached by dotted paths."""

from plonegov.ordering.api import drafts
from typing import Any


def inside(content: drafts.Content, path: str, default: Any) -> Any:
    """Return the value at a dotted path."""
    for name in path.split("."):
        if not isinstance(content, dict) or name not in content:
            return default
        content = content[name]
    return content


def put(content: drafts.Content, path: str, value: Any) -> drafts.Content:
    """Return a copy of some content with a value at a dotted path."""
    name, _dot, rest = path.partition(".")
    if rest:
        value = put(content.get(name) or {}, rest, value)
    return {**content, name: value}


def as_typed(value: Any) -> str:
    """Return a kept value as its question shows it."""
    if isinstance(value, bool):
        return "yes" if value else ""
    return str(value)
