"""Extracts and minutes that the town seals, as a job makes them.

The seal says that the town made the paper, and that it was not changed since. Who signs
is printed as on paper without it: it stands for nobody's signature.
"""

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from plone import api
from plonegov.core.api import has_port
from plonegov.core.api import municipality
from plonegov.core.api import port
from plonegov.core.pdf.errors import SealKeyUnusable
from plonegov.core.pdf.interfaces import ISealer
from plonegov.core.pdf.sealplace import SealPlace
from plonegov.core.registers import proofs
from plonegov.core.registers import sealed
from plonegov.core.registers.sealed import SealedKind
from plonegov.core.registers.sealed import Standing
from plonegov.deliberations import _
from plonegov.deliberations import logger
from plonegov.deliberations import PACKAGE_NAME
from plonegov.deliberations.adapters import papers
from plonegov.deliberations.adapters.papers import Paper
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.interfaces import SEAL_PAPERS
from zope.i18n import translate


@dataclass(frozen=True)
class Drawn:
    """A paper as PDF; ``code`` is that of its seal, "" without one."""

    pdf: bytes
    code: str = ""


def asked(meeting: Meeting) -> str:
    """Return the address that sealed papers of a meeting send people to, "" for none.

    To be kept with what is asked for: a job knows neither who asked nor the address.
    """
    may = api.user.has_permission(SEAL_PAPERS, obj=meeting)
    if not (may and has_port(ISealer) and port(ISealer).is_ready()):
        return ""
    base = municipality().site_url.rstrip("/") or api.portal.get().absolute_url()
    return f"{base}/verify"


def draw(paper: Callable[[SealPlace | None], Paper], address: str) -> Drawn:
    """Return a paper as PDF, sealed if it was asked for and can be; nothing is written.

    :param paper: draws it with the place of its seal, or without one.
    :param address: as ``asked`` returned it.
    """
    if not (address and has_port(ISealer)):
        return Drawn(paper(None).pdf())
    try:
        return draw_sealed(paper, address)
    except SealKeyUnusable as error:
        # The paper is needed with or without it, and the doctor names what is wrong.
        logger.error("A paper is not sealed: %s", error)
        return Drawn(paper(None).pdf())


def draw_sealed(paper: Callable[[SealPlace | None], Paper], address: str) -> Drawn:
    """Return a paper as PDF with the town's seal; see ``draw``.

    :raises SealKeyUnusable: the town's key can't be used now.
    """
    sealer, code = port(ISealer), sealed.new_document_code()
    place = SealPlace(code, address, sealer.statement(papers.legal_language()))
    return Drawn(sealer.seal(paper(place).pdf()), code)


def enter(drawn: Drawn, kind: SealedKind, *, who: str, key: str, former: str) -> None:
    """Register a sealed paper in place of the former one; one without a seal is not.

    The caller holds the town's write lock and keeps the paper in the same transaction.

    :param who: account of who asked for it.
    :param key: what ``adapters.sealedfiles`` finds it by.
    :param former: the code of the one before, "" for none.
    """
    if drawn.code:
        sealed.enter(drawn.code, sha256(drawn.pdf).hexdigest(), kind, who=who)
        proofs.expect(drawn.code, PACKAGE_NAME, key)
    if former and _counts(former):
        said = _("paper_made_anew", default="It was made anew.")
        if drawn.code:
            sealed.replace(former, drawn.code, _legal(said), who=who)
        else:
            sealed.revoke(former, _legal(said), who=who)


def end(code: str, reason: str, who: str) -> None:
    """Say that a sealed paper counts no more, if there is one."""
    if code and _counts(code):
        sealed.revoke(code, reason, who=who)


def titles(word: str, rest: str) -> Mapping[str, str]:
    """Return the title of a paper in the languages of the town's pages.

    :param word: of ``documents/words``, ``rest`` what follows it.
    """
    town = municipality()
    return {
        language: f"{papers.paper_words(language, town.country)[word]} – {rest}"
        for language in town.interface_languages
    }


def _counts(code: str) -> bool:
    return sealed.find(code).standing == Standing.VALID


def _legal(message) -> str:
    return translate(message, target_language=municipality().legal_language)
