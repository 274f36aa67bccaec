"""Drafts of the order form: not orders, gone after a day, or 30 when they were saved.

What a citizen typed is kept encrypted with the town's key, since it holds names and
perhaps a national number; files stay blobs until the order is placed.
"""

from AccessControl.SecurityInfo import ACCESS_PRIVATE
from BTrees.OOBTree import OOBTree
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta
from persistent import Persistent
from persistent.mapping import PersistentMapping
from plonegov.core.identity.keys import Sealed
from plonegov.core.identity.keys import TownKeys
from plonegov.core.records.blobs import erase_files
from plonegov.core.records.weights import Weights
from typing import Any

import json
import secrets


#: How long a draft lives after its last change.
LIFETIME = timedelta(hours=24)
#: How long one lives whose link was mailed, and when its one reminder is due.
SAVED_LIFETIME = timedelta(days=30)
REMINDER_AFTER = timedelta(days=23)


class Draft(Persistent):
    """One person's unfinished order of one document.

    ``key`` opens nothing by itself: who has the draft shows a code of the town's key
    ``key_id`` over it. ``token`` is spent by the one POST that sends the draft;
    ``reference`` is the order that came of it, so that sending again shows that order
    instead of making another. ``files`` are pairs of the question answered and the
    file, by a random id, in the order in which they came. ``saved``: a link to it was
    mailed; ``reminded``: so was the reminder.
    """

    saved = False
    reminded = False

    def __init__(self, key: str, document: str, key_id: str, now: datetime) -> None:
        self.key = key
        self.document = document
        self.key_id = key_id
        self.reference = ""
        self.sealed: tuple[str, str] | None = None
        self.files = PersistentMapping()
        self.change(now)

    def change(self, now: datetime) -> None:
        """Note a change: a page shown before can't send the draft any more."""
        self.touched = now
        self.token = secrets.token_urlsafe(24)

    def load(self, keys: TownKeys) -> dict[str, Any]:
        """Return what was typed so far, in the shape of ``POST @orders``."""
        return json.loads(keys.decrypt(Sealed(*self.sealed))) if self.sealed else {}

    def save(self, keys: TownKeys, payload: dict[str, Any], now: datetime) -> None:
        """Keep what was typed so far."""
        sealed = keys.encrypt(json.dumps(payload))
        self.sealed = (sealed.key_id, sealed.token)
        self.change(now)

    def spend(self, reference: str, taken: Sequence[Any] = ()) -> None:
        """Mark the draft as sent and forget what was typed.

        :param taken: files that the order took over; the others are erased.
        """
        self.reference = reference
        self.saved = False
        self.forget(taken)

    def forget(self, taken: Sequence[Any] = ()) -> None:
        """Forget what was typed, and erase the files that nobody took over."""
        self.sealed = None
        left = [file for _question, file in self.files.values() if file not in taken]
        self.files.clear()
        erase_files(left)

    @property
    def ends(self) -> datetime:
        """When the draft is forgotten unless it changes."""
        return self.touched + (SAVED_LIFETIME if self.saved else LIFETIME)

    def expired(self, now: datetime) -> bool:
        """Whether the draft's time is over."""
        return now > self.ends

    def to_remind(self, now: datetime) -> bool:
        """Whether its one reminder is due."""
        due = self.saved and not self.reminded and not self.expired(now)
        return due and now > self.touched + REMINDER_AFTER


class DraftStore(Persistent):
    """Drafts by random key."""

    #: Not published under the counter's address, nor any method of it.
    __roles__ = ACCESS_PRIVATE

    def __init__(self) -> None:
        self._drafts = OOBTree()
        self.weights = Weights()

    def __len__(self) -> int:
        return len(self._drafts)

    def add(self, document: str, key_id: str, now: datetime) -> Draft:
        """Make a draft under a new random key of 192 bits."""
        draft = Draft(secrets.token_urlsafe(24), document, key_id, now)
        self._drafts[draft.key] = draft
        return draft

    def __iter__(self) -> Iterator[str]:
        """Yield the keys of all drafts, those whose time is over, too."""
        yield from self._drafts

    def find(self, key: str) -> Draft | None:
        """Return a draft, also one whose time is over, or None."""
        return self._drafts.get(key)

    def get(self, key: str, now: datetime) -> Draft | None:
        """Return a draft that is still alive, or None."""
        draft = self._drafts.get(key)
        return None if draft is None or draft.expired(now) else draft

    def discard(self, key: str) -> None:
        """Forget a draft and erase its files; an unknown key is none of our business."""
        draft = self._drafts.pop(key, None)
        if draft is not None:
            draft.forget()
        self.weights.drop(key)

    def weigh(self, draft: Draft) -> None:
        """Count the bytes of a draft's files, and no longer those counted before."""
        size = sum(file.getSize() for _question, file in draft.files.values())
        self.weights.put(draft.key, size)

    def unfinished(self, document: str, now: datetime) -> int:
        """Return how many living drafts of a document were not sent."""
        return sum(
            draft.document == document and not draft.reference
            for draft in self._drafts.values()
            if not draft.expired(now)
        )

    def expired(self, now: datetime) -> Iterator[str]:
        """Yield the keys of drafts whose time is over."""
        for key, draft in list(self._drafts.items()):
            if draft.expired(now):
                yield key

    def to_remind(self, now: datetime) -> Iterator[str]:
        """Yield the keys of drafts whose reminder is due."""
        for key, draft in list(self._drafts.items()):
            if draft.to_remind(now):
                yield key
