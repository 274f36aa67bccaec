"""The attendance list, the minutes, and the extract of the decision on an item."""

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import date
from datetime import datetime
from lxml import html
from plonegov.core.api import town_today
from plonegov.core.pdf.sealplace import SealPlace
from plonegov.core.registers.register import Register
from plonegov.deliberations.adapters import minutes
from plonegov.deliberations.adapters import papers
from plonegov.deliberations.adapters.papers import Paper
from plonegov.deliberations.adapters.papers import Reads
from plonegov.deliberations.adapters.papertext import paper_html
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import law
from plonegov.deliberations.api import signing
from plonegov.deliberations.api import store
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.attendance import Movement
from plonegov.deliberations.domain.model import Document
from typing import Any


def attendance_list(meeting: Meeting) -> Paper:
    """Return the list of who was there, from the log of the sitting."""
    words, names = papers.legal_words(), attendance.names_of(meeting)
    held = papers.item_numbers(meeting)
    log = attendance.attendance_of(meeting)
    proxies = sorted(attendance.proxies_of(meeting), key=lambda proxy: proxy.given)
    recusals = sorted(
        log.recusals, key=lambda one: (held.get(one.item, 0), names.get(one.member, ""))
    )
    return papers.paper(
        meeting,
        "attendance",
        words["attendance"],
        "",
        members=list(_members(meeting)),
        lines=list(_closings(meeting)),
        proxies=[
            (
                names.get(proxy.giver, ""),
                names.get(proxy.holder, ""),
                words["given_at"].format(time=papers.clock(proxy.given, meeting)),
            )
            for proxy in proxies
        ],
        recusals=[
            (
                str(held.get(one.item, "")),
                names.get(one.member, ""),
                words[f"interest_{one.interest}"],
            )
            for one in recusals
        ],
        signatures=_chair(meeting),
        dated="",
    )


def minutes_paper(
    meeting: Meeting,
    reads: Reads,
    day: date | None = None,
    seal: SealPlace | None = None,
) -> Paper:
    """Return the minutes of a meeting; until they are adopted each page says so.

    :param reads: says of an item whether the reader reads its texts.
    :param day: on which they are to be signed; today unless told.
    :param seal: what stands at the place that they leave for the seal; None: no place.
    """
    words, book = papers.legal_words(), meeting.minutes
    later = meeting.aq_parent.records.get(book.adopted_in) if book.adopted_in else None
    adopted = ""
    if later is not None:
        adopted = words["adopted_in"].format(day=papers.day(later.starts.date()))
    return papers.paper(
        meeting,
        "minutes",
        words["minutes"],
        "" if book.adopted else words["minutes_draft"],
        adopted=adopted,
        sections=list(_sections(meeting, reads)),
        signatures=_minutes_signatures(meeting, day or town_today()),
        dated="",
        seal=seal,
    )


def extracts(
    items: Sequence[Item], day: date | None = None, seal: SealPlace | None = None
) -> Paper:
    """Return the extracts of registered decisions of one meeting as one document.

    :param items: one at least, all on the same meeting's agenda.
    :param day: on which they are certified; today unless told.
    :param seal: what stands at the place that they leave for the seal; None: no place.
    """
    words = papers.legal_words()
    meeting = store.meeting(items[0].meeting)
    word = "extract" if len(items) == 1 else "extracts"
    when = day or town_today()
    found = [_extract(meeting, item, when) for item in items]
    return papers.paper(meeting, "extract", words[word], "", extracts=found, seal=seal)


def version_of(item: Item) -> int:
    """Return the version of a decision in the register; 0 when it is in none."""
    if not item.registered:
        return 0
    return Register(item.body).get(*item.registered).version


def _members(meeting: Meeting) -> Iterator[dict[str, str]]:
    words, log = papers.legal_words(), attendance.attendance_of(meeting)
    for mandate in bodies.members(bodies.get(meeting.body), law.day_of(meeting)):
        uid = mandate.UID()
        moves = sorted(
            (entry for entry in log.entries if entry.member == uid),
            key=lambda entry: entry.at,
        )
        came = any(entry.movement is Movement.ARRIVED for entry in moves)
        away = "is_excused" if uid in log.excused else "is_absent"
        yield {
            "name": mandate.title,
            "capacity": ", ".join(filter(None, (mandate.role, mandate.group))),
            "presence": words["is_present" if came else away],
            "movements": ", ".join(
                words[f"{entry.movement}_at"].format(
                    time=papers.clock(entry.at, meeting)
                )
                for entry in moves
            ),
        }


