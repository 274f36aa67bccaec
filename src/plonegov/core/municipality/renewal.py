"""What a profile brings to content that people may change, too.

The content keeps in ``applied`` what was brought last; a value is renewed only while
the content still has it.
"""

from collections.abc import Callable
from collections.abc import Mapping
from typing import Any


def renew(
    content: Any,
    wanted: Mapping[str, Any],
    held: Mapping[str, Any],
    typed: Callable[[str, Any], Any] = lambda name, value: value,
) -> bool:
    """Bring wanted values where content still has what was applied last; return whether
    anything was written.

    :param wanted: attribute to value, as JSON types.
    :param held: what the attributes are now, as JSON types.
    :param typed: turns an attribute's JSON value into what is stored.
    """
    applied = dict(content.applied)
    for name, value in wanted.items():
        new = name not in applied
        if new or held.get(name) == applied[name]:
            if new or held.get(name) != value:
                setattr(content, name, typed(name, value))
            applied[name] = value
    if applied == content.applied:
        return False
    content.applied = applied
    return True
