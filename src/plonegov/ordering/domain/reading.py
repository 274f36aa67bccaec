"""Why somebody of the town reads an order: the citizen can ask who did, and why."""

from collections.abc import Mapping
from plonegov.ordering.domain.errors import RevealReasonMissing
from typing import Any


#: A clerk of the service opens an order in the course of the work on it.
HANDLING = "handling"

#: Why a clerk may need a whole national number.
REVEALING = ("register", "same_name", "mistake", "asked")


def reveal_reason(form: Mapping[str, Any]) -> str:
    """Return the reason that a clerk chose for revealing a number.

    :raises RevealReasonMissing: none of ``REVEALING`` was chosen.
    """
    chosen = form.get("reason")
    if chosen not in REVEALING:
        raise RevealReasonMissing()
    return chosen
