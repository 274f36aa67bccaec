"""A new record under a key of its own, with its UID, and begun in its workflow."""

from plone import api
from plone.uuid.interfaces import ATTRIBUTE_NAME
from plonegov.core.records.store import ALPHABET
from plonegov.core.records.store import RecordStore
from typing import Any
from uuid import uuid4

import secrets


#: Characters of a random key; 32 to the power of 10 make two the same unlikely.
KEY_LENGTH = 10


def free_key(store: RecordStore) -> str:
    """Return a random key that no record of a store has."""
    key = _random()
    while key in store:
        key = _random()
    return key


def keep(container: Any, record: Any) -> Any:
    """Store a record in a container's store; return it wrapped.

    It has its id already, which is its key. Its workflow is not begun yet, so that it is
    not indexed: what happens to it first may still be logged.

    :raises KeyError: the key is taken.
    """
    uid = uuid4().hex
    setattr(record, ATTRIBUTE_NAME, uid)
    container.records.add(record.getId(), uid, record)
    return record.__of__(container)


def begin(record: Any) -> None:
    """Begin a stored record's workflow, which indexes it."""
    api.portal.get_tool("portal_workflow").notifyCreated(record)


def _random() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(KEY_LENGTH))
