"""Can people prove who they are, and nobody that he is somebody else?"""

from collections.abc import Iterator
from datetime import datetime
from datetime import timedelta
from plonegov.certification import PACKAGE_NAME
from plonegov.certification.adapters import identitywords as words
from plonegov.certification.adapters.eidsettings import load_eid
from plonegov.certification.adapters.openidhttp import Unreachable
from plonegov.certification.adapters.openidknown import KnownFile
from plonegov.certification.adapters.openidsettings import load_provider
from plonegov.certification.adapters.selftest import attempt
from plonegov.certification.adapters.selftest import Tried
from plonegov.certification.api.eidstate import AuthorityState
from plonegov.certification.api.eidstate import eid_state
from plonegov.certification.api.openid import setup
from plonegov.certification.domain.errors import SettingsWrong
from plonegov.certification.domain.openid import AnswerWrong
from plonegov.certification.messages import SETTINGS_WRONG
from plonegov.core.api import now
from plonegov.core.municipality.model import Municipality
from plonegov.core.ops.findings import filled
from plonegov.core.ops.findings import Finding
from plonegov.core.ops.findings import State
from plonegov.core.ops.interfaces import IHealthCheck
from typing import Any
from zope.i18nmessageid import Message
from zope.interface import implementer


#: A root or issuer of cards that ends so soon must be replaced.
SOON = timedelta(days=30)
#: How far the clock may be off: proofs and codes count for a minute.
CLOCK = timedelta(seconds=30)


@implementer(IHealthCheck)
class IdentityHealth:
    """What can be seen of signing in with a proof (see ``IHealthCheck``)."""

    def look(self, portal: Any) -> list[Finding]:
        """Return findings of the settings, authorities and lists of revoked cards."""
        return [*_cards(), *_provider()]

    def probe(self, town: Municipality, moment: datetime) -> list[Finding]:
        """Return whether forged headers are taken away, the provider answers and the
        clock is right."""
        card = _card_url(town.id)
        tried = [attempt(f"{town.site_url.rstrip('/')}/received-headers")]
        if not town.site_url:
            tried = []
        elif card:
            tried.append(attempt(f"{card.rstrip('/')}/eid-card?selftest=1"))
        found = [_proxy(each, bool(card)) for each in tried]
        found += [_clock(each, moment) for each in tried[:1] if each.date is not None]
        return [*found, *_asked(town.id, moment)]


def _cards() -> Iterator[Finding]:
    state = eid_state()
    if state is None:
        yield _finding("cards", State.OK, words.NO_CARDS)
        return
    if state.wrong is not None:
        seen = filled(SETTINGS_WRONG, **state.wrong)
        yield _finding("cards", State.BAD, seen, words.CARDS_REMEDY)
        return
    yield _finding("cards", State.OK, filled(words.CARDS, url=state.url))
    for number, authority in enumerate(state.authorities, start=1):
        yield _authority(number, authority)


def _authority(number: int, found: AuthorityState) -> Finding:
    """Return how an authority and its list of revoked certificates stand."""
    name, moment = f"authority_{number}", now()
    ends = f"{found.expires:%Y-%m-%d}"
    if found.list != "current":
        seen = filled(words.LISTS[found.list], name=found.name)
        return _finding(name, State.BAD, seen, words.LIST_REMEDY)
    age = (moment - found.list_made) // timedelta(hours=1) if found.list_made else 0
    seen = filled(words.AUTHORITY, name=found.name, day=ends, hours=max(0, age))
    if found.expires <= moment:
        return _finding(name, State.BAD, seen, words.AUTHORITY_REMEDY)
    if found.expires - moment <= SOON:
        return _finding(name, State.SOON, seen, words.AUTHORITY_REMEDY)
    return _finding(name, State.OK, seen)


def _provider() -> Iterator[Finding]:
    found = setup()
    if found is None:
        yield _finding("provider", State.OK, words.NO_PROVIDER)
    elif found.wrong is not None:
        seen = filled(SETTINGS_WRONG, **found.wrong)
        yield _finding("provider", State.BAD, seen, words.PROVIDER_REMEDY)
    else:
        seen = filled(words.PROVIDER, issuer=found.issuer)
        yield _finding("provider", State.OK, seen)


def _card_url(municipality_id: str) -> str:
    try:
        settings = load_eid(municipality_id)
    except SettingsWrong:
        return ""  # ``look`` says so
    return settings.url if settings is not None else ""


def _proxy(tried: Tried, counts: bool) -> Finding:
    """Return what came of forged headers.

    :param counts: the town asks for cards, so that they would be believed.
    """
    name = f"proxy_{'card' if 'eid-card' in tried.url else 'site'}"
    if tried.problem:
        seen = filled(words.UNTRIED, url=tried.url, why=tried.problem)
        return _finding(name, State.BAD, seen, words.UNTRIED_REMEDY)
    if not tried.arrived:
        return _finding(name, State.OK, filled(words.STRIPPED, url=tried.url))
    headers = ", ".join(tried.arrived)
    seen = filled(words.ARRIVED, url=tried.url, headers=headers)
    state = State.BAD if counts else State.SOON
    return _finding(name, state, seen, words.ARRIVED_REMEDY)


def _clock(tried: Tried, moment: datetime) -> Finding:
    off = abs(moment - tried.date) if tried.date else timedelta(0)
    seen = filled(words.CLOCK, seconds=int(off.total_seconds()), url=tried.url)
    if off <= CLOCK:
        return _finding("clock", State.OK, seen)
    return _finding("clock", State.BAD, seen, words.CLOCK_REMEDY)


def _asked(municipality_id: str, moment: datetime) -> Iterator[Finding]:
    try:
        provider = load_provider(municipality_id)
        if provider is None:
            return
        KnownFile(municipality_id).fetch(provider, moment)
    except SettingsWrong:
        return  # ``look`` says so
    except (Unreachable, AnswerWrong) as error:
        seen = filled(words.SILENT, issuer=provider.issuer, why=str(error))
        yield _finding("answer", State.BAD, seen, words.SILENT_REMEDY)
    else:
        seen = filled(words.ANSWERS, issuer=provider.issuer)
        yield _finding("answer", State.OK, seen)


def _finding(
    name: str, state: State, seen: Message, remedy: Message | None = None
) -> Finding:
    title = words.TITLES[name.partition("_")[0]]
    return Finding(f"{PACKAGE_NAME}.{name}", title, state, seen, remedy)
