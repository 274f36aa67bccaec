"""Certificates that the town seals: made, sealed and registered in one go.

What is sealed can be sent on and checked by anybody (``core.registers.sealed``). A
sealed certificate that is made anew, that proved wrong, or whose order ends without it,
counts no more.
"""

from hashlib import sha256
from plone import api
from plonegov.core.api import has_port
from plonegov.core.api import municipality
from plonegov.core.api import port
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.pdf.interfaces import ISealer
from plonegov.core.pdf.sealplace import SealPlace
from plonegov.core.records.events import actor
from plonegov.core.records.events import log
from plonegov.core.registers import proofs
from plonegov.core.registers import sealed
from plonegov.core.registers.sealed import SealedKind
from plonegov.core.registers.sealed import Standing
from plonegov.ordering import _
from plonegov.ordering import PACKAGE_NAME
from plonegov.ordering.api import handling
from plonegov.ordering.api.issuing import draw_certificate
from plonegov.ordering.api.links import public_url
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.errors import ActNotSealed
from plonegov.ordering.domain.model import Kind
from plonegov.ordering.interfaces import SEAL_DOCUMENTS
from zope.i18n import translate
from zope.i18nmessageid import Message


NOT_NEEDED = _("seal_ended", default="It was made anew without a seal, or not needed.")
PROVED_WRONG = _("seal_wrong", default="It was handed over and proved wrong.")


def is_ready() -> bool:
    """Tell whether the town has a seal, and its key."""
    return has_port(ISealer) and port(ISealer).is_ready()


def is_offered(order: Order) -> bool:
    """Tell whether who looks at an order may have its certificate sealed."""
    may = api.user.has_permission(SEAL_DOCUMENTS, obj=order)
    return may and order.kind == Kind.CERTIFICATE and is_ready()


def seal(order: Order) -> bytes:
    """Draw up the order's certificate with the town's seal, register and keep it.

    The caller holds the town's write lock. One sealed before for this order is replaced.

    :raises ActionNotAllowed: the person may not seal, the town has no seal, or nobody
        works on the order.
    :raises ActNotSealed: an act leaves the town as its register made it.
    :raises SealKeyUnusable: its key can't be used.
    :raises TransitionRefused: a check of ``domain.rules.PRODUCING`` is not done.
    """
    handling.require(order, SEAL_DOCUMENTS)
    if order.kind != Kind.CERTIFICATE:
        raise ActNotSealed()
    if not is_ready():
        raise ActionNotAllowed(state=order.state)
    handling.check_makeable(order)
    sealer, code = port(ISealer), sealed.new_document_code()
    language = municipality().legal_language
    place = SealPlace(code, f"{public_url()}/verify", sealer.statement(language))
    pdf = sealer.seal(draw_certificate(order, place))
    who = actor()
    kind = SealedKind(order.document, order.document_title, order.service)
    digest = sha256(pdf).hexdigest()
    sealed.enter(code, digest, kind, who=who, initials=_initials(order))
    handling.keep_made(order, pdf, "sealed")
    proofs.expect(code, PACKAGE_NAME, order.getId())
    _replace(order, code, who)
    return pdf


def end(order: Order, reason: Message = NOT_NEEDED) -> bool:
    """Say that the order's sealed certificate counts no more; return whether one did."""
    if not counts(order):
        return False
    sealed.revoke(order.seal_code, _legal(reason), who=actor())
    log(order, "seal_revoked")
    return True


def counts(order: Order) -> bool:
    """Tell whether the order has a sealed certificate that counts."""
    code = order.seal_code
    return bool(code) and sealed.find(code).standing == Standing.VALID


def check_url(order: Order) -> str:
    """Return where anybody checks the order's sealed certificate; "": it has none."""
    return f"{public_url()}/verify/{order.seal_code}" if counts(order) else ""


def _replace(order: Order, code: str, who: str) -> None:
    if counts(order):
        said = _legal(_("seal_replaced", default="It was made anew."))
        sealed.replace(order.seal_code, code, said, who=who)
    order.seal_code = code


def _initials(order: Order) -> str:
    """Return the initials of whom the certificate names: by the register, as on the
    page; only where no name was looked up there, by the order."""
    person = order.subject if order.relation != "self" else order.applicant
    name = order.findings.get("full_name") or " ".join(
        (person["first_name"], person["last_name"])
    )
    return "".join(f"{word[0].upper()}." for word in name.split())


def _legal(message: Message) -> str:
    return translate(message, target_language=municipality().legal_language)
