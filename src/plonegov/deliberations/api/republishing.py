"""Decisions that were rectified after the public read them: confirmed anew, with the
former text and why, both worded for the public."""

from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.registers.register import Entry
from plonegov.core.registers.register import Register
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.publication import Publication
from plonegov.deliberations.domain.publishing import Shown
from typing import Any


def rectification(item: Item) -> Entry:
    """Return what the register says last of the number of an item."""
    return Register(item.body).get(*item.registered)


def require_reason(item: Item) -> None:
    """Refuse to let the public read a rectified decision without being told why.

    :raises InvalidInput: no reason was written for the public.
    """
    if item.outdated and not item.public.get("rectified"):
        raise InvalidInput([Fault("rectified", "required")])


def versions(item: Item, before: Publication | None) -> dict[str, Any]:
    """Return the version that the public is to read now, and the texts that it read
    before a rectification."""
    former = before.former if before is not None else ()
    if before is not None and item.outdated:
        row = {
            "version": before.version,
            "title": before.title,
            "text": before.text,
            "rectified": rectification(item).when.isoformat(),
            "reason": item.public.get("rectified", ""),
        }
        former = (*former, row)
    return {"version": item.version, "former": former}


def settle(item: Item, shown: Shown) -> None:
    """Note which version of an item's decision the public reads now; the reason that it
    was told is used up."""
    item.public_version = item.version if shown is Shown.DECISION else 0
    item.public = {**item.public, "rectified": ""}
