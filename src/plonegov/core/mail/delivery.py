"""Handing one mail to the town's mail server, and what its answers mean."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import suppress
from plonegov.core.mail.sender import Server
from plonegov.core.mail.sender import TIMEOUT

import smtplib
import ssl


#: Loopback needs no encryption: the password does not leave the machine.
LOOPBACK = ("localhost", "127.0.0.1", "::1")
IMPLICIT_TLS_PORT = 465
#: "Service not available, closing" and "message too large" (RFC 5321, 4.2.3).
CLOSING, TOO_LARGE = 421, 552


class MailRefused(Exception):
    """The server refuses this mail for good; the argument is its code."""


class MailPutOff(Exception):
    """The server may take this mail later; the argument is its code."""


class ServerTrouble(Exception):
    """No mail can leave now: server down, sign-in refused, no encryption."""


@contextmanager
def session(server: Server) -> Iterator[smtplib.SMTP]:
    """Give a connection to the mail server, encrypted where it offers it.

    With a user name the certificate is checked and encryption is required, since
    a password is sent; without, it is opportunistic (RFC 7435).

    :raises ServerTrouble: it can't be reached or does not let us in.
    """
    try:
        smtp = _connect(server)
    except (OSError, smtplib.SMTPException) as error:
        raise ServerTrouble(type(error).__name__) from error
    try:
        yield smtp
        with suppress(OSError, smtplib.SMTPException):
            smtp.quit()
    finally:
        smtp.close()


def hand_over(smtp: smtplib.SMTP, sender: str, recipient: str, message: bytes) -> None:
    """Send one mail to one recipient; returning means that the server has accepted.

    :raises MailRefused: it is refused for good (5xx).
    :raises MailPutOff: it is refused for now (4xx), or its sender is.
    :raises ServerTrouble: the connection broke.
    """
    try:
        smtp.sendmail(sender, [recipient], message)
    except smtplib.SMTPSenderRefused as error:
        raise _verdict(error.smtp_code, {TOO_LARGE}) from error
    except smtplib.SMTPRecipientsRefused as error:
        code = error.recipients[recipient][0]
        raise _verdict(code, range(500, 600)) from error
    except smtplib.SMTPDataError as error:
        raise _verdict(error.smtp_code, range(500, 600)) from error
    except (OSError, smtplib.SMTPException) as error:
        raise ServerTrouble(type(error).__name__) from error


def _verdict(code: int, final: range | set[int]) -> Exception:
    if code == CLOSING:
        return ServerTrouble(str(code))
    return MailRefused(str(code)) if code in final else MailPutOff(str(code))


def _connect(server: Server) -> smtplib.SMTP:
    checked = ssl.create_default_context()
    if server.port == IMPLICIT_TLS_PORT:
        smtp = smtplib.SMTP_SSL(
            server.host, server.port, timeout=TIMEOUT, context=checked
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
        smtp.ehlo()
        if smtp.has_extn("starttls"):
            smtp.starttls(context=checked if server.user else _unchecked())
        elif server.user and server.host not in LOOPBACK:
            smtp.close()
            raise smtplib.SMTPNotSupportedError("STARTTLS")
    if server.user:
        smtp.login(server.user, server.password)
    return smtp


def _unchecked() -> ssl.SSLContext:
    """Return a context for opportunistic encryption: better than none."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
