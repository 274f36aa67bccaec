"""A council with public drafts and decisions among records that nobody outside may read."""

from helpers import councils
from helpers.councils import acting
from plone.namedfile.file import NamedBlobFile
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import cleaning
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import parts
from plonegov.deliberations.api import publishing
from plonegov.deliberations.api import votes
from struct import pack
from zlib import compress
from zlib import crc32


#: A word of what is public and one of what is not.
PUBLIC, SECRET = "Parvis", "Canari"
TEXT = f"<h3>Motif</h3><p>Le {PUBLIC} est refait.<script>x()</script></p>"


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG with its length and its checksum."""
    return pack(">I", len(data)) + kind + data + pack(">I", crc32(kind + data))


#: The smallest PNG: one pixel, before it a comment that says SECRET.
PNG = b"".join(
    (
        b"\x89PNG\r\n\x1a\n",
        chunk(b"IHDR", b"\0\0\0\1\0\0\0\1\x08\6\0\0\0"),
        chunk(b"tEXt", b"Comment\0" + SECRET.encode()),
        chunk(b"IDAT", compress(b"\0" * 5)),
        chunk(b"IEND", b""),
    )
)


def an_item(portal, body="council", **values):
    """Return a validated item whose record is full of SECRET."""
    return councils.validated(
        portal,
        body,
        title=f"{SECRET} titre",
        motivation=f"<p>{SECRET} motif</p>",
        decision=f"<p>{SECRET} texte</p>",
        **values,
    )


def convened(portal, body="council", days=14, **values):
    """Return a meeting to which the members were called."""
    meeting = councils.plan(portal, body, days, **values)
    with acting(portal, "secretary"):
        meetings.change(meeting, "convene")
    return meeting


def drafted(portal, meeting, title=f"{PUBLIC} projet", **values):
    """Return an item on an agenda whose draft the public reads."""
    item = an_item(portal, **values)
    with acting(portal, "secretary"):
        agenda.present(item, meeting)
        publishing.prepare(item, title, TEXT)
        publishing.confirm(item)
    return item


def annexed(portal, item, *, confidential=False, publishable=True, data=PNG):
    """Give an item an annex; return it."""
    with acting(portal, "secretary"):
        annex = parts.add_annex(item, f"{SECRET}.png", PNG, f"{SECRET} annexe")
        if data != PNG:
            annex.file = NamedBlobFile(data, filename=f"{SECRET}.png")
        parts.set_annex(annex, confidential=confidential, publishable=publishable)
    return annex


def decided(portal, *items, body="council", against=1):
    """Bring items through a sitting and its end; return the meeting."""
    members = seated(portal, body)
    meeting = councils.plan(portal, body)
    councils.sit(portal, meeting, members, *items)
    with acting(portal, "secretary"):
        exceptions = dict.fromkeys(members[1 : 1 + against], "against")
        given = {"mode": "show_of_hands", "exceptions": exceptions}
        votes.hold_all(list(items), given, "accept")
        meetings.change(meeting, "decide")
    return meeting


def published(portal, *items, **values):
    """Let the public read decisions, with their annexes at once."""
    with acting(portal, "secretary"):
        for number, item in enumerate(items, 1):
            publishing.prepare(item, f"{PUBLIC} décision {number}", TEXT)
            publishing.confirm(item, **values)
    copied()


def copied():
    """Make the copies that are wanted, as the job does, but in this transaction."""
    for key, annex in cleaning.wanted():
        cleaning.keep(key, annex, cleaning.make(key, annex))


def seated(portal, body="council"):
    """Return the members of a body, seated once."""
    from plonegov.deliberations.api import bodies
    from plonegov.deliberations.content.mandate import Mandate

    children = bodies.get(body).objectValues()
    found = [each.UID() for each in children if isinstance(each, Mandate)]
    return found or councils.seat(body)
