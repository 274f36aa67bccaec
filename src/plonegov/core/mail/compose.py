"""From a ``Mail`` to the message: text and HTML, in the recipient's language."""

from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from plonegov.core import _
from plonegov.core.api import municipality
from plonegov.core.api import now
from plonegov.core.mail.errors import MailAddressInvalid
from plonegov.core.mail.errors import MailLinkInvalid
from plonegov.core.mail.model import Block
from plonegov.core.mail.model import Facts
from plonegov.core.mail.model import Link
from plonegov.core.mail.model import Mail
from plonegov.core.mail.model import Paragraph
from plonegov.core.mail.model import Steps
from plonegov.core.mail.model import Text
from plonegov.core.mail.sender import sender_address
from plonegov.core.municipality.model import Contact
from plonegov.core.municipality.model import Municipality
from urllib.parse import urlsplit
from zope.i18n import translate

import chameleon


#: Seven-bit safe, so that any mail server takes it; lines end with CRLF.
POLICY = SMTP.clone(cte_type="7bit")
TEMPLATE = Path(__file__).parent / "mail.pt"


def compose(mail: Mail) -> EmailMessage:
    """Return the message of a mail, worded in its language.

    Without a sender's address (see ``sender_address``) the message has no ``From``;
    the worker adds it when it sends.

    :raises MailAddressInvalid: the recipient is not one plain address.
    :raises MailLinkInvalid: a link is not a web address.
    """
    recipient = check_recipient(mail.recipient)
    town = municipality()
    name = _in(town.name, mail.language)
    service, contact = _signer(town, mail)
    message = EmailMessage(policy=POLICY)
    if address := sender_address():
        message["From"] = Address(name, addr_spec=address)
    message["To"] = recipient
    if contact.email:
        message["Reply-To"] = Address(service or name, addr_spec=contact.email)
    message["Subject"] = " ".join(_worded(mail.subject, mail.language).split())
    message["Date"] = format_datetime(now())
    message["Message-ID"] = f"<{mail.key}@{message_domain(town)}>"
    message["Content-Language"] = mail.language
    message["Auto-Submitted"] = "auto-generated"
    values = {
        "language": mail.language,
        "town": name,
        "service": service,
        "contact": contact,
        "words": _words(mail.language),
        "brand": town.theme.brand,
        "subject": message["Subject"],
        "blocks": [_block(block, mail.language) for block in mail.blocks],
    }
    message.set_content(plain_text(values), cte="quoted-printable")
    message.add_alternative(
        _template()(**values), subtype="html", cte="quoted-printable"
    )
    return message


def check_recipient(text: str) -> Address:
    """Return one plain address, safe in a header.

    :raises MailAddressInvalid: it is none, several, or holds what no address may.
    """
    try:
        address = Address(addr_spec=text)
    except (HeaderParseError, ValueError, IndexError) as error:
        raise MailAddressInvalid() from error
    whole = address.username and "." in address.domain and address.addr_spec == text
    if not whole or not text.isascii() or any(char <= " " for char in text):
        raise MailAddressInvalid()
    return address


def message_domain(town: Municipality) -> str:
    """Return the right side of a ``Message-ID``: the sender's domain, or the town's."""
    return sender_address().rpartition("@")[2] or f"{town.id}.invalid"


def plain_text(values: dict) -> str:
    """Return the mail as plain text."""
    lines = [values["subject"], ""]
    for block in values["blocks"]:
        lines += [*block["lines"], ""]
    contact, words = values["contact"], values["words"]
    lines += ["-- ", values["town"], values["service"]]
    lines += [f"{words['phone']}: {contact.phone}" if contact.phone else ""]
    lines += [f"{words['email']}: {contact.email}" if contact.email else ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _signer(town: Municipality, mail: Mail) -> tuple[str, Contact]:
    if not mail.service:
        return "", town.contact
    service = town.service(mail.service)
    contact = Contact(
        email=service.contact.email or town.contact.email,
        phone=service.contact.phone or town.contact.phone,
    )
    return _in(service.title, mail.language), contact


def _block(block: Block, language: str) -> dict:
    """Return what both forms of the mail show of a block."""
    match block:
        case Paragraph(text):
            worded = _worded(text, language)
            return {"kind": "paragraph", "text": worded, "lines": [worded]}
        case Link(label, url):
            worded, address = _worded(label, language), _check_link(url)
            lines = [f"{worded}:", address]
            return {"kind": "link", "text": worded, "url": address, "lines": lines}
        case Steps(items):
            steps = [_worded(item, language) for item in items]
            lines = [f"{number}. {step}" for number, step in enumerate(steps, 1)]
            return {"kind": "steps", "steps": steps, "lines": lines}
        case Facts(pairs):
            worded = [tuple(_worded(text, language) for text in pair) for pair in pairs]
            lines = [f"{label}: {value}" for label, value in worded]
            return {"kind": "facts", "pairs": worded, "lines": lines}


def _check_link(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or " " in url:
        raise MailLinkInvalid()
    return url


def _worded(text: Text, language: str) -> str:
    return translate(text, target_language=language)


def _in(texts: dict[str, str], language: str) -> str:
    return texts.get(language) or next(iter(texts.values()))


def _words(language: str) -> dict[str, str]:
    words = {
        "phone": _("mail_phone", default="Phone"),
        "email": _("mail_email", default="E-mail"),
        "automatic": _(
            "mail_automatic", default="This message was sent automatically."
        ),
    }
    return {name: _worded(text, language) for name, text in words.items()}


@cache
def _template() -> chameleon.PageTemplateFile:
    return chameleon.PageTemplateFile(str(TEMPLATE))
