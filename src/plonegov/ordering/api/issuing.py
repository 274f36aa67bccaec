"""Drawing up the town's document of an order from what the clerk confirmed."""

from plonegov.core.api import municipality
from plonegov.core.municipality.facts import settings
from plonegov.core.municipality.model import Address
from plonegov.core.pdf.sealplace import SealPlace
from plonegov.core.theme.emblem import emblem
from plonegov.ordering.adapters.certificate import CertificateFacts
from plonegov.ordering.adapters.certificate import LetterFacts
from plonegov.ordering.adapters.certificate import render_certificate
from plonegov.ordering.adapters.certificate import render_letter
from plonegov.ordering.api import versions
from plonegov.ordering.api.documents import find
from plonegov.ordering.api.documents import legal_basis
from plonegov.ordering.api.documents import statement
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.content.order import Order
from plonegov.ordering.domain.model import Kind
from plonegov.ordering.domain.reference import format_reference


def draw_up(order: Order) -> bytes:
    """Return the order's certificate, or the covering letter of an act, as PDF/UA.

    It is in the town's legal language and reads ``findings`` only, never ``answers``.

    :raises PlonegovError: a finding is missing.
    """
    return _letter(order) if order.kind == Kind.ATTACHED else draw_certificate(order)


def draw_certificate(order: Order, seal: SealPlace | None = None) -> bytes:
    """Return the order's certificate as PDF/UA.

    :param seal: what stands at the place that it leaves for the seal; None: for ink.
    :raises PlonegovError: a finding is missing.
    """
    town = municipality()
    document = find(order.document)
    return render_certificate(
        CertificateFacts(
            municipality=town,
            title=order.document_title[town.legal_language],
            statement=statement(document)[town.legal_language],
            reference=format_reference(order.reference),
            service=order.service,
            issued=town_today(),
            findings=versions.of_order(order).findings,
            values=order.findings,
            legal_basis=legal_basis(document)[town.legal_language],
            emblem=emblem().encode(),
            specimen=bool(settings().demo),
            replaces=bool(order.former),
            seal=seal,
        )
    )


def _letter(order: Order) -> bytes:
    town = municipality()
    return render_letter(
        LetterFacts(
            municipality=town,
            title=order.document_title[town.legal_language],
            reference=format_reference(order.reference),
            service=order.service,
            issued=town_today(),
            name=order.applicant_name,
            address=Address(**order.postal_address),
            copies=order.copies,
            emblem=emblem().encode(),
            specimen=bool(settings().demo),
        )
    )
