"""What the secretary lets the public read: title and text of their own, confirmed."""

from collections.abc import Mapping
from datetime import date
from datetime import datetime
from plone import api
from plonegov.core.api import now
from plonegov.core.api import town_today
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import RecordNotFound
from plonegov.core.identity.errors import InvalidValue
from plonegov.core.records.events import actor
from plonegov.core.records.keeping import keep
from plonegov.core.records.steps import require
from plonegov.core.typed.text import clean_line
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import law
from plonegov.deliberations.api import postings
from plonegov.deliberations.api import publicfiles
from plonegov.deliberations.api import republishing
from plonegov.deliberations.api import store
from plonegov.deliberations.api.html import clean_html
from plonegov.deliberations.api.items import touch
from plonegov.deliberations.content.decisions import Decisions
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.content.publication import Publication
from plonegov.deliberations.domain.agenda import Privacy
from plonegov.deliberations.domain.formalities import drafts_online_until
from plonegov.deliberations.domain.itemvalues import TITLE_LIMIT
from plonegov.deliberations.domain.model import Mode
from plonegov.deliberations.domain.publishing import is_late
from plonegov.deliberations.domain.publishing import PublicFacts
from plonegov.deliberations.domain.publishing import Publicity
from plonegov.deliberations.domain.publishing import Shown
from plonegov.deliberations.domain.publishing import shown_as
from plonegov.deliberations.domain.publishing import WhyWithdrawn
from plonegov.deliberations.domain.states import ItemState
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.domain.states import READ_BY_MEMBERS
from plonegov.deliberations.interfaces import PUBLISH_ITEMS
from typing import Any


DECISIONS_ID = "decisions"

#: What a re-confirmed publication shows anew when it differs.
WORDS = ("title", "text", "shown")


def decisions() -> Decisions:
    """Return what the public reads of the town's bodies.

    :raises RecordNotFound: the site has none.
    """
    found = api.portal.get().get(DECISIONS_ID)
    if found is None:
        raise RecordNotFound()
    return found


def publication_of(item: Item) -> Publication | None:
    """Return the public copy of an item, None when the public never read of it."""
    container = decisions()
    found = container.records.get(item.getId())
    return found.__of__(container) if found is not None else None


def prepare(item: Item, title: str, text: str, rectified: str = "") -> None:
    """Write what the public is to read of an item; nothing is public by it.

    :param text: HTML; what may not stand in it is taken out.
    :param rectified: why it was rectified, in words for the public.
    :raises ActionNotAllowed: for the secretary only.
    :raises InvalidInput: ``title`` or ``rectified`` is too long, or holds what no line
        holds.
    """
    require(item, PUBLISH_ITEMS)
    item.public = {
        "title": _line("title", title),
        "text": clean_html(text),
        "rectified": _line("rectified", rectified),
    }
    touch(item, "public_text_written")


def preview(item: Item, *, release: bool = False) -> Publication:
    """Return what the public would read if the item were confirmed now; nothing is kept.

    Its annexes are those that are public already; ``publicfiles.publishable`` names
    those that may be.

    :raises ActionNotAllowed: for the secretary only.
    :raises StepRefused: it may not be confirmed.
    """
    require(item, PUBLISH_ITEMS)
    container, before = decisions(), publication_of(item)
    shown = shown_as(_facts(item, release))
    made = Publication(id=item.getId(), **_values(item, before, shown, release))
    _date(made, before)
    made.annexes = before.annexes if before is not None else ()
    return made.__of__(container)


def confirm(
    item: Item,
    *,
    release: bool = False,
    annexes: Mapping[str, str] | None = None,
) -> Publication:
    """Let the public read an item: a draft before it is decided, the decision after.

    A regulation that was decided is entered in the register of postings. What was
    rectified since the public read it stays readable, with the reason that
    ``prepare`` was given.

    :param release: a single decision of a body of which the public reads nothing else.
    :param annexes: the annexes of which the public gets a copy once a job has made it
        (``api.cleaning``), by their ids, each with its public title (empty: only numbered);
        None: those confirmed before, as long as they may be.
    :raises ActionNotAllowed: for the secretary only.
    :raises StepRefused: a rule of ``domain.publishing`` is broken.
    :raises InvalidInput: it was rectified, and no reason is written for the public.
    :raises AnnexNotPublishable: an annex is not, or there is none of this id.
    :raises AnnexRefused: an annex is of a kind of which no clean copy can be made.
    """
    require(item, PUBLISH_ITEMS)
    shown, before = shown_as(_facts(item, release)), publication_of(item)
    republishing.require_reason(item)
    values = _values(item, before, shown, release)
    wanted = publicfiles.kept_titles(item, before) if annexes is None else annexes
    files = publicfiles.choose(item, before, wanted)
    publication = _kept(item, before, values)
    publicfiles.put(publication, files)
    if shown is Shown.DECISION:
        postings.post(publication, item)
    publication.reindexObject()
    republishing.settle(item, shown)
    touch(item, f"published_{shown}")
    return publication


def _kept(
    item: Item, before: Publication | None, values: Mapping[str, Any]
) -> Publication:
    """Write what the public reads of an item from now on, and since when."""
    if before is None:
        made = Publication(id=item.getId(), **values)
        _date(made, None)
        return keep(decisions(), made)
    earlier = Publication(id=item.getId(), **_remembered(before))
    for name, value in values.items():
        setattr(before, name, value)
    _date(before, earlier)
    return before


