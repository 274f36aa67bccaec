"""A draft that is saved to go on later, with a link by mail: not sent yet.

The mail tells nothing of what was typed, since the address is not proved to be the
citizen's; who has the link goes on with the draft.
"""

from babel.dates import format_date
from plonegov.core.api import now
from plonegov.core.api import town_today
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.identity.contact import check_email
from plonegov.core.identity.current import town_keys
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
from plonegov.ordering.api.counters import counter
from plonegov.ordering.api.documents import get
from plonegov.ordering.api.links import counted
from plonegov.ordering.api.links import counter_url
from plonegov.ordering.api.misuse import block_code
from plonegov.ordering.api.misuse import code_of
from plonegov.ordering.api.misuse import is_blocked
from plonegov.ordering.domain.errors import DocumentRetired
from plonegov.ordering.domain.errors import DocumentUnknown
from plonegov.ordering.storage.drafts import Draft
from zope.i18nmessageid import Message

import json


#: Most characters that one draft keeps, names and punctuation of JSON included.
MOST = 100_000
#: What the code is for that shows who got the mail.
NOT_MINE = "draft-not-mine"
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
    "was not you who saved it, tell us: we then write to you no more for 30 days.",
)
NOT_ME = _("mail_not_me_link", default="That was not me")


def fits(content: drafts.Content) -> bool:
    """Say whether what was typed is short enough to be kept unchecked."""
    return len(json.dumps(content, ensure_ascii=False)) <= MOST


def save(draft: Draft, content: drafts.Content, address: str, language: str) -> None:
    """Keep a draft for 30 days and mail the link that opens it.

    :param language: of the mail and of the reminder.
    :raises InvalidInput: at ``mail``: the address is missing or wrong, or its owner
        blocked it.
    :raises LimitReached: as many such mails went there, or were asked for from there,
        as may on one day.
    """
    recipient = _checked(address)
    if is_blocked(recipient):
        raise InvalidInput([Fault("mail", "draft_mail_blocked")])
    limits.take("draft_mail_from", limits.client_network(), FROM_NETWORK)
    limits.take("draft_mail", recipient, TO_ADDRESS)
    kept = {"mail": recipient, "language": language}
    draft.saved, draft.reminded = True, False
    drafts.keep(draft, draft.document, {**content, "saved": kept})
    _mail(draft, recipient, language, *SAVED)


def remind(draft: Draft) -> bool:
    """Remind once of a saved draft before it is deleted; say whether it was of use.

    Of a document that the town issues no more nobody is reminded, nor who blocked the
    address.
    """
    draft.reminded = True
    try:
        get(draft.document)
    except (DocumentRetired, DocumentUnknown):
        return False
    kept = drafts.content_of(draft)["saved"]
    if is_blocked(kept["mail"]):
        return False
    _mail(draft, kept["mail"], kept["language"], *REMINDER)
    return True


def saved_for(content: drafts.Content) -> str:
    """Return the address that a saved draft's link was mailed to; else empty."""
    return content.get("saved", {}).get("mail", "")


def resume_url(draft: Draft) -> str:
    """Return the address that opens a draft on any device."""
    secret = drafts.code(draft, drafts.LINK)
    return counter_url(f"resume?draft={draft.key}&secret={secret}")


def opened(key: str, given: str) -> Draft:
    """Return the saved draft that a mailed link opens; the try is counted.

    :raises RecordNotFound: it opens none.
    :raises LimitReached: neither did many others of the network.
    """
    draft = drafts.find(key, given, drafts.LINK)
    return counted(draft if draft is not None and draft.saved else None)


def not_me_url(draft: Draft, recipient: str) -> str:
    """Return the address of the page for who saved nothing: it opens no draft, and it
    stays good whatever becomes of the draft."""
    code = code_of(recipient)
    secret = town_keys().mac(NOT_MINE, draft.key, code)
    return counter_url(f"not-my-draft?draft={draft.key}&to={code}&secret={secret}")


def disowning(key: str, code: str, given: str) -> tuple[str, str]:
    """Return the draft's key and the address's code of a link for who saved nothing.

    :raises RecordNotFound: it is none of ours.
    :raises LimitReached: neither were many others of the network.
    """
    keys = town_keys()
    right = [
        keys.verify(given, NOT_MINE, key, code, key_id=file.id) for file in keys.files()
    ]
    return counted((key, code) if any(right) else None)


def disown(key: str, code: str) -> None:
    """Send nothing to an address for 30 days, whose owner saved no draft.

    A link that was mailed there is void; who typed the draft can go on for a day.
    """
    block_code(code)
    draft = counter().drafts.get(key, now())
    content = drafts.content_of(draft)
    if saved_for(content) and is_blocked(saved_for(content)):
        draft.saved = False
        del content["saved"]
        drafts.keep(draft, draft.document, content)


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
                Link(NOT_ME, not_me_url(draft, recipient)),
            ),
            service=document.service,
        )
    )
