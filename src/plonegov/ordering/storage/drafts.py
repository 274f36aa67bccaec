"""Drafts of the order form: not orders, gone after a day.

What a citizen typed is kept encrypted with the town's key, since it holds names and
perhaps a national number; files stay blobs until the order is placed.
"""

from AccessControl.SecurityInfo import ACCESS_PRIVATE
from BTrees.OOBTree import OOBTree
from collections.abc import Iterator
from datetime import datetime
from datetime import timedelta
from persistent import Persistent
from persistent.mapping import PersistentMapping
from plonegov.core.identity.keys import Sealed
from plonegov.core.identity.keys import TownKeys
from plonegov.core.records.weights import Weights
from typing import Any

import json
import secrets


#: How long a draft lives after its last change.
LIFETIME = timedelta(hours=24)


class Draft(Persistent):
    """One person's unfinished order of one document.

    ``token`` is spent by the one POST that sends it; ``reference`` is the order that
    came of it, so that sending again shows that order instead of making another.
    """

    def __init__(self, key: str, document: str, now: datetime) -> None:
        self.key = key
        self.document = document
        self.touched = now
        self.token = secrets.token_urlsafe(24)
        self.reference = ""
        self.sealed: tuple[str, str] | None = None
        self.files = PersistentMapping()

    def load(self, keys: TownKeys) -> dict[str, Any]:
        """Return what was typed so far, in the shape of ``POST @orders``."""
        return json.loads(keys.decrypt(Sealed(*self.sealed))) if self.sealed else {}

    def save(self, keys: TownKeys, payload: dict[str, Any], now: datetime) -> None:
        """Keep what was typed so far."""
        sealed = keys.encrypt(json.dumps(payload))
        self.sealed = (sealed.key_id, sealed.token)
        self.touched = now

    def spend(self, reference: str) -> None:
        """Mark the draft as sent and forget what was typed."""
        self.reference = reference
        self.sealed = None
        self.files.clear()

    def expired(self, now: datetime) -> bool:
        """Whether the draft's day is over."""
        return now - self.touched > LIFETIME


class DraftStore(Persistent):
    """Drafts by random key."""

    #: Not published under the counter's address, nor any method of it.
    __roles__ = ACCESS_PRIVATE

    def __init__(self) -> None:
        self._drafts = OOBTree()
        self.weights = Weights()

    def __len__(self) -> int:
        return len(self._drafts)

    def add(self, document: str, now: datetime) -> Draft:
        """Make a draft under a new random key of 192 bits."""
        draft = Draft(secrets.token_urlsafe(24), document, now)
        self._drafts[draft.key] = draft
        return draft

    def __iter__(self) -> Iterator[str]:
        """Yield the keys of all drafts, those whose day is over, too."""
        yield from self._drafts

    def find(self, key: str) -> Draft | None:
        """Return a draft, also one whose day is over, or None."""
        return self._drafts.get(key)

    def get(self, key: str, now: datetime) -> Draft | None:
        """Return a draft that is still alive, or None."""
        draft = self._drafts.get(key)
        return None if draft is None or draft.expired(now) else draft

    def discard(self, key: str) -> None:
        """Forget a draft; an unknown key is none of our business."""
        self._drafts.pop(key, None)
        self.weights.drop(key)

    def weigh(self, draft: Draft) -> None:
        """Count the bytes of a draft's files, and no longer those counted before."""
        size = sum(file.getSize() for file in draft.files.values())
        self.weights.put(draft.key, size)

    def unfinished(self, document: str, now: datetime) -> int:
        """Return how many living drafts of a document were not sent."""
        return sum(
            draft.document == document and not draft.reference
            for draft in self._drafts.values()
            if not draft.expired(now)
        )

    def expired(self, now: datetime) -> Iterator[str]:
        """Yield the keys of drafts whose day is over."""
        for key, draft in list(self._drafts.items()):
            if draft.expired(now):
                yield key
