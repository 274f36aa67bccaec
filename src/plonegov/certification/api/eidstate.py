"""How well a town is set up for identity cards, as plain data."""

from cryptography import x509
from dataclasses import dataclass
from datetime import datetime
from plonegov.certification.adapters import eidlists
from plonegov.certification.adapters.eidsettings import load_eid
from plonegov.certification.domain.errors import SettingsWrong
from plonegov.certification.domain.revocation import is_current
from plonegov.certification.domain.revocation import is_issued_by
from plonegov.core.api import municipality
from plonegov.core.api import now
from typing import Any


@dataclass(frozen=True)
class AuthorityState:
    """A root or issuer of cards: its name, until when it counts, and its kept list.

    ``list`` is ``current``, ``stale``, ``foreign`` (not signed by it) or ``missing``;
    only with a current one can its cards be checked.
    """

    name: str
    root: bool
    expires: datetime
    list: str
    list_made: datetime | None = None
    list_ends: datetime | None = None


@dataclass(frozen=True)
class EidState:
    """A town's settings: ``wrong`` is what is wrong (``file``, ``key``, ``found``,
    ``allowed``); the rest is empty then."""

    wrong: dict[str, Any] | None = None
    url: str = ""
    secret_length: int = 0
    authorities: tuple[AuthorityState, ...] = ()


def eid_state() -> EidState | None:
    """Return how the current town is set up; None where cards are not asked for."""
    town = municipality().id
    try:
        settings = load_eid(town)
    except SettingsWrong as error:
        return EidState(wrong=error.context)
    if settings is None:
        return None
    return EidState(
        url=settings.url,
        secret_length=len(settings.secret),
        authorities=tuple(
            _authority(town, one, one in settings.roots) for one in settings.authorities
        ),
    )


def _authority(town: str, one: x509.Certificate, root: bool) -> AuthorityState:
    name = one.subject.rfc4514_string()
    ends = one.not_valid_after_utc
    kept = eidlists.kept(town, one)
    if kept is None:
        return AuthorityState(name, root, ends, "missing")
    state = "current" if is_current(kept, now()) else "stale"
    if not is_issued_by(kept, one):
        state = "foreign"
    made, until = kept.last_update_utc, kept.next_update_utc
    return AuthorityState(name, root, ends, state, made, until)
