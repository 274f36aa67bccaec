"""Coming back from the town's identity provider, and how that is set up."""

from collections.abc import Mapping
from dataclasses import dataclass
from plonegov.certification import logger
from plonegov.certification.adapters.openidhttp import client_key
from plonegov.certification.adapters.openidhttp import Unreachable
from plonegov.certification.adapters.openidknown import KnownFile
from plonegov.certification.adapters.openidsettings import load_provider
from plonegov.certification.adapters.openidtalk import Talk
from plonegov.certification.adapters.openidway import provider
from plonegov.certification.adapters.openidway import return_address
from plonegov.certification.adapters.openidway import WAY
from plonegov.certification.adapters.outgoing import OUTGOING
from plonegov.certification.adapters.outgoing import Place
from plonegov.certification.api import signin
from plonegov.certification.api.signin import Begun
from plonegov.certification.domain.errors import SettingsWrong
from plonegov.certification.domain.errors import SignInAway
from plonegov.certification.domain.errors import SignInOver
from plonegov.certification.domain.errors import SignInRefused
from plonegov.certification.domain.errors import SignInWayUnknown
from plonegov.certification.domain.openid import AnswerWrong
from plonegov.certification.domain.openid import identity_of
from plonegov.core.api import municipality
from plonegov.core.api import now
from plonegov.core.identity.proved import ProvedIdentity
from typing import Any


#: What a provider says when the person wanted no more (RFC 6749, 4.1.2.1).
CANCELLED = "access_denied"


@dataclass(frozen=True)
class Setup:
    """How the town's provider is set up, for who looks after the machine.

    ``wrong`` is what is wrong with the files (``file``, ``key``, ``found``,
    ``allowed``), ``away`` why the provider does not answer. ``fetched_hours`` is the
    age of what is known of it, None when that is nothing.
    """

    preset: str = ""
    issuer: str = ""
    return_address: str = ""
    wrong: dict[str, Any] | None = None
    away: str = ""
    fetched_hours: float | None = None


def come(state: str, answer: Mapping[str, str]) -> str:
    """Return the address of the site to which a browser goes on that the provider sent
    back: no page stands at an address with the provider's code in it.

    There the person confirms who he or she is, or reads why nobody is signed in.

    :param answer: ``code``, ``error`` and ``iss`` of the request, each a text.
    :raises SignInOver: the sign-in is unknown, spent, too old, or another browser's.
    :raises SignInAway: others are asking; nothing is spent, try again in a moment.
    """
    with OUTGOING.place() as place:
        begun = signin.taken(WAY, state)
        try:
            return signin.proved(begun, _identity(begun, answer, place))
        except (SignInAway, SignInOver, SignInRefused, SignInWayUnknown) as error:
            return signin.refused(error, begun.site, begun.came_from)


def _identity(begun: Begun, answer: Mapping[str, str], place: Place) -> ProvedIdentity:
    """Return who the provider says that the person is, once all of it is checked.

    :raises SignInRefused: the person stopped, or the answer is not believed.
    :raises SignInAway: the provider does not answer.
    :raises SignInOver: the town changed its provider meanwhile.
    """
    theirs = provider()
    if begun.facts["issuer"] != theirs.issuer:
        raise SignInOver()
    try:
        if answer["error"] or not answer["code"]:
            stopped = answer["error"] == CANCELLED
            raise SignInRefused("cancelled" if stopped else "provider_error")
        file = KnownFile(municipality().id)
        talk = Talk(theirs, file, now(), begun.facts, answer["code"], answer["iss"])
        return identity_of(theirs, place.call(talk.claims), WAY)
    except AnswerWrong as error:
        logger.warning("Answer of %s refused: %s", theirs.issuer, error)
        raise SignInRefused("answer_wrong") from error
    except Unreachable as error:
        logger.warning("%s does not answer: %s", theirs.issuer, error)
        raise SignInAway() from error
    except SettingsWrong as error:
        logger.error("Nobody can sign in by OpenID Connect: %s", error)
        raise SignInAway() from error
    except SignInRefused as error:
        logger.info("Sign-in by %s refused: %s", theirs.issuer, error.code)
        raise


def fetch() -> bool:
    """Ask the town's provider for its addresses and keys; tell whether it has one.

    :raises SettingsWrong: the town's file can't be used.
    :raises SignInAway: the provider does not answer, or answers nonsense.
    """
    town = municipality().id
    theirs = load_provider(town)
    if theirs is None:
        return False
    try:
        KnownFile(town).fetch(theirs, now())
    except (Unreachable, AnswerWrong) as error:
        logger.warning("%s can't be asked: %s", theirs.issuer, error)
        raise SignInAway(why=str(error)) from error
    return True


def setup(ask: bool = False) -> Setup | None:
    """Return how the town's provider is set up; None when it has none.

    :param ask: also ask the provider now.
    """
    town = municipality().id
    try:
        theirs = load_provider(town)
        if theirs is None:
            return None
        if theirs.authentication == "private_key_jwt":
            client_key(theirs)
    except SettingsWrong as error:
        return Setup(wrong=error.context)
    away = ""
    try:
        if ask:
            fetch()
    except SignInAway as error:
        away = error.context["why"]
    known = KnownFile(town).read(theirs)
    age = (now() - known.fetched).total_seconds() / 3600 if known else None
    return Setup(theirs.preset, theirs.issuer, return_address(), None, away, age)
