"""Is the town's seal in order? Its key, its certificates and its time stamps."""

from asn1crypto.x509 import Certificate
from collections.abc import Iterable
from datetime import datetime
from datetime import timedelta
from plonegov.certification import PACKAGE_NAME
from plonegov.certification.adapters import healthwords as words
from plonegov.certification.adapters.keyfile import former_roots
from plonegov.certification.adapters.proving import ask_authority
from plonegov.certification.adapters.sealers import PyHankoSealer
from plonegov.certification.adapters.sealsettings import authority_roots
from plonegov.certification.adapters.sealsettings import load_seal
from plonegov.certification.domain.errors import AuthorityUnavailable
from plonegov.certification.domain.errors import ProofsRefused
from plonegov.certification.domain.errors import SettingsWrong
from plonegov.certification.domain.sealsettings import Timestamps
from plonegov.certification.messages import SETTINGS_WRONG
from plonegov.core.api import has_port
from plonegov.core.api import municipality
from plonegov.core.api import now
from plonegov.core.api import port
from plonegov.core.municipality.model import Municipality
from plonegov.core.ops.findings import filled
from plonegov.core.ops.findings import Finding
from plonegov.core.ops.findings import State
from plonegov.core.ops.interfaces import IHealthCheck
from plonegov.core.pdf.errors import SealKeyUnusable
from plonegov.core.pdf.interfaces import ISealer
from plonegov.core.registers import proofs
from typing import Any
from zope.i18nmessageid import Message
from zope.interface import implementer


#: A certificate that ends so soon must be replaced.
SOON = timedelta(days=30)
#: How long a time stamp may wait.
PATIENCE = timedelta(days=1)


@implementer(IHealthCheck)
class SealHealth:
    """What can be seen of a town's seal (see ``IHealthCheck``)."""

    def look(self, portal: Any) -> list[Finding]:
        """Return findings of key, certificates, settings and what waits."""
        found = _settings(municipality().id)
        sealer = port(ISealer) if has_port(ISealer) else None
        if isinstance(sealer, PyHankoSealer):
            found = [*_seal(sealer), *found]
        return [*found, _waiting()]

    def probe(self, town: Municipality, moment: datetime) -> list[Finding]:
        """Return whether the time-stamping authority answers, if there is one."""
        try:
            settings = load_seal(town.id).timestamp
            if settings is not None:
                return [_authority(town.id, settings)]
        except SettingsWrong:
            pass  # ``look`` says so
        return []


def _seal(sealer: PyHankoSealer) -> Iterable[Finding]:
    if not sealer.has_key():
        seen = words.KEY_UNUSED if sealer.is_ready() else words.NO_KEY
        yield _finding("key", State.OK, seen)
        return
    try:
        with sealer.signing() as signer:
            certificate, others = signer.signing_cert, list(signer.cert_registry)
    except SealKeyUnusable as error:
        reason = error.context["reason"]
        yield _finding("key", State.BAD, words.KEY_UNUSABLE, words.REMEDIES[reason])
        return
    yield _key(certificate, now())
    yield _chain(certificate, [*others, *former_roots(municipality().id)])


def _key(certificate: Certificate, moment: datetime) -> Finding:
    ends = certificate.not_valid_after
    name = certificate.subject.human_friendly
    seen = filled(words.KEY_VALID, name=name, day=ends.date().isoformat())
    if ends - moment > SOON:
        return _finding("key", State.OK, seen)
    return _finding("key", State.SOON, seen, words.REMEDIES["expired"])


def _chain(certificate: Certificate, others: Iterable[Certificate]) -> Finding:
    """Follow who issued whom, up to who issued itself."""
    by_name = {each.subject.hashable: each for each in others}
    steps: list[Certificate] = [certificate]
    while not steps[-1].self_issued:
        above = by_name.get(steps[-1].issuer.hashable)
        if above is None:
            name = steps[-1].issuer.human_friendly
            seen = filled(words.CHAIN_BROKEN, name=name)
            return _finding("chain", State.BAD, seen, words.CHAIN_REMEDY)
        if above in steps:
            break
        steps.append(above)
    return _finding("chain", State.OK, filled(words.CHAIN, number=len(steps)))


def _settings(municipality_id: str) -> list[Finding]:
    try:
        settings = load_seal(municipality_id)
        if settings.timestamp is not None:
            authority_roots(municipality_id)
    except SettingsWrong as error:
        seen = filled(SETTINGS_WRONG, **error.context)
        return [_finding("settings", State.BAD, seen, words.SETTINGS_REMEDY)]
    if settings.timestamp is None:
        return [_finding("settings", State.OK, words.NO_AUTHORITY)]
    seen = filled(words.AUTHORITY, url=settings.timestamp.url)
    return [_finding("settings", State.OK, seen)]


def _waiting() -> Finding:
    waiting = proofs.waiting()
    if not waiting:
        return _finding("waiting", State.OK, words.NOTHING_WAITS)
    since = waiting[0].since
    seen = filled(words.WAIT, number=len(waiting), since=f"{since:%Y-%m-%d %H:%M} UTC")
    if now() - since <= PATIENCE:
        return _finding("waiting", State.OK, seen)
    return _finding("waiting", State.BAD, seen, words.WAIT_REMEDY)


def _authority(municipality_id: str, settings: Timestamps) -> Finding:
    try:
        ask_authority(municipality_id, settings)
    except AuthorityUnavailable as error:
        seen = filled(words.SILENT, url=settings.url, **error.context)
        return _finding("authority", State.BAD, seen, words.SILENT_REMEDY)
    except ProofsRefused as error:
        seen = filled(words.UNTRUSTED, url=settings.url, **error.context)
        return _finding("authority", State.BAD, seen, words.UNTRUSTED_REMEDY)
    return _finding("authority", State.OK, filled(words.ANSWERS, url=settings.url))


def _finding(
    name: str, state: State, seen: Message, remedy: Message | None = None
) -> Finding:
    return Finding(f"{PACKAGE_NAME}.{name}", words.TITLES[name], state, seen, remedy)
