from AccessControl.class_init import InitializeClass
from AccessControl.PermissionRole import rolesForPermissionOn
from AccessControl.SecurityInfo import ClassSecurityInfo
from Acquisition import aq_inner
from Acquisition import aq_parent
from collections.abc import Collection
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from plone.supermodel import model
from plonegov.core.interfaces import IServiceBound
from plonegov.core.records.interfaces import IRecordIndexes
from plonegov.core.records.record import Record
from plonegov.deliberations import _
from plonegov.deliberations.content.advice import Advice
from plonegov.deliberations.content.body import Body
from plonegov.deliberations.content.lives import last_of
from plonegov.deliberations.domain.agenda import Listed
from plonegov.deliberations.domain.agenda import Privacy
from plonegov.deliberations.domain.readers import marks
from plonegov.deliberations.domain.states import actor_of
from plonegov.deliberations.domain.states import AdviceState
from plonegov.deliberations.domain.supervising import dossier_of
from plonegov.deliberations.domain.supervising import Stage
from plonegov.deliberations.domain.supervising import stage
from plonegov.deliberations.storage.ballots import Ballots
from typing import Any
from zope import schema
from zope.component import adapter
from zope.interface import implementer


#: The matter whose closed session may come first.
DISCIPLINARY = "discipline"


class IItem(model.Schema):
    """What a body is to decide; its changes go through ``plonegov.deliberations.api``."""

    title = schema.TextLine(title=_("item_title", default="Title"))
    service = schema.TextLine(title=_("item_service", default="Service"))


@implementer(IItem, IServiceBound)
class Item(Record):
    """An item: what a service proposes, what the body decided.

    ``workflow`` is the id of the definition that it began with; a change of the body's
    preset touches new items only. ``motivation`` and ``decision`` are clean HTML;
    ``drafted`` keeps both as they were when the agenda was fixed. ``privacy`` is a
    ``domain.agenda.Privacy``, ``matter`` a ``domain.model.Matter``, ``amount`` a decimal
    string in the town's currency, or empty. ``meeting`` is the key of the meeting on
    whose agenda it stands, ``wish`` of the one that the service asks for. ``late``: it
    came after the agenda was fixed; ``urgency`` then is the vote on it. ``number`` is
    its number in the meeting and ``registered`` year and number in the register, both
    given when the meeting was decided. ``former`` are the texts that it had before each
    rectification, the oldest first, each with the number that it had. ``public`` are the
    title and text that the public is to read, and why they were rectified;
    ``public_version`` is the version of the decision that it reads now (0: none).
    ``asked`` says which councillor added it to a convened agenda, when, and why
    in time. ``serial`` counts how often its texts and facts were written anew.
    ``supervision`` is a ``domain.supervising`` row,
    ``supervision_document`` what the authority answered. ``origin`` is the UID of the item that it was
    made from, ``copies`` those made from it. ``parts`` are its annexes and advices by
    their keys. ``extracts`` are the extracts that were made, as rows of year, number,
    version, ISO time and file.

    The class gives no types: its ``__annotations__`` are zope.annotation's.
    """

    portal_type = "plonegov.Item"

    security = ClassSecurityInfo()
    for _name in (
        "supervision_document",
        "public",
        "ballots",
        "parts",
        "drafted",
        "former",
        "urgency",
        "asked",
        "extracts",
        "events",
        "event_parts",
    ):
        security.declarePrivate(_name)

    body = ""
    service = ""
    workflow = ""
    proposer = ""
    category = ""
    privacy = "open"
    matter = "ordinary"
    motivation = ""
    decision = ""
    drafted = {}
    amount = ""
    wish = ""
    meeting = ""
    late = False
    urgency = {}
    asked = {}
    number = 0
    registered = ()
    former = ()
    public = {}
    public_version = 0
    supervision = {}
    supervision_document = None
    origin = ""
    copies = ()
    changed = None
    serial = 0
    parts = {}
    extracts = ()
    events = ()
    event_parts = {}

    def __init__(self, id=None, **kwargs):
        super().__init__(id)
        self.ballots = Ballots()
        for name, value in kwargs.items():
            setattr(self, name, value)

    def __getitem__(self, key):
        return self.parts[key].__of__(self)

    @property
    def state(self) -> str:
        """The state of the item's workflow, without a look-up of the tool."""
        return last_of(self, self.workflow)

    @property
    def version(self) -> int:
        """Which text it has under its number: 1, and one more with each rectification."""
        return 1 + sum(row["registered"] == self.registered for row in self.former)

    @property
    def outdated(self) -> bool:
        """Whether the public reads a text of its decision that was rectified since."""
        return bool(self.registered) and 0 < self.public_version < self.version

    @property
    def listed(self) -> Listed:
        """What of it decides on its place on an agenda."""
        names = ("privacy", "category", "service", "matter")
        return listed_as({name: getattr(self, name) for name in names})


