"""What the secretary lets the public read: title and text of their own, confirmed."""

from collections.abc import Mapping
from plone import api
from plonegov.core.errors import RecordNotFound
from plonegov.core.records.events import actor
from plonegov.core.records.keeping import keep
from plonegov.core.records.steps import require
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import law
from plonegov.deliberations.api import store
from plonegov.deliberations.api.html import clean_html
from plonegov.deliberations.api.items import touch
from plonegov.deliberations.content.decisions import Decisions
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.publication import Publication
from plonegov.deliberations.domain.agenda import Privacy
from plonegov.deliberations.domain.publishing import PublicFacts
from plonegov.deliberations.domain.publishing import Publicity
from plonegov.deliberations.domain.publishing import Shown
from plonegov.deliberations.domain.publishing import shown_as
from plonegov.deliberations.domain.publishing import WhyWithdrawn
from plonegov.deliberations.domain.states import ItemState
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.interfaces import PUBLISH_ITEMS
from typing import Any


DECISIONS_ID = "decisions"


def decisions() -> Decisions:
    """Return what the public reads of the town's bodies.

    :raises RecordNotFound: the site has none.
    """
    found = api.portal.get().get(DECISIONS_ID)
    if found is None:
        raise RecordNotFound()
    return found


def prepare(item: Item, title: str, text: str) -> None:
    """Write what the public is to read of an item; nothing is public by it.

    :param text: HTML; what may not stand in it is taken out.
    :raises ActionNotAllowed: for the secretary only.
    """
    require(item, PUBLISH_ITEMS)
    item.public = {"title": title.strip(), "text": clean_html(text)}
    touch(item, "public_text_written")


def confirm(item: Item, *, release: bool = False) -> Publication:
    """Let the public read an item: a draft before it is decided, the decision after.

    :param release: a single decision of a body of which the public reads nothing else.
    :raises ActionNotAllowed: for the secretary only.
    :raises StepRefused: a rule of ``domain.publishing`` is broken.
    """
    require(item, PUBLISH_ITEMS)
    shown = shown_as(_facts(item, release))
    values = {**_values(item), "shown": str(shown), "withdrawn": ""}
    container = decisions()
    found = container.records.get(item.getId())
    if found is None:
        publication = keep(container, Publication(id=item.getId(), **values))
    else:
        publication = found.__of__(container)
        for name, value in values.items():
            setattr(publication, name, value)
    publication.reindexObject()
    touch(item, f"published_{shown}")
    return publication


def withdraw(item: Item, why: WhyWithdrawn) -> None:
    """Take an item away from the public; a tombstone with number, date and the kind of
    the reason stays.

    :raises ActionNotAllowed: for the secretary only.
    :raises RecordNotFound: the public does not read it.
    """
    require(item, PUBLISH_ITEMS)
    container = decisions()
    found = container.records.get(item.getId())
    if found is None:
        raise RecordNotFound()
    publication = found.__of__(container)
    publication.title = publication.text = ""
    publication.counts, publication.subject = {}, ""
    publication.shown, publication.withdrawn = str(Shown.WITHDRAWN), str(why)
    publication.reindexObject()
    touch(item, "publication_withdrawn", why=str(why))


def _facts(item: Item, release: bool) -> PublicFacts:
    meeting = store.meeting(item.meeting) if item.meeting else None
    return PublicFacts(
        publicity=Publicity(bodies.get(item.body).publicity),
        privacy=Privacy(item.privacy),
        state=ItemState(item.state),
        meeting=MeetingState(meeting.state) if meeting is not None else None,
        title=bool(item.public.get("title")),
        text=bool(item.public.get("text")),
        released=release,
    )


def _values(item: Item) -> dict[str, Any]:
    """Return what of an item is copied: its public texts, and what anybody may know."""
    meeting = store.meeting(item.meeting)
    whole = [row for row in item.ballots.rows if row["whole"]]
    counts: Mapping[str, int] = whole[-1]["result"]["counts"] if whole else {}
    return {
        "title": item.public["title"],
        "text": item.public["text"],
        "body": item.body,
        "subject": item.category,
        "day": law.day_of(meeting),
        "number": item.number,
        "registered": item.registered,
        "counts": dict(counts),
        "members": len(attendance.members_of(meeting)),
        "confirmed_by": actor(),
    }