def withdraw(item: Item, why: WhyWithdrawn) -> None:
    """Take an item away from the public; a tombstone with number, date and the kind of
    the reason stays.

    :raises ActionNotAllowed: for the secretary only.
    :raises RecordNotFound: the public does not read it.
    """
    require(item, PUBLISH_ITEMS)
    if publication_of(item) is None:
        raise RecordNotFound()
    take_away(item, why)


def take_away(item: Item, why: WhyWithdrawn) -> None:
    """Leave only a tombstone of what the public reads of an item, whoever acts."""
    publication = publication_of(item)
    if publication is None or publication.shown == Shown.WITHDRAWN:
        return
    publication.title = publication.text = publication.outcome = ""
    publication.counts, publication.subject, publication.former = {}, "", ()
    publication.shown, publication.withdrawn = str(Shown.WITHDRAWN), str(why)
    publication.online = now()
    publicfiles.put(publication, ())
    postings.end(publication, why)
    publication.reindexObject()
    item.public_version = 0
    touch(item, "publication_withdrawn", why=str(why))


def follow_item(item: Item) -> None:
    """Let what the public reads follow an item's facts: what is to be treated in closed
    session is withdrawn, and so is the copy of an annex that may not be published any
    more; the day on which the decision was sent to the authority is told."""
    publication = publication_of(item)
    if publication is None or publication.shown == Shown.WITHDRAWN:
        return
    if item.privacy == Privacy.CLOSED:
        take_away(item, WhyWithdrawn.PRIVACY)
        return
    sent = _sent(item)
    if publication.controlled != sent:
        publication.controlled = sent
        publication.reindexObject()
    allowed = publicfiles.kept_titles(item, publication)
    kept = [row for row in publication.annexes if row.annex in allowed]
    if len(kept) < len(publication.annexes):
        publicfiles.put(publication, kept)
        publication.reindexObject()


def follow_meeting(meeting: Meeting) -> None:
    """Let the drafts of a sitting follow its day, once its members are called to it."""
    if meeting.state not in READ_BY_MEMBERS:
        return
    container, day = decisions(), law.day_of(meeting)
    query = {"meeting": meeting.getId(), "shown": str(Shown.DRAFT)}
    for row in container.records.query(container, query, size=0).rows:
        publication = container.records.get(row["key"]).__of__(container)
        if publication.day != day:
            publication.day, publication.draft_due = day, _due(meeting)
            publication.late = _is_late(publication)
            publication.reindexObject()


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


def _line(field: str, value: str) -> str:
    try:
        return clean_line(value, TITLE_LIMIT)
    except InvalidValue as error:
        raise InvalidInput([Fault(field, error.code, error.context)]) from error


def _values(
    item: Item, before: Publication | None, shown: Shown, release: bool
) -> dict[str, Any]:
    """Return what of an item is copied: its public texts, and what anybody may know."""
    meeting = store.meeting(item.meeting)
    body, day = bodies.get(item.body), law.day_of(meeting)
    return {
        "title": item.public["title"],
        "text": item.public["text"],
        "shown": str(shown),
        "withdrawn": "",
        "body": item.body,
        "subject": item.category,
        "meeting": item.meeting,
        "day": day,
        "draft_due": _due(meeting),
        "number": item.number,
        "registered": item.registered,
        "outcome": item.state if shown is Shown.DECISION else "",
        "members": len(bodies.members(body, day)),
        "controlled": _sent(item),
        "released": release and body.publicity != Publicity.PUBLIC,
        "confirmed_by": actor(),
        **republishing.versions(item, before),
        **(_votes(item) if shown is Shown.DECISION else {"counts": {}}),
    }


def _votes(item: Item) -> dict[str, Any]:
    """Return the counts of the last vote on the whole, and whether it was secret."""
    whole = [row for row in item.ballots.rows if row["whole"]]
    if not whole:
        return {"counts": {}, "secret": False}
    counts: Mapping[str, int] = whole[-1]["result"]["counts"]
    return {"counts": dict(counts), "secret": whole[-1]["mode"] == Mode.SECRET}


def _remembered(before: Publication) -> dict[str, Any]:
    """Return of a publication what is compared with what is confirmed now."""
    names = (*WORDS, "draft_online", "online")
    return {name: getattr(before, name) for name in names}


def _date(publication: Publication, before: Publication | None) -> None:
    """Say since when a publication is online: its draft, and what it shows now."""
    moment = now()
    known = before if before is not None and before.shown != Shown.WITHDRAWN else None
    same = known is not None and all(
        getattr(known, name) == getattr(publication, name) for name in WORDS
    )
    publication.online = known.online if known is not None and same else moment
    first = known.draft_online if known is not None else None
    drafted = publication.shown == Shown.DRAFT
    publication.draft_online = first or (moment if drafted else None)
    publication.late = _is_late(publication)


def _is_late(publication: Publication) -> bool:
    """Say whether a draft was put online after the last day that the law gave for it."""
    online: datetime | None = publication.draft_online
    return online is not None and is_late(town_today(online), publication.draft_due)


def _due(meeting: Meeting) -> date | None:
    found = drafts_online_until(law.day_of(meeting), law.rules_of(meeting))
    return found.day if found is not None else None


def _sent(item: Item) -> date | None:
    """Return the day on which a decision went to the authority that supervises."""
    sent = item.supervision.get("sent")
    return date.fromisoformat(sent) if sent else None
