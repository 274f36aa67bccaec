"""Signing in with an identity card that nginx asked for.

The card is asked on a host name of its own, where no page is shown: whatever comes of
it, the browser goes back to the site, which says it in the person's language.
"""

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from dataclasses import dataclass
from ipaddress import ip_address
from plone import api
from plonegov.certification import logger
from plonegov.certification.adapters.eidcards import identify
from plonegov.certification.adapters.eidsettings import EidSettings
from plonegov.certification.adapters.eidsettings import load_settings
from plonegov.certification.api import signin
from plonegov.certification.domain.eidcard import WAY
from plonegov.certification.domain.errors import IdentitySettingsWrong
from plonegov.certification.domain.errors import SignInAway
from plonegov.certification.domain.errors import SignInOver
from plonegov.certification.domain.errors import SignInRefused
from plonegov.certification.domain.errors import SignInWayUnknown
from plonegov.core.api import municipality
from plonegov.core.api import now
from plonegov.core.errors import PlonegovError
from plonegov.core.identity.proved import ProvedIdentity
from urllib.parse import unquote
from urllib.parse import urlencode

import hashlib
import hmac


#: What nginx says of a certificate: it leads to a root that nginx knows; none was sent.
SUCCESS = "SUCCESS"
NONE = "NONE"
#: Characters of the longest certificate that is read, escaped.
MOST = 20_000
#: Why a card may sign nobody in.
REASONS = (
    "card_authority",
    "card_early",
    "card_expired",
    "card_forged",
    "card_kind",
    "card_missing",
    "card_revoked",
    "card_signature",
    "card_subject",
)
AWAY = "away"
OVER = "over"


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
    site = came_from = api.portal.get().absolute_url()
    try:
        settings = load_settings(municipality().id)
        if settings is None:
            raise SignInWayUnknown(way=WAY)
        check_proxy(shown, settings)
        begun = signin.taken(WAY, code, elsewhere=True)
        site, came_from = begun.site, begun.came_from
        return signin.proved(begun, _proved(shown, settings))
    except (IdentitySettingsWrong, SignInAway) as error:
        logger.error("Cards can't be checked: %s", error)
        why = AWAY
    except SignInOver:
        why = OVER
    except SignInRefused as error:
        why = error.context["reason"]
        logger.warning("A card was not accepted: %s", why)
    return f"{site}/eid-refused?{urlencode({'why': why, 'came_from': came_from})}"


def refusal(why: str) -> PlonegovError | None:
    """Return what is said of a card that signs nobody in; None for what is no reason.

    :param why: as the addresses that ``come`` returns have it.
    """
    if why == AWAY:
        return SignInAway()
    if why == OVER:
        return SignInOver()
    return SignInRefused(why) if why in REASONS else None


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
