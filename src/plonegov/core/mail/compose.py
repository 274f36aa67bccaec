"""From a ``Mail`` to the message: text and HTML, in the recipient's language.

Plain Python but for the translation, so that it needs no site.
"""

from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from plonegov.core import _
from plonegov.core.mail.errors import MailAddressInvalid
from plonegov.core.mail.errors import MailLinkInvalid
from plonegov.core.mail.model import Block
from plonegov.core.mail.model import Facts
from plonegov.core.mail.model import Link
from plonegov.core.mail.model import Mail
from plonegov.core.mail.model import Paragraph
from plonegov.core.mail.model import Steps
from plonegov.core.mail.model import Text
from plonegov.core.municipality.model import Contact
from plonegov.core.municipality.model import Municipality
from urllib.parse import urlsplit
from zope.i18n import translate

import chameleon


#: Seven-bit safe, so that any mail server takes it; lines end with CRLF.
POLICY = SMTP.clone(cte_type="7bit")
TEMPLATE = Path(__file__).parent / "mail.pt"


def build(
    mail: Mail, town: Municipality, sender: str, moment: datetime
) -> EmailMessage:
    """Return the message of a mail, worded in its language.

    :param sender: the town's address; without one the message has no ``From``, and
        the worker adds it when it sends.
    :param moment: when the mail was written (aware).
    :raises MailAddressInvalid: the recipient is not one plain address.
    :raises MailLinkInvalid: a link is not a web address.
    """
    recipient = check_recipient(mail.recipient)
    name = _in(town.name, mail.language)
    service, contact = _signer(town, mail)
    domain = sender.rpartition("@")[2] or f"{town.id}.invalid"
    message = EmailMessage(policy=POLICY)
    if sender:
        message["From"] = Address(name, addr_spec=sender)
    message["To"] = recipient
    if contact.email:
        message["Reply-To"] = Address(service or name, addr_spec=contact.email)
    message["Subject"] = " ".join(_worded(mail.subject, mail.language).split())
    message["Date"] = format_datetime(moment)
    message["Message-ID"] = f"<{mail.key}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    _fill(message, mail, town, (name, service, contact))
    return message


def _fill(message: EmailMessage, mail: Mail, town: Municipality, signer: tuple) -> None:
    name, service, contact = signer
    values = {
        "language": mail.language,
        "town": name,
        "brand": town.theme.brand,
        "subject": message["Subject"],
        "blocks": [_block(block, mail.language) for block in mail.blocks],
        "footer": _footer(name, service, contact, mail.language),
    }
    message.set_content(plain_text(values), cte="quoted-printable")
    html = _template()(**values)
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    for file in mail.files:
        kind, _slash, subtype = file.content_type.partition("/")
        message.add_attachment(
            file.data, maintype=kind, subtype=subtype, filename=file.filename
        )
    message["Content-Language"] = mail.language


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


def plain_text(values: dict) -> str:
    """Return the mail as plain text."""
    lines = [values["subject"], ""]
    for block in values["blocks"]:
        lines += [*block["lines"], ""]
    return "\n".join([*lines, "-- ", *values["footer"], ""])


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
            lines = [worded, address]
            return {"kind": "link", "text": worded, "url": address, "lines": lines}
        case Steps(items):
            steps = [_worded(item, language) for item in items]
            lines = [f"{number}. {step}" for number, step in enumerate(steps, 1)]
            return {"kind": "steps", "steps": steps, "lines": lines}
        case Facts(pairs):
            worded = [tuple(_worded(text, language) for text in pair) for pair in pairs]
            lines = [_fact(label, value, language) for label, value in worded]
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


def _fact(label: Text, value: Text, language: str) -> str:
    """Return a label and its value on one line, spaced as the language does."""
    worded = _worded(label, language)
    line = _(
        "mail_fact",
        default="${label}: ${value}",
        mapping={"label": worded, "value": value},
    )
    return _worded(line, language)


def _footer(name: str, service: str, contact: Contact, language: str) -> list[str]:
    phone, email = _("mail_phone", default="Phone"), _("mail_email", default="E-mail")
    automatic = _("mail_automatic", default="This message was sent automatically.")
    lines = [
        name,
        service,
        contact.phone and _fact(phone, contact.phone, language),
        contact.email and _fact(email, contact.email, language),
        _worded(automatic, language),
    ]
    return [line for line in lines if line]


@cache
def _template() -> chameleon.PageTemplateFile:
    return chameleon.PageTemplateFile(str(TEMPLATE))
