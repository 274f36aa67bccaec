"""Signing in by OpenID Connect (authorization code with PKCE)."""

from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from datetime import datetime
from plonegov.certification import _
from plonegov.certification import logger
from plonegov.certification.adapters.openidhttp import Unreachable
from plonegov.certification.adapters.openidknown import Known
from plonegov.certification.adapters.openidknown import KnownFile
from plonegov.certification.adapters.openidsettings import load_provider
from plonegov.certification.adapters.outgoing import OUTGOING
from plonegov.certification.adapters.siteaddress import site_address
from plonegov.certification.domain.errors import SettingsWrong
from plonegov.certification.domain.errors import SignInAway
from plonegov.certification.domain.errors import SignInWayUnknown
from plonegov.certification.domain.openid import AnswerWrong
from plonegov.certification.domain.providers import Provider
from plonegov.certification.interfaces import ISignInWay
from plonegov.core.api import municipality
from plonegov.core.api import now
from plonegov.core.identity.levels import AssuranceLevel
from typing import Any
from zope.globalrequest import getRequest
from zope.interface import implementer


#: The id of the way.
WAY = "openid"
VIEW = "openid-return"
VERIFIER = 64  # characters, RFC 7636, 4.1
NONCE = 32


@implementer(ISignInWay)
class OpenIdWay:
    """The town's identity provider (utility ``openid``)."""

    order = 20

    @property
    def title(self) -> str:
        """What the provider is called, in the page's language (see ``ISignInWay``)."""
        titles = provider().title
        for language in (_language(), *municipality().interface_languages):
            if titles.get(language):
                return titles[language]
        return _("way_openid", default="Another proof of identity")

    def level(self) -> AssuranceLevel:
        """Return the surest level that is asked for (see ``ISignInWay``)."""
        return provider().surest

    def is_ready(self) -> bool:
        """Tell whether the town's settings can be used (see ``ISignInWay``)."""
        try:
            return load_provider(municipality().id) is not None
        except SettingsWrong as error:
            logger.warning("Nobody can sign in by OpenID Connect: %s", error)
            return False

    def prepare(self) -> dict[str, Any]:
        """Return what the answer must fit to (see ``ISignInWay``); make sure that the
        provider's addresses are known."""
        theirs = provider()
        known(theirs)
        return {
            "issuer": theirs.issuer,
            "redirect_uri": return_address(),
            "nonce": generate_token(NONCE),
            "verifier": generate_token(VERIFIER),
            "began": int(now().timestamp()),
        }

    def address(self, code: str, facts: dict[str, Any]) -> str:
        """Return the provider's page (see ``ISignInWay``)."""
        theirs = provider()
        more = {"acr_values": " ".join(theirs.acr_values), "ui_locales": _language()}
        with OAuth2Session(
            theirs.client_id,
            scope=" ".join(theirs.scopes),
            redirect_uri=facts["redirect_uri"],
            code_challenge_method="S256",
        ) as client:
            url, _state = client.create_authorization_url(
                known(theirs).endpoints["authorization"],
                state=code,
                code_verifier=facts["verifier"],
                nonce=facts["nonce"],
                **{**more, **theirs.parameters},
            )
        return url


def provider() -> Provider:
    """Return the town's provider.

    :raises SignInWayUnknown: it has none.
    :raises SignInAway: its settings can't be used; the log says why.
    """
    try:
        found = load_provider(municipality().id)
    except SettingsWrong as error:
        logger.error("Nobody can sign in by OpenID Connect: %s", error)
        raise SignInAway() from error
    if found is None:
        raise SignInWayUnknown(way=WAY)
    return found


def return_address() -> str:
    """Return where the provider sends people back to: an address that it knows."""
    return f"{site_address()}/{VIEW}"


def known(theirs: Provider) -> Known:
    """Return the provider's addresses; ask it only when nothing is known yet.

    :raises SignInAway: it does not answer.
    """
    file, moment = KnownFile(municipality().id), now()
    found = file.read(theirs)
    if found is not None:
        return found
    with OUTGOING.place() as place:
        return place.call(_fetched, file, theirs, moment)


def _language() -> str | None:
    """Return the language of the page that is asked for."""
    request = getRequest()
    return (request.get("LANGUAGE") or None) if request is not None else None


def _fetched(file: KnownFile, theirs: Provider, moment: datetime) -> Known:
    try:
        return file.fetch_soon(theirs, moment)
    except (Unreachable, AnswerWrong) as error:
        logger.warning("%s can't be asked: %s", theirs.issuer, error)
        raise SignInAway() from error
