"""A secret vote keeps counts only: who wrote which paper can be told from nothing."""

from collections import Counter
from helpers import councils
from helpers.councils import acting
from helpers.inprocess import InProcess
from plonegov.core.ops.home import home
from plonegov.core.records.events import entries
from plonegov.deliberations.adapters.minutes import sections_of
from plonegov.deliberations.adapters.sittingpapers import extracts
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import publishing

import logging
import pytest
import re
import transaction


MATTER = {"matter": "appointment", "title": "Désignation"}
#: A time or day, a number, a key of a record, or what keeps two requests apart.
MOMENT = re.compile(
    r"\d{4}-\d\d-\d\dT[\d:.+]+|\d\d:\d\d(:\d\d)?|[0-9A-Z]{10}\b|\b\d+\b|[0-9a-f]{16,}"
)


class Notes(logging.Handler):
    """What the process logs."""

    def __init__(self) -> None:
        super().__init__(0)
        self.lines: list[str] = []

    def emit(self, record) -> None:
        self.lines.append(record.getMessage())


class Commits:
    """What each transaction of this thread says of itself."""

    def __init__(self) -> None:
        self.told: list[tuple] = []

    def beforeCompletion(self, txn) -> None:
        self.told.append((txn.user, txn.description, dict(txn.extension)))

    def newTransaction(self, txn) -> None:
        pass

    def afterCompletion(self, txn) -> None:
        pass


@pytest.fixture
def hall(portal):
    """A council of seven that sits on two appointments, alike in all they say."""
    councils.add_staff(portal)
    members = councils.seat()
    councils.officials()
    meeting = councils.plan(portal)
    items = [councils.validated(portal, **MATTER) for _paper in "ab"]
    councils.sit(portal, meeting, members, *items)
    transaction.commit()
    return meeting, members, items


def plain(text: str) -> str:
    return MOMENT.sub("#", text)


def logged() -> str:
    files = sorted(
        path for path in home().rglob("*") if path.suffix in (".log", ".jsonl")
    )
    return "".join(path.read_text(encoding="utf-8") for path in files)


def cast(portal, item, papers: dict[str, str]) -> dict[str, object]:
    """Count papers and enter them on the page, as a browser that names the voters, too;
    return all that is left of it."""
    counts = Counter(papers.values())
    fields = {
        "verb": "hold",
        "mode": "secret",
        "counts.in_favour": str(counts["in_favour"]),
        "counts.against": str(counts["against"]),
        **{f"choice.{member}": choice for member, choice in papers.items()},
    }
    notes, commits, before = Notes(), Commits(), logged()
    logging.getLogger().addHandler(notes)
    transaction.manager.registerSynch(commits)
    try:
        path = f"deliberations/{item.getId()}/item-vote"
        answer = InProcess(portal).post("secretary", path, fields)
    finally:
        transaction.manager.unregisterSynch(commits)
        logging.getLogger().removeHandler(notes)
    assert (answer.status, answer.wrote) == (303, True)
    return {
        "row": plain(repr(item.ballots.rows)),
        "entries": [
            (each.who, each.action, each.origin, each.details) for each in entries(item)
        ],
        "commits": plain(repr(commits.told)),
        "notes": plain(repr(notes.lines)),
        "logs": plain(logged().removeprefix(before)),
    }


def test_swapping_two_papers_leaves_the_same_records_metadata_logs_and_exports(
    portal, hall
):
    """CDLD, article L1122-27."""
    meeting, members, items = hall
    papers = dict.fromkeys(members, "in_favour") | {members[1]: "against"}
    swapped = papers | {members[1]: "in_favour", members[2]: "against"}
    left = [
        cast(portal, item, paper)
        for item, paper in zip(items, (papers, swapped), strict=True)
    ]
    assert left[0] == left[1]
    assert "item-vote" in left[0]["commits"]
    assert "in_favour" in left[0]["row"]
    assert "voted" in [action for _who, action, *_more in left[0]["entries"]]
    storage = portal._p_jar.db().storage
    for item in items:
        kept, _serial = storage.load(item.ballots._p_oid)
        assert not [uid for uid in members if uid.encode() in kept]
    with acting(portal, "secretary"):
        for item in items:
            assert item.ballots.rows[-1]["votes"] == {}
            councils.items.change(item, "accept")
        minutes = dict(sections_of(meeting))
        meetings.change(meeting, "decide")
        said = [plain(minutes[item.getId()]) for item in items]
        certified = [plain(extracts([item]).html) for item in items]
        for item in items:
            publishing.prepare(item, "Désignation", "<p>Désignation.</p>")
            publishing.confirm(item, release=True)
        transaction.commit()
    assert said[0] == said[1]
    assert certified[0] == certified[1]
    table = InProcess(portal).get("anonymous", "deliberations.csv").content.decode()
    _head, *rows = table.splitlines()
    assert len(rows) == 2
    assert plain(rows[0]) == plain(rows[1])
