"""States and transitions of items, meetings and advices, and what each state means.

The workflow definitions are the truth for states and transitions; the three item
workflows differ only in how an item comes from ``proposed`` to ``validated``.
"""

from collections.abc import Mapping
from enum import StrEnum


class Preset(StrEnum):
    """How an item is reviewed before it may stand on an agenda."""

    SMALL = "small"
    REVIEWED = "reviewed"
    TWO_LEVELS = "two_levels"

    @property
    def workflow(self) -> str:
        """The id of the workflow definition."""
        return f"plonegov_item_{self}_workflow"


class ItemState(StrEnum):
    """States of an item; ``REVIEWED_1`` and ``REVIEWED_2`` where its preset has them."""

    DRAFTED = "drafted"
    PROPOSED = "proposed"
    REVIEWED_1 = "reviewed_1"
    REVIEWED_2 = "reviewed_2"
    VALIDATED = "validated"
    PRESENTED = "presented"
    FROZEN = "frozen"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    ACCEPTED_MODIFIED = "accepted_modified"
    REFUSED = "refused"
    POSTPONED = "postponed"
    WITHDRAWN = "withdrawn"


class ItemTransition(StrEnum):
    """Transitions of an item, in the order of its life."""

    PROPOSE = "propose"
    REVIEW_1 = "review_1"
    REVIEW_2 = "review_2"
    VALIDATE = "validate"
    SEND_BACK = "send_back"
    PRESENT = "present"
    TAKE_OFF = "take_off"
    FREEZE = "freeze"
    UNFREEZE = "unfreeze"
    RETURN_TO_SERVICE = "return_to_service"
    RESUBMIT = "resubmit"
    ACCEPT = "accept"
    ACCEPT_MODIFIED = "accept_modified"
    REFUSE = "refuse"
    POSTPONE = "postpone"
    WITHDRAW = "withdraw"
    RECONSIDER = "reconsider"


class MeetingState(StrEnum):
    """States of a meeting."""

    CREATED = "created"
    CONVENED = "convened"
    FROZEN = "frozen"
    SITTING = "sitting"
    DECIDED = "decided"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class MeetingTransition(StrEnum):
    """Transitions of a meeting, in the order of its life."""

    CONVENE = "convene"
    RECALL = "recall"
    FREEZE = "freeze"
    UNFREEZE = "unfreeze"
    OPEN = "open"
    DECIDE = "decide"
    RESUME = "resume"
    CLOSE = "close"
    REOPEN = "reopen"
    CANCEL = "cancel"


class AdviceState(StrEnum):
    """States of an advice."""

    ASKED = "asked"
    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class AdviceTransition(StrEnum):
    """Transitions of an advice."""

    GIVE = "give"
    ASK_AGAIN = "ask_again"
    CALL_OFF = "call_off"


#: States in which the body has decided on an item, or will not.
ENDS = (
    ItemState.ACCEPTED,
    ItemState.ACCEPTED_MODIFIED,
    ItemState.REFUSED,
    ItemState.POSTPONED,
    ItemState.WITHDRAWN,
)

#: States in which a decision was taken: it gets a number of the register.
NUMBERED = (ItemState.ACCEPTED, ItemState.ACCEPTED_MODIFIED, ItemState.REFUSED)

#: States from which an item goes on to another body: it is accepted for an agenda, stands
#: on one, or was adopted.
SENT_FROM = (
    ItemState.VALIDATED,
    ItemState.PRESENTED,
    ItemState.FROZEN,
    ItemState.ACCEPTED,
    ItemState.ACCEPTED_MODIFIED,
)

#: States of a meeting in which items may still be put on its agenda.
TAKES_ITEMS = (
    MeetingState.CREATED,
    MeetingState.CONVENED,
    MeetingState.FROZEN,
    MeetingState.SITTING,
)

#: States of a meeting in which its members read what is on the agenda.
READ_BY_MEMBERS = (
    MeetingState.CONVENED,
    MeetingState.FROZEN,
    MeetingState.SITTING,
    MeetingState.DECIDED,
    MeetingState.CLOSED,
)


class Actor(StrEnum):
    """Who must act on an item: its service, its first or second reviewer, the secretary,
    the body, or nobody any more."""

    DRAFTER = "drafter"
    REVIEWER = "reviewer"
    SECOND_REVIEWER = "second_reviewer"
    SECRETARY = "secretary"
    BODY = "body"
    NOBODY = "nobody"


#: Who must act on an item, by its state, where that is the same in all presets.
ACTORS: Mapping[ItemState, Actor] = {
    ItemState.DRAFTED: Actor.DRAFTER,
    ItemState.VALIDATED: Actor.SECRETARY,
    ItemState.PRESENTED: Actor.SECRETARY,
    ItemState.FROZEN: Actor.BODY,
    ItemState.RETURNED: Actor.DRAFTER,
    **dict.fromkeys(ENDS, Actor.NOBODY),
}

#: Who reviews an item, by the preset that it began with and its state.
REVIEWERS: Mapping[Preset, Mapping[ItemState, Actor]] = {
    Preset.SMALL: {ItemState.PROPOSED: Actor.SECRETARY},
    Preset.REVIEWED: {
        ItemState.PROPOSED: Actor.REVIEWER,
        ItemState.REVIEWED_1: Actor.SECRETARY,
    },
    Preset.TWO_LEVELS: {
        ItemState.PROPOSED: Actor.REVIEWER,
        ItemState.REVIEWED_1: Actor.SECOND_REVIEWER,
        ItemState.REVIEWED_2: Actor.SECRETARY,
    },
}


def actor_of(workflow: str, state: str) -> Actor:
    """Return who must act on an item.

    :param workflow: the id of the definition that it began with.
    :raises ValueError: there is no such state.
    """
    preset = next(each for each in Preset if each.workflow == workflow)
    found = ItemState(state)
    return REVIEWERS[preset].get(found) or ACTORS[found]