def _closings(meeting: Meeting) -> Iterator[str]:
    words = papers.legal_words()
    for row in meeting.attendance.standing:
        if row["kind"] in minutes.PASSINGS:
            when = papers.clock(datetime.fromisoformat(row["at"]), meeting)
            yield from minutes.passing(row, when, words)


def _chair(meeting: Meeting) -> list[dict[str, str]]:
    """Return the lines on which chair and secretary of the sitting sign."""
    people = {
        "president": signing.president_of(meeting),
        "secretary": signing.keeper_of(meeting),
    }
    return [
        {
            "role": papers.role_title(role, ""),
            "name": name,
            "delegation": "",
            "signed": "",
        }
        for role, name in people.items()
    ]


def _sections(meeting: Meeting, reads: Reads) -> Iterator[str]:
    held = papers.item_numbers(meeting)
    closed = {item.getId() for item in agenda.items_of(meeting) if not reads(item)}
    rows = [(section.key, section.text) for section in meeting.minutes.sections]
    for key, text in rows or minutes.sections_of(meeting):
        if key in closed:
            word = papers.legal_words()["reserved"]
            yield f"<h2>{held[key]}. {word}</h2>"
        else:
            yield _numbered(paper_html(text, 2), held.get(key, 0))


def _numbered(text: str, number: int) -> str:
    """Put an item's number before the first heading of its section."""
    if not number or not text:
        return text
    root = html.fragment_fromstring(text, create_parent="div")
    heading = root.find("h2")
    if heading is not None:
        heading.text = f"{number}. {heading.text or ''}"
    inner = (html.tostring(child, encoding="unicode") for child in root)
    return (root.text or "") + "".join(inner)


def _minutes_signatures(meeting: Meeting, day: date) -> list[dict[str, str]]:
    """Return who signed the minutes, or else who is to."""
    signed = meeting.minutes.signatures
    if not signed:
        signers = signing.signers(meeting, Document.MINUTES, day)
        return papers.signature_rows(signers)
    words = papers.legal_words()
    return [
        {
            "role": papers.role_title(row["office"], row["capacity"]),
            "name": row["name"],
            "delegation": row["delegation"],
            "signed": words["signed_on"].format(
                day=papers.day(date.fromisoformat(row["day"]))
            ),
        }
        for row in signed
    ]


def _extract(meeting: Meeting, item: Item, day: date) -> dict[str, Any]:
    words, names = papers.legal_words(), attendance.names_of(meeting)
    year, number = item.registered
    lines = minutes.item_lines(meeting, item, words)
    signers = signing.signers(meeting, Document.EXTRACT, day)
    return {
        "title": words["extract"],
        "sitting": papers.sitting_of(meeting),
        "number": words["number"].format(number=number, year=year),
        "version": _version(item),
        "present": list(_present(meeting, item, names)),
        "point": item.number,
        "subject": item.title,
        "motivation": paper_html(item.motivation, 4),
        "votes": list(lines),
        "decision": paper_html(item.decision, 4),
        "outcome": words.get(item.state, ""),
        "signatures": papers.signature_rows(signers),
        "dated": papers.dated(day, "conform"),
    }


def _version(item: Item) -> str:
    """Return what is said of a decision whose text was rectified, or ""."""
    entry = Register(item.body).get(*item.registered)
    if entry.version == 1:
        return ""
    return papers.legal_words()["version"].format(
        version=entry.version,
        day=papers.day(town_today(entry.when)),
        reason=entry.reason,
    )


def _present(meeting: Meeting, item: Item, names: dict[str, str]) -> Iterator[str]:
    """Yield who presided and who was there when the item was voted on."""
    words = papers.legal_words()
    president = names.get(meeting.president, "")
    if president:
        yield words["president"].format(name=president)
    slot = minutes.slot_of(meeting, item)
    if slot is None:
        return
    presence = attendance.presence_of(meeting, item, slot.closed)
    there = [names[uid] for uid in names if uid in presence.took_part]
    yield words["present"].format(names=", ".join(there))
    excused = attendance.attendance_of(meeting).excused - presence.at_vote
    if excused:
        told = ", ".join(names[uid] for uid in names if uid in excused)
        yield words["excused"].format(names=told)
    if presence.recused:
        told = ", ".join(names[uid] for uid in names if uid in presence.recused)
        yield words["withdrew"].format(names=told)
