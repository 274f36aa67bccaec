"""What meetings, items and their parts share: how they find their state and item."""

from Acquisition import aq_inner
from Acquisition import aq_parent
from typing import Any


def last_of(content: Any, workflow: str, name: str = "review_state") -> str:
    """Return what a workflow's history says last, without a look-up of the tool.

    :param name: ``review_state``, or ``action`` for the transition that led to it.
    """
    history = getattr(content, "workflow_history", None) or {}
    rows = history.get(workflow, ())
    return (rows[-1].get(name) or "") if rows else ""


def item_of(part: Any) -> Any:
    """Return the item that an annex or an advice, as it was reached, belongs to."""
    return aq_parent(aq_inner(part))
