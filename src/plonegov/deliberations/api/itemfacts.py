"""What the rules of an item's workflow ask of it."""

from plonegov.core.api import town_today
from plonegov.deliberations.api import distance
from plonegov.deliberations.api import elections
from plonegov.deliberations.api import parts
from plonegov.deliberations.api import sending
from plonegov.deliberations.api import store
from plonegov.deliberations.api.html import is_empty
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.itemrules import ItemFacts
from plonegov.deliberations.domain.states import MeetingState


def facts_of(item: Item, meeting_key: str = "") -> ItemFacts:
    """Return the facts of an item.

    :param meeting_key: of the meeting that it is to stand on; else that it stands on.
    :raises RecordNotFound: there is no such meeting.
    """
    key = meeting_key or item.meeting
    meeting = store.meeting(key) if key else None
    return ItemFacts(
        title=bool(item.title),
        decision=not is_empty(item.decision),
        meeting=MeetingState(meeting.state) if meeting is not None else None,
        same_body=meeting is None or meeting.body == item.body,
        advices=parts.missing(item, town_today()),
        carried=carried(item),
        listed=not item.late or bool(item.urgency.get("carried")),
        election_open=elections.is_open(item),
        at_hand=_at_hand(item, meeting),
        copy_in_use=sending.copy_in_use(item),
    )


def _at_hand(item: Item, meeting: Meeting | None) -> bool:
    """Say whether a meeting may deal with an item where it sits; until its members are
    called to it, it may still be planned otherwise."""
    if meeting is None or meeting.state == MeetingState.CREATED:
        return True
    return distance.allows(meeting, item.matter)


def carried(item: Item) -> bool | None:
    """Say how the last vote on the whole of an item ended; None: there was none, or it
    decided nothing."""
    whole = [row for row in item.ballots.rows if row["whole"]]
    return whole[-1]["carried"] if whole else None
