"""Signing in with an identity card that nginx asked for.

The card is asked on a host name of its own, where no page is shown: whatever comes of
it, the browser goes back to the site, which says it in the person's language.
"""

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from dataclasses import dataclass
from ipaddress import ip_address
from plonegov.certification import logger
from plonegov.certification.adapters.eidcards import identify
from plonegov.certification.adapters.eidsettings import EidSettings
from plonegov.certification.adapters.eidsettings import load_eid
from plonegov.certification.api import signin
from plonegov.certification.domain.eidcard import WAY
from plonegov.certification.domain.errors import SettingsWrong
from plonegov.certification.domain.errors import SignInAway
from plonegov.certification.domain.errors import SignInOver
from plonegov.certification.domain.errors import SignInRefused
from plonegov.certification.domain.errors import SignInWayUnknown
from plonegov.core.api import municipality
from plonegov.core.api import now
from plonegov.core.errors import PlonegovError
from plonegov.core.identity.proved import ProvedIdentity
from urllib.parse import unquote

import hashlib
import hmac


#: What nginx says of a certificate: it leads to a root that nginx knows; none was sent.
SUCCESS = "SUCCESS"
NONE = "NONE"
#: Characters of the longest certificate that is read, escaped.
MOST = 20_000


@dataclass(frozen=True)
class Shown:
    """What a request says of a card: whence it came, and the headers ``X-Eid-...``."""

    address: str
    secret: str
    verify: str
    certificate: str
    fingerprint: str
    serial: str


def come(code: str, shown: Shown) -> str:
    """Return the address of the site to which a browser with a card goes on.

    There the person confirms who he or she is, or reads why the card is not accepted.

    :raises SignInWayUnknown: the town asks for no cards.
    """
    try:
        settings = load_eid(municipality().id)
        if settings is None:
            raise SignInWayUnknown(way=WAY)
        check_proxy(shown, settings)
        begun = signin.taken(WAY, code, elsewhere=True)
    except (SettingsWrong, SignInOver, SignInRefused) as error:
        return signin.refused(_told(error))
    try:
        return signin.proved(begun, _proved(shown, settings))
    except (SignInAway, SignInRefused) as error:
        return signin.refused(_told(error), begun.site, begun.came_from)


def _told(error: PlonegovError) -> PlonegovError:
    """Write an error to the log; return what is told to the person."""
    if isinstance(error, SignInRefused):
        logger.warning("A card was not accepted: %s", error.context["reason"])
    elif not isinstance(error, SignInOver):
        logger.error("Cards can't be checked: %s", error)
    return SignInAway() if isinstance(error, SettingsWrong) else error


def check_proxy(shown: Shown, settings: EidSettings) -> None:
    """Check that what is said of a card comes from the town's own proxy.

    :raises SignInRefused: ``card_forged``.
    """
    given = shown.secret.encode("utf-8", "surrogateescape")
    known = hmac.compare_digest(given, settings.secret.encode())
    if not known or _canonical(shown.address) not in settings.proxies:
        raise SignInRefused("card_forged")


def read_certificate(shown: Shown) -> x509.Certificate:
    """Return the certificate that a request shows.

    All that nginx says of it must agree, so that a place which forgot to set one header
    lets no other certificate in.

    :raises SignInRefused: ``card_missing`` or ``card_forged``.
    """
    if shown.verify == NONE:
        raise SignInRefused("card_missing")
    if len(shown.certificate) > MOST:
        raise SignInRefused("card_forged")
    try:
        text = unquote(shown.certificate, "ascii", "strict").encode("ascii")
        (certificate,) = x509.load_pem_x509_certificates(text)
        fingerprint = _fingerprint(certificate)
        serial = int(shown.serial, 16)
    except ValueError as error:
        raise SignInRefused("card_forged") from error
    if fingerprint != shown.fingerprint or serial != certificate.serial_number:
        raise SignInRefused("card_forged")
    return certificate


def _proved(shown: Shown, settings: EidSettings) -> ProvedIdentity:
    certificate = read_certificate(shown)
    identity = identify(certificate, settings, municipality().id, now())
    if shown.verify != SUCCESS:  # nginx knows better, and does not say it in our words
        raise SignInRefused("card_authority")
    return identity


def _fingerprint(certificate: x509.Certificate) -> str:
    """Return what nginx calls a certificate's fingerprint."""
    der = certificate.public_bytes(Encoding.DER)
    return hashlib.sha1(der, usedforsecurity=False).hexdigest()


def _canonical(address: str) -> str:
    try:
        return str(ip_address(address))
    except ValueError:
        return ""
