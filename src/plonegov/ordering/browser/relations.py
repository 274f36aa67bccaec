"""The clerk's part on the relation: what the law said, and what is accepted for it."""

from babel.dates import format_date
from collections.abc import Callable
from datetime import date
from plonegov.ordering.api.relations import acceptable
from plonegov.ordering.browser.labels import OUTCOMES
from plonegov.ordering.browser.labels import SEEN
from plonegov.ordering.content.order import Order
from typing import Any


def relation_part(
    order: Order, language: str, value_of: Callable[[str, Any], Any]
) -> dict[str, Any]:
    """Return the verdict with its why, and the choice of a proof, in a language.

    :param value_of: what was typed for a field, else a default.
    """
    said = order.entitlement
    titles = {proof["id"]: proof["title"][language] for proof in said.get("proofs", ())}
    law = said["law"]["title"][language] if said else ""
    return {
        "needed": order.waits_for_proof,
        "accepted": (titles | SEEN).get(order.relation_proof, order.relation_proof),
        "basis": order.relation_basis,
        "why": why(said, law, language) if said else None,
        "proofs": [
            {"id": proof, "title": (titles | SEEN)[proof]}
            for proof in acceptable(order)
        ],
        "chosen": value_of("proof", ""),
        "law": value_of("basis", law),
    }


def why(said: dict[str, Any], law: str, language: str) -> dict[str, Any]:
    """Return verdict, reason, source and since when it holds."""
    title, tag = OUTCOMES[said["verdict"]]
    since = date.fromisoformat(said["valid_from"])
    return {
        "title": title,
        "tag": tag,
        "reason": said["reason"]["text"][language],
        "law": law,
        "url": said["law"]["url"],
        "verified": said["law"]["verified"],
        "since": format_date(since, "long", locale=language),
    }
