"""What of an item the public may read, and when.

Nothing is public before a clerk has confirmed it, item by item: a title and a text of
its own, distinct from the record.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from html.parser import HTMLParser
from plonegov.deliberations.domain.agenda import Privacy
from plonegov.deliberations.domain.refusals import BodyNotPublic
from plonegov.deliberations.domain.refusals import ItemNotPublic
from plonegov.deliberations.domain.refusals import ItemWithdrawn
from plonegov.deliberations.domain.refusals import NotYetPublic
from plonegov.deliberations.domain.refusals import PublicTextMissing
from plonegov.deliberations.domain.states import ItemState
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.domain.states import NUMBERED
from plonegov.deliberations.domain.states import READ_BY_MEMBERS
from plonegov.deliberations.domain.steps import check
from plonegov.deliberations.domain.steps import Condition

import re


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
    """The kind of reason for which a publication was withdrawn; the tombstone says it.

    The last three follow from what happened to the item: it left the agenda, it was
    withdrawn, or the sitting was resumed and its decision taken back.
    """

    PRIVACY = "privacy"
    ERROR = "error"
    ANNULLED = "annulled"
    OTHER = "other"
    TAKEN_OFF = "taken_off"
    DROPPED = "dropped"
    TAKEN_BACK = "taken_back"


#: Reasons that the secretary chooses from.
CHOSEN = (
    WhyWithdrawn.PRIVACY,
    WhyWithdrawn.ERROR,
    WhyWithdrawn.ANNULLED,
    WhyWithdrawn.OTHER,
)

#: What lists, searches and feeds show.
LISTED = (Shown.DRAFT, Shown.DECISION)


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
    Condition(lambda facts: facts.state is not ItemState.WITHDRAWN, ItemWithdrawn),
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

    :raises ItemWithdrawn: it was withdrawn, so that nothing is decided on it.
    :raises ItemNotPublic: it belongs to the closed session.
    :raises BodyNotPublic: the public reads nothing of its body, and it was not released.
    :raises NotYetPublic: its meeting is not convened.
    :raises PublicTextMissing: it has no public title, or no public text.
    """
    check(CONDITIONS, facts)
    decided = facts.meeting in OVER and facts.state in NUMBERED
    return Shown.DECISION if decided else Shown.DRAFT


def reference(body: str, registered: tuple[int, int] | tuple[()], key: str) -> str:
    """Return how a decision is named in files and open data: ``council-2026-12``; a
    draft, which has no number, goes by its key."""
    if not registered:
        return f"{body}-{key.lower()}"
    year, number = registered
    return f"{body}-{year}-{number}"


def is_late(online: date, due: date | None) -> bool:
    """Say whether a draft was put online after the last day that the law sets."""
    return due is not None and online > due


#: Prefectures are named by department (INSEE): its first two characters, three overseas.
OVERSEAS = ("97", "98")


def prefecture_of(country: str, official_code: str) -> str:
    """Return the PREF_ID of a town: the prefecture of its department (CGCT, article
    L2131-1; SCDL 2.1.4). Empty outside France, where nothing has such an id.

    :param official_code: the town's code of INSEE.
    """
    if country != "FR" or len(official_code) < 3:
        return ""
    length = 3 if official_code.startswith(OVERSEAS) else 2
    return f"PREF{official_code[:length].rjust(3, '0')}"


HEADING = re.compile(r"<(/?)h([1-6])(?=[\s>])", re.IGNORECASE)
#: The deepest level of a heading.
DEEPEST = 6


def lowered_headings(html: str, below: int = 1) -> str:
    """Return clean HTML whose headings follow that of the page around it, and no level is
    left out on the way down.

    :param below: the level of the heading that they come below.
    """
    levels = _Levels(below)
    return HEADING.sub(levels.replaced, html)


class _Levels:
    """The levels of headings, as they are met and as they become."""

    def __init__(self, below: int) -> None:
        self.open: list[tuple[int, int]] = []
        self.now = self.below = below

    def replaced(self, found: re.Match[str]) -> str:
        if found[1]:
            return f"</h{self.now}"
        level = int(found[2])
        self.open = [each for each in self.open if each[0] < level]
        above = self.open[-1][1] if self.open else self.below
        self.now = min(DEEPEST, above + 1)
        self.open.append((level, self.now))
        return f"<h{self.now}"


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