InitializeClass(Item)


def listed_as(row: Mapping[str, Any]) -> Listed:
    """Return what decides on an item's place, from its values or its metadata."""
    disciplinary = row["matter"] == DISCIPLINARY
    return _listed(row["privacy"], row["category"], row["service"], disciplinary)


@lru_cache(maxsize=1000)
def _listed(privacy: str, category: str, service: str, disciplinary: bool) -> Listed:
    """Return the same value for the same words: an agenda has few kinds of items."""
    return Listed(Privacy(privacy), category, service, disciplinary)


def second_level(item: Item) -> str:
    """Return the id of the service whose reviewers are the second level, or ""."""
    body = aq_parent(aq_inner(item)).get(item.body)
    levels = body.levels if isinstance(body, Body) else ()
    return levels[1].get("service", "") if len(levels) > 1 else ""


def readers_of(item: Item, advisers: Collection[str]) -> tuple[str, ...]:
    """Return the marks of who may list an item, as its workflow says it now."""
    roles = rolesForPermissionOn("View", item)
    return marks(roles, item.service, second_level(item), advisers)


def stage_of(item: Item) -> Stage:
    """Return how far a decision is with the authority that supervises the town."""
    if not item.registered:
        return Stage.NOTHING
    return stage(dossier_of(date.min, item.supervision))


def due_of(item: Item) -> int:
    """Return the day (ordinal) until which a decision is to be sent to the authority, or
    the authority answers; 0: neither."""
    names = {Stage.TO_SEND: "until", Stage.AWAITING: "due"}
    day = item.supervision.get(names.get(stage_of(item), ""))
    return date.fromisoformat(day).toordinal() if day else 0


@implementer(IRecordIndexes)
@adapter(IItem)
class ItemIndexes:
    """What the catalog of the deliberations holds of an item."""

    def __init__(self, item: Item) -> None:
        self.item = item

    def values(self) -> dict[str, Any]:
        item = self.item
        asked = [part for part in item.parts.values() if isinstance(part, Advice)]
        waited = [part for part in asked if part.state == AdviceState.ASKED]
        dues = [part.due.isoformat() for part in waited if part.due]
        return {
            "key": item.getId(),
            "uid": item.UID(),
            "kind": "item",
            "body": item.body,
            "state": item.state,
            "service": item.service,
            "category": item.category,
            "meeting": item.meeting,
            "wish": item.wish,
            "day": 0,
            "supervision": str(stage_of(item)),
            "title": item.title,
            "privacy": item.privacy,
            "matter": item.matter,
            "late": item.late,
            "outdated": int(item.outdated),
            "number": item.number,
            "registered": item.registered[1] if item.registered else 0,
            "due": due_of(item),
            "changed": item.changed.isoformat(timespec="minutes"),
            "actor": str(actor_of(item.workflow, item.state)),
            "readers": readers_of(item, [part.adviser for part in asked]),
            "awaited": [part.adviser for part in waited],
            "advice_due": min(dues, default=""),
            "announced": (),
            "sequence": 0,
            "touched": "",
        }
