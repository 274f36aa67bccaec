"""The mails that tell members of a sitting, and services what became of their items."""

from collections.abc import Sequence
from plone.uuid.interfaces import IUUID
from plonegov.core.api import municipality
from plonegov.core.mail.model import Block
from plonegov.core.mail.model import Facts
from plonegov.core.mail.model import File
from plonegov.core.mail.model import Link
from plonegov.core.mail.model import Mail
from plonegov.core.mail.model import Paragraph
from plonegov.core.mail.outbox import queue
from plonegov.core.municipality.model import MEGABYTE
from plonegov.deliberations import _
from plonegov.deliberations.adapters import papers
from plonegov.deliberations.api import law
from plonegov.deliberations.api.store import DELIBERATIONS_ID
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.convening import About
from zope.i18nmessageid import Message


#: The largest convocation, in bytes, that goes into a mail; a larger one is fetched.
LARGEST = MEGABYTE

#: Subject and first line of the mails that call a sitting off.
OFF: dict[About, tuple[Message, Message]] = {
    About.RECALL: (
        _(
            "mail_recalled_subject",
            default="Convocation called back: ${body}, ${day}",
        ),
        _(
            "mail_recalled_line",
            default="The convocation to this sitting is called back. You will get a new "
            "one.",
        ),
    ),
    About.CANCEL: (
        _("mail_cancelled_subject", default="Cancelled: ${body}, ${day}"),
        _("mail_cancelled_line", default="This sitting is cancelled."),
    ),
}


def filename(meeting: Meeting) -> str:
    """Return the name of the file of a meeting's convocation."""
    return f"{meeting.body}-{law.day_of(meeting).isoformat()}.pdf"


def convened(meeting: Meeting, recipient: str, pdf: bytes) -> str:
    """Owe a member the convocation; return the key of the mail.

    It is a file of the mail, unless it is large and the town says how its site is reached.
    """
    subject = _("mail_convened_subject", default="Convocation: ${body}, ${day}")
    attached = len(pdf) <= LARGEST or not municipality().site_url
    line = _(
        "mail_convened_attached",
        default="You are called to this sitting. The convocation, with the agenda and "
        "its notes, is a file of this mail.",
    )
    if not attached:
        line = _(
            "mail_convened_to_fetch",
            default="You are called to this sitting. The convocation is too large for a "
            "mail: open it with the link.",
        )
    links = _link(
        meeting,
        "convocation.pdf",
        _("mail_convened_link", default="Open the convocation"),
    )
    files = (File(filename(meeting), "application/pdf", pdf),) if attached else ()
    blocks = (Paragraph(line), _facts(meeting), *links)
    return _owe(meeting, recipient, subject, blocks, files)


def off(meeting: Meeting, about: About, recipient: str, reason: str) -> str:
    """Owe a member the news that a sitting is off; return the key of the mail."""
    subject, line = OFF[about]
    why = _("mail_off_reason", default="Reason: ${reason}", mapping={"reason": reason})
    blocks = (Paragraph(line), Paragraph(why), _facts(meeting))
    return _owe(meeting, recipient, subject, blocks)


def results(meeting: Meeting, recipient: str, items: Sequence[Item]) -> str:
    """Owe a service the results of its items; return the key of the mail."""
    subject = _("mail_results_subject", default="Decided: ${body}, ${day}")
    line = _(
        "mail_results_line",
        default="The body dealt with these items of your service. The extracts can be "
        "downloaded on the page of each item.",
    )
    words = papers.legal_words()
    pairs = tuple(
        (f"{item.number}. {item.title}", _result(item, words)) for item in items
    )
    return _owe(meeting, recipient, subject, (Paragraph(line), Facts(pairs)))


def _result(item: Item, words: dict[str, str]) -> str:
    said = words.get(item.state, item.state)
    if not item.registered:
        return said
    year, number = item.registered
    return f"{said} {words['number'].format(number=number, year=year)}"


def _facts(meeting: Meeting) -> Facts:
    words = papers.legal_words()
    rows = [
        (words["day"], papers.day(law.day_of(meeting))),
        (words["time"], papers.clock(meeting.starts, meeting)),
        (words["place"], meeting.place),
        (words["remote"], meeting.remote_tool),
    ]
    return Facts(tuple((label, value) for label, value in rows if value))


def _link(meeting: Meeting, view: str, label: Message) -> tuple[Block, ...]:
    """Return a link where the town says how its site is reached."""
    base = municipality().site_url.rstrip("/")
    url = f"{base}/{DELIBERATIONS_ID}/{meeting.getId()}/{view}"
    return (Link(label, url),) if base else ()


def _owe(
    meeting: Meeting,
    recipient: str,
    subject: Message,
    blocks: tuple[Block, ...],
    files: tuple[File, ...] = (),
) -> str:
    day = papers.day(law.day_of(meeting))
    mapping = {"body": papers.body_title(meeting), "day": day}
    mail = Mail(
        recipient=recipient,
        language=papers.legal_language(),
        subject=Message(subject, mapping=mapping),
        blocks=blocks,
        about=IUUID(meeting),
        files=files,
    )
    queue(mail)
    return mail.key
