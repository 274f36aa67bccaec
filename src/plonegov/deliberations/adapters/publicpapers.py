"""The agenda of a sitting, and the public version of its minutes, for everybody.

They are made of public copies only, never of a record: what a clerk did not confirm, and
what belongs to a closed session, is not there to be printed.
"""

from collections.abc import Iterator
from plonegov.core.api import municipality
from plonegov.core.pdf.wording import text_in
from plonegov.deliberations.adapters import papers
from plonegov.deliberations.adapters.minutes import opening
from plonegov.deliberations.adapters.papers import Paper
from plonegov.deliberations.adapters.papertext import paper_html
from plonegov.deliberations.api import law
from plonegov.deliberations.api import public
from plonegov.deliberations.api import store
from plonegov.deliberations.api.public import Sitting
from plonegov.deliberations.api.publishing import decisions
from plonegov.deliberations.domain.publishing import OVER
from typing import Any


def agenda(sitting: Sitting) -> Paper:
    """Return the agenda of a sitting with the titles that were confirmed; before the body
    has decided each page says so."""
    words, day = papers.legal_words(), sitting.starts.date()
    points = [
        {"number": row["place"], "title": row["title"]}
        for row in public.agenda(sitting.key)
        if row["place"]
    ]
    session = {"title": words["open_session"], "blocks": [_block(points)]}
    return papers.paper_of(
        body_title(sitting),
        day,
        "agenda",
        words["agenda"],
        "" if sitting.state in OVER else words["drafts"],
        sitting=papers.sitting_words(body_title(sitting), day),
        facts=list(_facts(sitting)),
        sessions=[session] if points else [],
    )


def minutes(sitting: Sitting) -> Paper:
    """Return the public version of the minutes of a sitting: who was there, then each
    decision as its public copy has it."""
    words, day = papers.legal_words(), sitting.starts.date()
    meeting = store.meeting(sitting.key)
    later = law.day_of(store.meeting(meeting.minutes.adopted_in))
    return papers.paper_of(
        body_title(sitting),
        day,
        "publicminutes",
        words["public_minutes"],
        "",
        sitting=papers.sitting_words(body_title(sitting), day),
        adopted=words["adopted_in"].format(day=papers.day(later)),
        opening=opening(meeting),
        points=[_decision(row) for row in public.decided(sitting.key)],
    )


def body_title(sitting: Sitting) -> str:
    """Return the name of the body that meets, in the legal language."""
    titles = {choice.id: choice.title for choice in municipality().bodies}
    found = titles.get(sitting.body)
    return text_in(found, papers.legal_language()) if found else sitting.body


def _block(points: list[dict[str, Any]]) -> dict[str, Any]:
    return {"heading": "", "points": points}


def _decision(row: dict[str, Any]) -> dict[str, Any]:
    """Return number, title, text, vote and outcome of a decision, from its public copy."""
    words, found = papers.legal_words(), decisions().records.get(row["key"])
    counts = found.counts
    sentence = words["secret_vote" if found.secret else "vote"]
    number = ""
    if found.registered:
        year, place = found.registered
        number = words["number"].format(number=place, year=year)
    return {
        "point": row["number"],
        "title": row["title"],
        "number": number,
        "text": paper_html(found.text, 3),
        "vote": sentence.format(**counts) if any(counts.values()) else "",
        "outcome": words.get(found.outcome, ""),
    }


def _facts(sitting: Sitting) -> Iterator[tuple[str, str]]:
    words = papers.legal_words()
    yield words["day"], papers.day(sitting.starts.date())
    yield words["time"], papers.hour(sitting.starts)
    if sitting.place:
        yield words["place"], sitting.place
