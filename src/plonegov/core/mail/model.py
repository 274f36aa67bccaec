"""A mail as plain frozen values, before it is worded in its recipient's language."""

from dataclasses import dataclass
from dataclasses import field
from uuid import uuid4
from zope.i18nmessageid import Message


#: A text to show: translated when it is a ``Message``.
Text = str | Message


def new_key() -> str:
    """Return a random key: names a mail in the outbox and in its ``Message-ID``."""
    return uuid4().hex


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of text; nothing in it is read as HTML."""

    text: Text


@dataclass(frozen=True)
class Link:
    """A link on a line of its own; ``url`` begins with http:// or https://."""

    label: Text
    url: str


@dataclass(frozen=True)
class Steps:
    """What happens next, as a numbered list."""

    items: tuple[Text, ...]


@dataclass(frozen=True)
class Facts:
    """Pairs of a label and its value, for example the reference and the price."""

    pairs: tuple[tuple[Text, Text], ...]


@dataclass(frozen=True)
class File:
    """A file that comes with a mail; ``content_type`` is for example application/pdf."""

    filename: str
    content_type: str
    data: bytes


Block = Paragraph | Link | Steps | Facts


@dataclass(frozen=True)
class Mail:
    """A mail to one person.

    ``language`` is the recipient's (ISO 639-1), ``about`` the UID of the record that
    the mail is about, ``service`` the id of the town's service that signs and gets
    the replies (empty: the town itself). ``key`` makes the ``Message-ID``: the same
    mail always has the same. ``files`` are attached to it.
    """

    recipient: str
    language: str
    subject: Text
    blocks: tuple[Block, ...]
    about: str = ""
    service: str = ""
    key: str = field(default_factory=new_key)
    files: tuple[File, ...] = ()
