"""The words of the law on meetings, as plain values."""

from datetime import datetime
from enum import auto
from enum import StrEnum


class BodyKind(StrEnum):
    """Which body of the town meets; each has rules of its own."""

    COUNCIL = "council"
    COLLEGE = "college"


class Choice(StrEnum):
    """How a member votes; blank and void are papers of a secret ballot."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    BLANK = "blank"
    VOID = "void"


class Mode(StrEnum):
    """How a vote is taken."""

    SHOW_OF_HANDS = auto()
    NAMED = auto()
    SECRET = auto()


class Matter(StrEnum):
    """What an item is about, as far as the law has rules of its own for it.

    ``appointment``: to a post or a mandate; ``presentation``: of candidates for one;
    ``executive``: the French mayor and deputies; ``standby``: Belgian *disponibilité*;
    ``person``: whatever else is about a named person; ``hearing``: somebody from
    outside is heard in a dispute.
    """

    ORDINARY = "ordinary"
    BUDGET = "budget"
    ACCOUNTS = "accounts"
    REGULATION = "regulation"
    APPOINTMENT = "appointment"
    PRESENTATION = "presentation"
    EXECUTIVE = "executive"
    STANDBY = "standby"
    SUSPENSION = "suspension"
    DISMISSAL = "dismissal"
    DISCIPLINE = "discipline"
    HEARING = "hearing"
    PERSON = "person"


class Interest(StrEnum):
    """Why a member takes no part in an item.

    ``representative``: sits for the town in the organisation that the item is about, or
    heads it;
    ``own_accounts``: answers for the accounts that are voted on.
    """

    PERSONAL = "personal"
    REPRESENTATIVE = "representative"
    OWN_ACCOUNTS = "own_accounts"


class Verdict(StrEnum):
    """What came out of a vote.

    ``tied``: the law says that equal votes decide nothing yet; ``next_round``: an
    election goes on.
    """

    CARRIED = "carried"
    REJECTED = "rejected"
    TIED = "tied"
    NO_QUORUM = "no_quorum"
    ELECTED = "elected"
    NEXT_ROUND = "next_round"


class TieRule(StrEnum):
    """What the law does with equal votes."""

    REJECTED = "rejected"
    PRESIDENT = "president"
    ADJOURNED = "adjourned"


class UrgencyOf(StrEnum):
    """What is called urgent: an item that is not listed, or the convocation."""

    ITEM = "item"
    CALL = "call"


class Names(StrEnum):
    """Whose names the minutes of a public vote give."""

    ALL = "all"
    DISSENTING = "dissenting"


class Part(StrEnum):
    """What a budget is voted by when its parts are voted separately."""

    ARTICLE = "article"
    CHAPTER = "chapter"


class Asker(StrEnum):
    """Who may ask that parts of a budget be voted separately."""

    MEMBER = "member"
    COUNCIL = "council"


class Publication(StrEnum):
    """What a town publishes of a meeting."""

    DRAFTS = "drafts"
    LIST = "list"
    MINUTES = "minutes"
    REGULATION = "regulation"


class Control(StrEnum):
    """How the state looks at an act: it is sent to it, or waits for its approval."""

    TRANSMISSION = "transmission"
    APPROVAL = "approval"


class Document(StrEnum):
    """What is signed."""

    CONVOCATION = "convocation"
    ACT = "act"
    MINUTES = "minutes"
    REGISTER = "register"
    EXTRACT = "extract"


class Role(StrEnum):
    """Who signs: the burgomaster or mayor, the director general, the secretary of the
    sitting."""

    MAYOR = "mayor"
    DIRECTOR = "director"
    SECRETARY = "secretary"


def check_aware(*moments: datetime | None) -> None:
    """Refuse times without time zone: they could not be compared across a clock change.

    :raises ValueError: there is one.
    """
    if any(moment is not None and moment.tzinfo is None for moment in moments):
        raise ValueError("A time needs its time zone.")
