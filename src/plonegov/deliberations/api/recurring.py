"""Items that every meeting of a body has: its recurring templates join it."""

from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import items
from plonegov.deliberations.content.itemtemplate import ItemTemplate
from plonegov.deliberations.content.meeting import Meeting


def templates(body_id: str) -> list[ItemTemplate]:
    """Return the item templates of a body, in their order."""
    held = bodies.get(body_id).objectValues()
    return [item for item in held if isinstance(item, ItemTemplate)]


def join(meeting: Meeting) -> None:
    """Put an item on the agenda of a new meeting for each recurring template."""
    for template in templates(meeting.body):
        if template.recurring:
            item = items.from_template(template, bodies.get(meeting.body))
            agenda.present(item, meeting)
