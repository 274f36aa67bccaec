"""What of an item the public may read, and when.

Nothing is public before a clerk has confirmed it, item by item: a title and a text of
its own, distinct from the record.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser
from plonegov.deliberations.domain.agenda import Privacy
from plonegov.deliberations.domain.refusals import BodyNotPublic
from plonegov.deliberations.domain.refusals import ItemNotPublic
from plonegov.deliberations.domain.refusals import NotYetPublic
from plonegov.deliberations.domain.refusals import PublicTextMissing
from plonegov.deliberations.domain.states import ItemState
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.domain.states import NUMBERED
from plonegov.deliberations.domain.states import READ_BY_MEMBERS
from plonegov.deliberations.domain.steps import check
from plonegov.deliberations.domain.steps import Condition


class Publicity(StrEnum):
    """Whether the public reads what a body does."""

    NONE = "none"
    PUBLIC = "public"


class Shown(StrEnum):
    """What of an item is shown: a draft not adopted, the decision, or its tombstone."""

    DRAFT = "draft"
    DECISION = "decision"
    WITHDRAWN = "withdrawn"


class WhyWithdrawn(StrEnum):
    """The kind of reason for which a publication was withdrawn; the tombstone says it."""

    PRIVACY = "privacy"
    ERROR = "error"
    ANNULLED = "annulled"
    OTHER = "other"


@dataclass(frozen=True)
class PublicFacts:
    """What the rules must know of an item that is to be public.

    ``publicity`` is its body's; ``released``: the decision was released singly.
    """

    publicity: Publicity
    privacy: Privacy
    state: ItemState
    meeting: MeetingState | None
    title: bool = True
    text: bool = True
    released: bool = False


#: Meetings whose decisions stand.
OVER = (MeetingState.DECIDED, MeetingState.CLOSED)

CONDITIONS = (
    Condition(lambda facts: facts.privacy is Privacy.OPEN, ItemNotPublic),
    Condition(
        lambda facts: (
            facts.publicity is Publicity.PUBLIC
            or (facts.released and facts.meeting in OVER)
        ),
        BodyNotPublic,
    ),
    Condition(lambda facts: facts.meeting in READ_BY_MEMBERS, NotYetPublic),
    Condition(lambda facts: facts.title and facts.text, PublicTextMissing),
)


def shown_as(facts: PublicFacts) -> Shown:
    """Return as what an item may be shown.

    :raises ItemNotPublic: it belongs to the closed session.
    :raises BodyNotPublic: the public reads nothing of its body, and it was not released.
    :raises NotYetPublic: its meeting is not convened.
    :raises PublicTextMissing: it has no public title, or no public text.
    """
    check(CONDITIONS, facts)
    decided = facts.meeting in OVER and facts.state in NUMBERED
    return Shown.DECISION if decided else Shown.DRAFT


class _Text(HTMLParser):
    """Gathers the text of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def plain_text(html: str) -> str:
    """Return the text of HTML, its elements parted by spaces."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    return " ".join(" ".join(parser.parts).split())


#: The columns of ``deliberations.csv``: SCDL deliberations 2.1.4,
#: https://schema.data.gouv.fr/scdl/deliberations/2.1.4
SCDL = (
    "COLL_NOM",
    "COLL_SIRET",
    "DELIB_ID",
    "DELIB_DATE",
    "DELIB_MATIERE_CODE",
    "DELIB_MATIERE_NOM",
    "DELIB_OBJET",
    "BUDGET_ANNEE",
    "BUDGET_NOM",
    "PREF_ID",
    "PREF_DATE",
    "VOTE_EFFECTIF",
    "VOTE_REEL",
    "VOTE_POUR",
    "VOTE_CONTRE",
    "VOTE_ABSTENTION",
    "DELIB_URL",
)


def scdl_row(values: Mapping[str, object]) -> list[str]:
    """Return a row of the open data in the order of ``SCDL``; what is not known is
    empty.

    :param values: by column.
    :raises KeyError: there is no such column.
    """
    unknown = set(values) - set(SCDL)
    if unknown:
        raise KeyError(min(unknown))
    return [str(values.get(name, "")) for name in SCDL]
