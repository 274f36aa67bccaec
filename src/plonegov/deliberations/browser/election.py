"""``item-election``: people are elected on an item, in rounds that the law counts."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from plonegov.core.errors import RecordNotFound
from plonegov.core.theme.page import PostsToItself
from plonegov.deliberations import _
from plonegov.deliberations.api import elections
from plonegov.deliberations.api import store
from plonegov.deliberations.api import votes
from plonegov.deliberations.browser.base import DeskPage
from plonegov.deliberations.browser.labels import MATTERS
from plonegov.deliberations.browser.labels import VERDICTS
from plonegov.deliberations.domain.electing import Standing
from plonegov.deliberations.domain.model import Mode
from plonegov.deliberations.domain.states import ItemState
from plonegov.deliberations.domain.states import MeetingState
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message


#: Lines for candidates: at first, left empty below those that are filled in, and at most.
LINES, SPARE, MOST_LINES = 6, 2, 60

PAPERS: dict[str, Message] = {
    "papers": _("election_papers", default="Valid papers"),
    "blank": _("election_blank", default="Blank papers"),
    "void": _("election_void", default="Void papers"),
}
LABELS: dict[str, Message] = {
    "seats": _("election_seats", default="How many are elected"),
    "candidates": _("election_candidates", default="Who stands"),
    **PAPERS,
}
TAGS = {"elected": "ok", "rejected": "danger", "next_round": "warn"}


def given_of(form: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a posted form says of a round, as ``elections.hold`` takes it.

    Lines that are empty are left out, so that the others count from the first one on.
    """
    lines = [
        {
            "name": str(form.get(f"candidates.{place}.name", "")),
            "votes": str(form.get(f"candidates.{place}.votes", "")),
        }
        for place in range(MOST_LINES)
    ]
    waived = bool(form.get("waived"))
    return {
        "seats": form.get("seats", ""),
        "candidates": [line for line in lines if any(map(str.strip, line.values()))],
        "mode": str(Mode.SHOW_OF_HANDS if waived else Mode.SECRET),
        "waived": waived,
        **{name: form.get(name, "") for name in PAPERS},
    }


class ItemElection(PostsToItself, DeskPage):
    """Enter the rounds of an election; the page says who is elected, and what comes next."""

    index = ViewPageTemplateFile("templates/election.pt")
    papers = PAPERS
    done = _("election_saved", default="Saved.")

    def __call__(self) -> str:
        if not elections.applies(self.context):
            raise RecordNotFound()
        return super().__call__()

    def save(self, form: Mapping[str, Any]) -> str:
        """Keep a round, or take the last one back."""
        if form.get("verb") == "take_back":
            votes.take_back(self.context, self._last_place())
        else:
            elections.hold(self.context, given_of(form))
        return self.page_url

    def _last_place(self) -> int:
        rows = self.context.ballots.rows
        places = [place for place, row in enumerate(rows) if "election" in row]
        return max(places, default=-1)

    @property
    def page_url(self) -> str:
        return f"{self.context.absolute_url()}/item-election"

    @property
    def page_title(self) -> Message:
        title = {"title": self.context.title}
        return _("election_title", default="Election: ${title}", mapping=title)

    def page_breadcrumbs(self) -> list[dict[str, str]]:
        vote = _("election_to_vote", default="Vote on the item")
        url = f"{self.context.absolute_url()}/item-vote"
        return [*super().page_breadcrumbs(), {"title": self.say(vote), "url": url}]

    @property
    def matter(self) -> Message:
        return MATTERS[self.context.matter]

    @property
    def labels(self) -> dict[str, Message]:
        lines = {
            f"candidates.{line['place']}.{name}": line["title"]
            for line in self.lines()
            for name in ("name", "votes")
        }
        return LABELS | lines

    @cached_property
    def now(self) -> Standing:
        """Where the election stands."""
        return elections.standing_of(self.context)

    @property
    def runs(self) -> bool:
        """Whether a round may be entered now."""
        meeting = store.meeting(self.context.meeting)
        sits = meeting.state == MeetingState.SITTING
        return sits and self.context.state == ItemState.FROZEN

    @property
    def heading(self) -> Message:
        """What is to be entered next."""
        return _(
            "election_round",
            default="Round ${number}",
            mapping={"number": str(self.now.number)},
        )

    @property
    def left(self) -> Message | None:
        """How many are still to be elected; None before the first round."""
        if not self.now.open:
            return None
        return _(
            "election_left",
            default="Still to be elected: ${seats}",
            mapping={"seats": str(self.now.seats)},
        )

    @property
    def waivable(self) -> bool:
        return elections.waivable(self.context)

    def lines(self) -> list[dict[str, Any]]:
        """Return the lines for candidates: those of the run-off, or as many as needed."""
        typed = given_of(self.typed)["candidates"]
        fixed = bool(self.now.run_off)
        if fixed:
            counted = {line["name"]: line["votes"] for line in typed}
            found = [(name, counted.get(name, "")) for name in self.now.run_off]
        else:
            found = [(line["name"], line["votes"]) for line in typed]
            found = found or [(name, "") for name in self._again_standing()]
            lines = max(LINES, len(found) + SPARE)
            found += [("", "")] * (min(lines, MOST_LINES) - len(found))
        return [
            {
                "place": place,
                "name": name,
                "votes": votes,
                "fixed": fixed,
                "title": self._line_title(place + 1),
                "errors": [
                    error
                    for field in ("name", "votes")
                    if (error := self.error_of(f"candidates.{place}.{field}"))
                ],
            }
            for place, (name, votes) in enumerate(found)
        ]

    def _again_standing(self) -> list[str]:
        """Return who stood in the last round and may stand again."""
        return [name for name in self.now.candidates if name not in self.now.elected]

    def _line_title(self, number: int) -> Message:
        mapping = {"number": str(number)}
        return _("election_line", default="Candidate ${number}", mapping=mapping)

    def rounds(self) -> list[dict[str, Any]]:
        """Return the rounds that were held, each with its result and why."""
        rows = [row for row in self.context.ballots.rows if "election" in row]
        return [self._round(row) for row in rows]

    def _round(self, row: Mapping[str, Any]) -> dict[str, Any]:
        held, result, language = row["election"], row["result"], self.language()
        return {
            **held,
            "title": _(
                "election_round",
                default="Round ${number}",
                mapping={"number": str(held["number"])},
            ),
            "at": self.moment(datetime.fromisoformat(row["at"])),
            "verdict": VERDICTS[held["verdict"]],
            "tag": TAGS[held["verdict"]],
            "counted": [
                {"name": name, "votes": count, "elected": name in held["elected"]}
                for name, count in held["votes"].items()
            ],
            "papers": [(title, held[name]) for name, title in PAPERS.items()],
            "why": [
                {
                    "text": line["text"].get(language) or line["text"]["en"],
                    "law": _law(line["law"], language),
                }
                for line in result["trace"]
            ],
        }

    @property
    def vote_url(self) -> str:
        return f"{self.context.absolute_url()}/item-vote"


def _law(law: Mapping[str, Any] | None, language: str) -> dict[str, str] | None:
    """Return title and address of a law in a language, None where a line has none."""
    if not law:
        return None
    title = law["title"].get(language) or law["title"]["en"]
    return {"title": title, "url": law["url"]}
