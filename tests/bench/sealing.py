"""Print what a seal costs through our port and by pyHanko alone, on the same PDF.

``sealing.py NUMBER``, for the demonstration in ``$PLONEGOV_HOME``: JSON with the seconds of
each, by turns, and those of a clerk's click that makes a certificate, with a seal or not.
"""

from pathlib import Path

import json
import sys
import time


def compare(number: int) -> dict[str, list[float]]:
    """Seal the same certificate in both ways, one after the other."""
    from plone import api
    from plonegov.core.api import port
    from plonegov.core.pdf.interfaces import ISealer
    from plonegov.core.pdf.sealplace import SealPlace
    from plonegov.core.registers.sealed import new_document_code
    from plonegov.municipalities.loader.sites import get_site
    from plonegov.municipalities.server.runtime import application
    from plonegov.municipalities.server.runtime import start_zope
    from plonegov.municipalities.server.runtime import writing
    from plonegov.ordering.api import handling
    from plonegov.ordering.api import seals
    from plonegov.ordering.api.issuing import draw_certificate

    start_zope()
    kept: dict[str, list[float]] = {}
    with application() as root, writing("seneffe"):
        get_site(root, "seneffe")
        order, sealer = confirmed(), port(ISealer)
        place = SealPlace(new_document_code(), "http://localhost/verify", "DEMO")
        pdf = draw_certificate(order, place)
        sealer.seal(pdf)
        actions = {
            "ours": lambda: sealer.seal(pdf),
            "bare": bare(sealer, pdf),
            "made": lambda: handling.produce(order),
            "sealed": lambda: seals.seal(order),
        }
        with api.env.adopt_user("clerk"):
            for _ in range(number):
                for name, action in actions.items():
                    kept.setdefault(name, []).append(seconds(action))
    return kept


def confirmed():
    """Return an order whose certificate the clerk may make."""
    from helpers.orders import request
    from plone import api
    from plonegov.ordering.api import handling
    from plonegov.ordering.api import orders

    order = orders.place(request(applicant__email=""))
    with api.env.adopt_user("clerk"):
        handling.take(order)
        found = {each.id: "Exemple" for each in handling.findings_of(order)}
        dates = {name: "1985-07-30" for name in found if "date" in name}
        dates |= {name: "2019-02-01" for name in found if name.endswith("since")}
        handling.confirm_findings(order, found | dates, address_unprotected=True)
    return order


def bare(sealer, pdf: bytes):
    """Return what seals a PDF with the same key by pyHanko's own call."""
    from io import BytesIO
    from plonegov.certification.adapters.sealers import GLASS
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata
    from pyhanko.sign.signers import PdfSigner

    meta = PdfSignatureMetadata(
        field_name="seal",
        md_algorithm="sha256",
        name="Seneffe",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    with sealer.signing() as signer:

        def call() -> None:
            writer = IncrementalPdfFileWriter(BytesIO(pdf))
            PdfSigner(meta, signer, stamp_style=GLASS).sign_pdf(
                writer, existing_fields_only=True
            )

        return call


def seconds(action) -> float:
    """Return how long something takes."""
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    print(json.dumps(compare(int(sys.argv[1]))))
