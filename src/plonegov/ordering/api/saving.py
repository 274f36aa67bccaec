"""A draft that is saved to go on later, with a link by mail: not sent yet.

The mail tells nothing of what was typed, since the address is not proved to be the
citizen's; who has the link goes on with the draft.
"""

from babel.dates import format_date
from plonegov.core.api import town_today
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.identity.contact import check_email
from plonegov.core.identity.errors import InvalidValue
from plonegov.core.mail.model import Facts
from plonegov.core.mail.model import Link
from plonegov.core.mail.model import Mail
from plonegov.core.mail.model import Paragraph
from plonegov.core.mail.outbox import queue
from plonegov.core.ops import limits
from plonegov.core.typed.text import clean_line
from plonegov.ordering import _
from plonegov.ordering.api import drafts
from plonegov.ordering.api.documents import get
from plonegov.ordering.api.links import public_url
from plonegov.ordering.domain.errors import DocumentRetired
from plonegov.ordering.domain.errors import DocumentUnknown
from plonegov.ordering.storage.drafts import Draft
from zope.i18nmessageid import Message

import json


#: Most characters that one draft keeps, names and punctuation of JSON included.
MOST = 100_000
#: Most mails of saved drafts on one day, to one address and from one network.
TO_ADDRESS, FROM_NETWORK = 5, 50

SAVED = (
    _("mail_saved_subject", default="Not sent yet: your draft of “${title}”"),
    _(
        "mail_saved_line",
        default="You saved your answers to go on later. Your order is not sent yet: we "
        "know nothing of it before you press “Send the order” at the end of the form.",
    ),
)
REMINDER = (
    _(
        "mail_draft_reminder_subject",
        default="Still not sent: your draft of “${title}”",
    ),
    _(
        "mail_draft_reminder_line",
        default="You saved your answers, but your order is not sent yet. In some days "
        "we delete the draft. We don’t remind you again.",
    ),
)
GO_ON = _("mail_draft_link", default="Go on with your order")
NOT_YOU = _(
    "mail_draft_not_you",
    default="Whoever has this link can read and send the draft: don’t pass it on. If it "
    "was not you who saved it, you need do nothing: we delete it on that day.",
)


def fits(content: drafts.Content) -> bool:
    """Say whether what was typed is short enough to be kept unchecked."""
    return len(json.dumps(content, ensure_ascii=False)) <= MOST


def save(draft: Draft, content: drafts.Content, address: str, language: str) -> None:
    """Keep a draft for 30 days and mail the link that opens it.

    :param language: of the mail and of the reminder.
    :raises InvalidInput: at ``mail``: the address is missing or wrong.
    :raises LimitReached: as many such mails went there, or were asked for from there,
        as may on one day.
    """
    recipient = _checked(address)
    limits.take("draft_mail_from", limits.client_network(), FROM_NETWORK)
    limits.take("draft_mail", recipient, TO_ADDRESS)
    kept = {"mail": recipient, "language": language}
    draft.saved, draft.reminded = True, False
    drafts.keep(draft, draft.document, {**content, "saved": kept})
    _mail(draft, recipient, language, *SAVED)


def remind(draft: Draft) -> bool:
    """Remind once of a saved draft before it is deleted; say whether it was of use.

    Of a document that the town issues no more nobody is reminded.
    """
    draft.reminded = True
    try:
        get(draft.document)
    except (DocumentRetired, DocumentUnknown):
        return False
    kept = drafts.content_of(draft)["saved"]
    _mail(draft, kept["mail"], kept["language"], *REMINDER)
    return True


def saved_for(content: drafts.Content) -> str:
    """Return the address that a saved draft's link was mailed to; else empty."""
    return content.get("saved", {}).get("mail", "")


def resume_url(draft: Draft) -> str:
    """Return the address that opens a draft on any device."""
    secret = drafts.code(draft, drafts.LINK)
    return f"{public_url()}/counter/resume?draft={draft.key}&secret={secret}"


def _checked(address: str) -> str:
    if not address.strip():
        raise InvalidInput([Fault("mail", "required")])
    try:
        return check_email(clean_line(address, 254))
    except InvalidValue as error:
        raise InvalidInput([Fault("mail", error.code, error.context)]) from error


def _mail(
    draft: Draft, recipient: str, language: str, subject: Message, line: Message
) -> None:
    document = get(draft.document)
    title = document.text("titles", language)
    day = format_date(town_today(draft.ends), "full", locale=language)
    facts = (
        (_("fact_document", default="Document"), title),
        (_("fact_deleted", default="We delete the draft on"), day),
    )
    queue(
        Mail(
            recipient=recipient,
            language=language,
            subject=Message(subject, mapping={"title": title}),
            blocks=(
                Paragraph(line),
                Facts(facts),
                Link(GO_ON, resume_url(draft)),
                Paragraph(NOT_YOU),
            ),
            service=document.service,
        )
    )
