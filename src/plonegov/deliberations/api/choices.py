"""What may be chosen for the items of a body."""

from plonegov.deliberations.api import meetings
from plonegov.deliberations.content.body import Body
from plonegov.deliberations.domain.categories import category_ids
from plonegov.deliberations.domain.itemvalues import Choices
from plonegov.deliberations.domain.model import Matter


def choices_of(body: Body) -> Choices:
    """Return the categories, matters and coming meetings of a body."""
    coming = [row["key"] for row in meetings.taking_items(body)]
    return Choices(body.categories or category_ids(), tuple(Matter), coming)
