"""The convocation with its notes and drafts, and the agenda."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from plonegov.core.api import town_today
from plonegov.core.pdf.wording import text_in
from plonegov.deliberations.adapters import papers
from plonegov.deliberations.adapters.papers import Paper
from plonegov.deliberations.adapters.papers import Reads
from plonegov.deliberations.adapters.papertext import paper_html
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import law
from plonegov.deliberations.api import signing
from plonegov.deliberations.content.annex import Annex
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.model import Document
from plonegov.deliberations.domain.rulereading import rule_set
from plonegov.deliberations.domain.ruleset import Convocation
from plonegov.deliberations.domain.states import MeetingState
from typing import Any

import tomllib


#: States of a meeting whose drafts the body has not decided on yet.
BEFORE = (
    MeetingState.CREATED,
    MeetingState.CONVENED,
    MeetingState.FROZEN,
    MeetingState.SITTING,
)


def convocation(
    meeting: Meeting, reads: Reads, day: date | None = None, *, sent: bool = False
) -> Paper:
    """Return the convocation of a meeting.

    :param reads: says of an item whether the reader reads its texts.
    :param day: on which it is signed; today unless told.
    :param sent: it goes to the members, so that it is no draft of a convocation.
    """
    words, rule = papers.legal_words(), _rule(meeting)
    when = day or town_today()
    signers = signing.signers(meeting, Document.CONVOCATION, when)
    draft = sent or meeting.state != MeetingState.CREATED
    return papers.paper(
        meeting,
        "convocation",
        words["convocation"],
        words["drafts" if draft else "not_sent"],
        facts=list(_facts(meeting, rule)),
        failed=_failed(meeting),
        recital=_recital(meeting, rule),
        sessions=papers.sessions_of(meeting, reads),
        points=list(_points(meeting, reads)),
        signatures=papers.signature_rows(signers),
        dated=papers.dated(when),
    )


def agenda_paper(meeting: Meeting, reads: Reads) -> Paper:
    """Return the agenda of a meeting, without notes and drafts."""
    words = papers.legal_words()
    draft = ""
    if meeting.state in BEFORE:
        sent = meeting.state != MeetingState.CREATED
        draft = words["drafts" if sent else "not_sent"]
    return papers.paper(
        meeting,
        "agenda",
        words["agenda"],
        draft,
        facts=list(_facts(meeting, _rule(meeting))),
        sessions=papers.sessions_of(meeting, reads),
    )


@cache
def recitals() -> dict[str, dict[str, str]]:
    """Return the words of laws that a call quotes: language to text, by law."""
    path = papers.DOCUMENTS / "recitals.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _rule(meeting: Meeting) -> Convocation | None:
    rows = law.rules_of(meeting).convocation
    return next((row for row in rows if row.call == meeting.call), None)


def _facts(meeting: Meeting, rule: Convocation | None) -> Iterator[tuple[str, str]]:
    words = papers.legal_words()
    if meeting.call > 1 or (rule is not None and rule.names_call):
        yield words["convocation"], words[f"call_{meeting.call}"]
    yield words["day"], papers.day(law.day_of(meeting))
    yield words["time"], papers.clock(meeting.starts, meeting)
    for word, value in (
        ("place", meeting.place),
        ("remote", meeting.remote_tool),
        ("remote_reason", meeting.remote_reason),
        ("urgency", meeting.urgency),
    ):
        if value:
            yield words[word], value


def _failed(meeting: Meeting) -> str:
    """Return what is said of the sitting that lacked its quorum, or ""."""
    container = meeting.aq_parent
    earlier = container.records.get(meeting.call_of) if meeting.call_of else None
    if earlier is None:
        return ""
    words = papers.legal_words()
    return words["failed"].format(
        day=papers.day(earlier.starts.date()), call=words[f"call_{meeting.call}"]
    )


def _recital(meeting: Meeting, rule: Convocation | None) -> dict[str, str] | None:
    """Return the words of the law that this call quotes, or None."""
    texts = recitals().get(rule.law) if rule is not None and rule.recites_law else None
    if texts is None:
        return None
    language = papers.legal_language()
    laws = rule_set(bodies.get(meeting.body).rules).laws
    return {
        "law": text_in(laws[rule.law].titles, language),
        "language": language if language in texts else next(iter(texts)),
        "text": text_in(texts, language),
    }


def _points(meeting: Meeting, reads: Reads) -> Iterator[dict[str, Any]]:
    """Yield number, title, note and draft of each item; what the agenda was fixed with
    goes before what the body made of it."""
    held = papers.item_numbers(meeting)
    words = papers.legal_words()
    for item in agenda.items_of(meeting):
        read = reads(item)
        drafted = item.drafted or {}
        yield {
            "number": held[item.getId()],
            "title": item.title if read else words["reserved"],
            "reads": read,
            "motivation": paper_html(drafted.get("motivation", item.motivation), 5),
            "decision": paper_html(drafted.get("decision", item.decision), 5),
            "annexes": _annexes(item) if read else [],
        }


def _annexes(item: Item) -> list[str]:
    """Return the titles of the annexes that are not confidential, whoever reads it."""
    return [
        part.title
        for part in item.parts.values()
        if isinstance(part, Annex) and not part.confidential
    ]
