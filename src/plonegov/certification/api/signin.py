"""Signing in with a proof of who one is.

A person begins on the site, proves it elsewhere (a card's host name, a provider), and
returns with a code that is good once and only in the browser that began. The person
then sees who was recognised and confirms; only that opens a session, an ordinary one of
Plone's whose ticket also says the level and when it was proved.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from plone import api
from plonegov.certification.adapters.siteaddress import site_address
from plonegov.certification.api import codes
from plonegov.certification.api.codes import Purpose
from plonegov.certification.domain.errors import SignInOver
from plonegov.certification.domain.errors import SignInWayUnknown
from plonegov.certification.interfaces import ISignInWay
from plonegov.certification.pas.people import people
from plonegov.core.api import now
from plonegov.core.api import town_today
from plonegov.core.errors import PlonegovError
from plonegov.core.identity.current import town_keys
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.identity.levels import reaches
from plonegov.core.identity.proved import ProvedIdentity
from plonegov.core.ops import limits
from typing import Any
from urllib.parse import urlencode
from zope.component import getUtilitiesFor
from zope.globalrequest import getRequest

import secrets


#: Holds what binds a sign-in to one browser; readable by no script.
COOKIE = "pg_browser"
#: How long a proof counts in a session; afterwards one is signed in as with a password.
LIFETIME = timedelta(hours=2)
#: Sign-ins that a network may begin on one day.
BEGINNINGS_A_DAY = 300
#: Characters of an address to return to.
LONGEST = 2000
SESSION = "session"


@dataclass(frozen=True)
class Begun:
    """A sign-in that began: the address of the site and the one to return to there,
    what the way prepared, and the digest of the browser."""

    site: str
    came_from: str
    facts: dict[str, Any]
    browser: str


@dataclass(frozen=True)
class Proof:
    """Who somebody has proved to be, and where he or she came from.

    ``confirmed`` are seconds since 1970; 0 as long as the person has not.
    """

    identity: ProvedIdentity
    came_from: str
    browser: str
    confirmed: int = 0


def ready_ways() -> list[tuple[str, ISignInWay]]:
    """Return id and way of all that the town has set up, in their order."""
    found = [(name, way) for name, way in getUtilitiesFor(ISignInWay) if way.is_ready()]
    return sorted(found, key=lambda item: item[1].order)


def begin(way_id: str, came_from: str) -> str:
    """Begin a sign-in; return the address to which the browser goes.

    :param came_from: where to return to; another site's address counts for nothing.
    :raises SignInWayUnknown: the town has no such way.
    :raises SignInAway: the provider does not answer.
    :raises LimitReached: this network began too many today.
    """
    way = dict(ready_ways()).get(way_id)
    if way is None:
        raise SignInWayUnknown(way=way_id)
    limits.take("begin_sign_in", limits.client_network(), BEGINNINGS_A_DAY)
    site = site_address()
    facts = way.prepare()
    begun = {
        "way": way_id,
        "site": site,
        "came_from": inside(came_from) or site,
        "facts": facts,
    }
    code = codes.give(Purpose.BEGUN, codes.digest(_own_browser()), begun)
    return way.address(code, facts)


def inside(address: str) -> str:
    """Return an address if it is one of the site, else nothing."""
    is_ours = api.portal.get_tool("portal_url").isURLInPortal
    fits = 0 < len(address) <= LONGEST
    return address if fits and is_ours(address) else ""


def taken(way_id: str, code: str, *, elsewhere: bool = False) -> Begun:
    """Return the sign-in that a code began; the code is spent.

    :param elsewhere: the request is on another host name, to which the browser does
        not send the site's cookie; ``returned`` looks at the browser then.
    :raises SignInOver: the code is no longer good, another way's or browser's.
    """
    kept = codes.take(code, None if elsewhere else _browser(), Purpose.BEGUN)
    content = dict(kept.content)
    if content.pop("way") != way_id:
        raise SignInOver()
    return Begun(browser=kept.browser, **content)


def proved(begun: Begun, identity: ProvedIdentity) -> str:
    """Return the address of the site at which the person confirms what was proved."""
    code = _give(Purpose.PROOF, begun.browser, begun.came_from, identity)
    return f"{begun.site}/identity-return?code={code}"


def refused(error: PlonegovError, site: str = "", came_from: str = "") -> str:
    """Return the address of the site that says why nobody was signed in.

    It may be opened again, also in another language: see ``refusal_of``.
    """
    query = {"refused": error.code, "came_from": came_from}
    return f"{site or site_address()}/prove-identity?{urlencode(query)}"


def returned(code: str) -> tuple[Proof, str]:
    """Return a proof that came back to the site, and the code to confirm it with.

    :raises SignInOver: the code is no longer good, or another browser's.
    """
    proof = _take(code, Purpose.PROOF)
    confirm = _give(Purpose.CONFIRM, proof.browser, proof.came_from, proof.identity)
    return proof, confirm


def sign_in(code: str) -> str:
    """Open a session for the person who confirms; return the address to go to.

    A double click finds the code good for a moment more, and a session that is no
    younger.

    :raises SignInOver: the code is no longer good, or another browser's.
    """
    proof = _take(code, Purpose.CONFIRM, Purpose.AGAIN)
    confirmed = proof.confirmed or int(now().timestamp())
    content = _content(proof.came_from, proof.identity) | {"confirmed": confirmed}
    codes.give(Purpose.AGAIN, proof.browser, content, code)
    person = people().keep(proof.identity, town_keys(), town_today())
    folder = api.portal.get_tool("acl_users")
    tokens = (str(proof.identity.level), proof.identity.way)
    response = getRequest().response
    folder[SESSION]._setupSession(
        person.id, response, tokens=tokens, user_data=str(confirmed)
    )
    return proof.came_from


def proved_now() -> ProvedIdentity | None:
    """Return who the current session has proved to be, at the level that counts now.

    It is None for who signed in with a password, or so long ago that it counts no more.
    """
    user = api.user.get_current()
    person = None if api.user.is_anonymous() else people().get(user.getId())
    ticket = _ticket() if person is not None else None
    if person is None or ticket is None:
        return None
    user_id, tokens, at = ticket
    level = _level(tokens)
    if user_id != person.id or level is None or not _counts(at):
        return None
    facts = person.facts(town_keys())
    known = {**facts.as_plain(), "level": str(level)}
    return ProvedIdentity.from_plain(known)


def _counts(at: str) -> bool:
    if not at.isdecimal():
        return False
    age = now() - datetime.fromtimestamp(int(at), UTC)
    return timedelta(0) <= age + timedelta(minutes=1) and age <= LIFETIME


def _level(tokens: Iterable[str]) -> AssuranceLevel | None:
    named = [token for token in tokens if token in set(AssuranceLevel)]
    if not named:
        return None
    level = AssuranceLevel(named[0])
    return level if reaches(level, AssuranceLevel.SUBSTANTIAL) else None


def _ticket() -> tuple[str, tuple[str, ...], str] | None:
    """Return user, tokens and data of the request's session, once it is found valid."""
    plugin = api.portal.get_tool("acl_users")[SESSION]
    given = plugin.extractCredentials(getRequest())
    found = plugin._validateTicket(given["cookie"]) if given else None
    if found is None:
        return None
    _digest, user_id, tokens, data, _when = found
    return user_id, tuple(tokens), data


def _give(
    purpose: Purpose, browser: str, came_from: str, identity: ProvedIdentity
) -> str:
    return codes.give(purpose, browser, _content(came_from, identity))


def _content(came_from: str, identity: ProvedIdentity) -> dict[str, Any]:
    return {"came_from": came_from, "identity": identity.as_plain()}


def _take(code: str, *purposes: Purpose) -> Proof:
    kept = codes.take(code, _browser(), *purposes)
    content = dict(kept.content)
    identity = ProvedIdentity.from_plain(content.pop("identity"))
    return Proof(identity, browser=kept.browser, **content)


def _browser() -> str:
    return codes.digest(getRequest().cookies.get(COOKIE, ""))


def _own_browser() -> str:
    """Return the browser's secret; a new one where it has none."""
    request = getRequest()
    known = request.cookies.get(COOKIE, "")
    if known:
        return known
    secret = secrets.token_urlsafe(codes.BYTES)
    portal = api.portal.get()
    request.response.setCookie(
        COOKIE,
        secret,
        path=request.physicalPathToURL(portal.getPhysicalPath(), relative=1) or "/",
        http_only=True,
        same_site="Lax",
        secure=portal.absolute_url().startswith("https:"),
    )
    return secret
