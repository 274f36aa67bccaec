"""What the documents of a sitting share: letterhead, words, signatures, the agenda.

They are in the town's legal language, whatever language a page is read in.
"""

from babel.dates import format_time
from collections.abc import Callable
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from functools import cache
from pathlib import Path
from plonegov.core.api import municipality
from plonegov.core.municipality.facts import settings
from plonegov.core.pdf import letterhead
from plonegov.core.pdf.letterhead import Letterhead
from plonegov.core.pdf.letterhead import letterhead_words
from plonegov.core.pdf.wording import date_in_words
from plonegov.core.pdf.wording import day_in_words
from plonegov.core.pdf.wording import LOCALES
from plonegov.core.pdf.wording import text_in
from plonegov.core.theme.emblem import emblem
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import law
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.agenda import numbers
from plonegov.deliberations.domain.signing import Capacity
from plonegov.deliberations.domain.signing import Signatory
from typing import Any

import tomllib


DOCUMENTS = Path(__file__).parents[1] / "documents"

#: Says of an item whether the reader of a document reads its texts.
Reads = Callable[[Item], bool]


@dataclass(frozen=True)
class Paper:
    """A document before it is a PDF: ``pdf`` needs nothing of the database but the
    town's settings, so that it is called without the write lock."""

    head: Letterhead
    html: str

    def pdf(self) -> bytes:
        """Return it as PDF/UA-1."""
        return letterhead.render(DOCUMENTS, self.head, self.html)


def everything(item: Item) -> bool:
    """Say that the reader reads all items: a member or the secretary."""
    return True


@cache
def paper_words(language: str, country: str) -> dict[str, str]:
    """Return the words of the documents in a language, as a country says them."""
    found = tomllib.loads(
        (DOCUMENTS / "words" / f"{language}.toml").read_text(encoding="utf-8")
    )
    own = found["words"] | found.get(country, {})
    return letterhead_words(language, country) | own


def legal_words() -> dict[str, str]:
    """Return the words of the town's documents."""
    town = municipality()
    return paper_words(town.legal_language, town.country)


def draft_mark() -> str:
    """Return what each page of a draft's annex says to the public, in the languages in
    which the town writes to it."""
    town = municipality()
    words = (paper_words(one, town.country) for one in town.content_languages)
    return " / ".join(each["annex_draft"] for each in words)


def legal_language() -> str:
    """Return the language of the town's documents."""
    return municipality().legal_language


def paper(meeting: Meeting, template: str, title: str, draft: str, **values) -> Paper:
    """Return a document of a meeting.

    :param title: without the name of the body, which follows it.
    :param draft: what is said on each page of one that is not final (empty: it is).
    """
    more = {"sitting": sitting_of(meeting), **values}
    when = law.day_of(meeting)
    return paper_of(body_title(meeting), when, template, title, draft, **more)


def paper_of(
    body: str, when: date, template: str, title: str, draft: str, **values
) -> Paper:
    """Return a document of a sitting of which no more is known than body and day.

    :param body: its name; see ``paper`` for the others.
    """
    head = Letterhead(
        municipality=municipality(),
        title=f"{title} – {body}",
        running=f"{title} · {body} · {date_in_words(when, legal_language())}",
        emblem=emblem().encode(),
        specimen=bool(settings().demo),
        draft=draft,
    )
    html = letterhead.page(
        DOCUMENTS, template, head, legal_words(), kind=title, **values
    )
    return Paper(head, html)


def body_title(meeting: Meeting) -> str:
    """Return the name of the body that meets."""
    return text_in(bodies.get(meeting.body).titles, legal_language())


def sitting_of(meeting: Meeting) -> str:
    """Return which body met, and when."""
    return sitting_words(body_title(meeting), law.day_of(meeting))


def sitting_words(body: str, when: date) -> str:
    """Return which body meets, and when.

    :param body: its name.
    """
    return f"{body} – {legal_words()['sitting_of'].format(day=day(when))}"


def day(when: date) -> str:
    """Return a day in words, with its weekday."""
    return day_in_words(when, legal_language())


def clock(when: datetime, meeting: Meeting) -> str:
    """Return a time of the day, in the time of the sitting."""
    return hour(when.astimezone(meeting.starts.tzinfo))


def hour(when: datetime) -> str:
    """Return a time of the day as it is."""
    language = legal_language()
    return format_time(when, "short", locale=LOCALES.get(language, language))


def dated(when: date, sentence: str = "dated") -> str:
    """Return place and date of a signature."""
    town = municipality()
    place = town.address.locality or letterhead.town_name(town)
    text = date_in_words(when, town.legal_language)
    return legal_words()[sentence].format(place=place, date=text)


def signature_rows(
    found: Iterable[Signatory], signed: str = ""
) -> list[dict[str, str]]:
    """Return what is printed of each signatory: a line to sign on until it is signed.

    :param signed: the sentence that says when it was.
    """
    return [
        {
            "role": role_title(str(one.role), str(one.capacity)),
            "name": one.name,
            "delegation": one.delegation,
            "signed": signed if one.name else "",
        }
        for one in found
    ]


def role_title(office: str, capacity: str) -> str:
    """Return an office with the capacity in which somebody does what it does."""
    words = legal_words()
    suffix = {Capacity.ACTING: "acting", Capacity.DELEGATE: "delegate"}
    title = words[f"role_{office}"]
    return f"{title}, {words[suffix[capacity]]}" if capacity in suffix else title


def members_of(meeting: Meeting) -> dict[str, str]:
    """Return the names of the members in office, by UID and order of precedence."""
    found = bodies.members(bodies.get(meeting.body), law.day_of(meeting))
    return {mandate.UID(): mandate.title for mandate in found}


def item_numbers(meeting: Meeting) -> dict[str, int]:
    """Return the number of each item by its key: as frozen, else as the list says."""
    derived = numbers(meeting.agenda.rows)
    return {
        item.getId(): item.number or derived[item.getId()]
        for item in agenda.items_of(meeting)
    }


def sessions_of(meeting: Meeting, reads: Reads) -> list[dict[str, Any]]:
    """Return an agenda as sessions (public, closed) of blocks: a heading, its items."""
    words, held = legal_words(), item_numbers(meeting)
    items = {item.getId(): item for item in agenda.items_of(meeting)}
    found: list[dict[str, Any]] = []
    heading = ""
    for row in meeting.agenda.rows:
        if not row.is_item:
            heading = row.heading
            continue
        item = items[row.key]
        title = words[f"{item.privacy}_session"]
        if not found or found[-1]["title"] != title:
            found.append({"title": title, "blocks": []})
        blocks = found[-1]["blocks"]
        if heading or not blocks:
            blocks.append({"heading": heading, "points": []})
            heading = ""
        shown = item.title if reads(item) else words["reserved"]
        blocks[-1]["points"].append({"number": held[row.key], "title": shown})
    return found
