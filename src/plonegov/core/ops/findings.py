"""What was found of a town's health: in order or not, and what to do then."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from zope.i18nmessageid import Message


class State(StrEnum):
    """``soon``: it works, and must be seen to before it ends."""

    OK = "ok"
    SOON = "soon"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, in words that are to be translated.

    ``id`` is unique in a town. ``seen`` says how it is, ``remedy`` what to do; None:
    there is nothing to do.
    """

    id: str
    title: Message
    state: State
    seen: Message
    remedy: Message | None = None


def filled(message: Message, **values: Any) -> Message:
    """Return a text with its values."""
    return Message(message, mapping=values)
