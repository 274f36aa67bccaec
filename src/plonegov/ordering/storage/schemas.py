"""The forms that orders answered: each version once, under the digest of its content."""

from AccessControl.SecurityInfo import ACCESS_PRIVATE
from BTrees.OOBTree import OOBTree
from collections.abc import Iterator
from datetime import datetime
from datetime import timedelta
from hashlib import sha256
from persistent import Persistent
from typing import Any

import json


#: How long a version is kept after it was used last, for who is still filling it in.
LIFETIME = timedelta(days=60)

#: How often it is noted that a version is used: not at each order.
NOTED = timedelta(days=1)


class StoredSchema(Persistent):
    """A version of a form as JSON types, and when it was used last."""

    def __init__(self, plain: dict[str, Any], used: datetime) -> None:
        self.plain = plain
        self.used = used


class SchemaStore(Persistent):
    """Versions of forms by digest."""

    #: Not published under the counter's address, nor any method of it.
    __roles__ = ACCESS_PRIVATE

    def __init__(self) -> None:
        self._schemas = OOBTree()

    def __len__(self) -> int:
        return len(self._schemas)

    def keep(self, plain: dict[str, Any], now: datetime) -> str:
        """Keep a version; return its digest. One that is known is not kept twice."""
        digest = digest_of(plain)
        stored = self._schemas.get(digest)
        if stored is None:
            self._schemas[digest] = StoredSchema(plain, now)
        elif now - stored.used > NOTED:
            stored.used = now
        return digest

    def get(self, digest: str) -> dict[str, Any] | None:
        """Return a version, or None."""
        stored = self._schemas.get(digest)
        return None if stored is None else stored.plain

    def discard(self, digest: str) -> None:
        """Forget a version."""
        self._schemas.pop(digest, None)

    def expired(self, now: datetime) -> Iterator[str]:
        """Yield the digests of versions that were not used for long."""
        for digest, stored in list(self._schemas.items()):
            if now - stored.used > LIFETIME:
                yield digest


def digest_of(plain: dict[str, Any]) -> str:
    """Return the SHA-256 of a version's canonical JSON, as hex."""
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False)
    return sha256(text.encode("utf-8")).hexdigest()
