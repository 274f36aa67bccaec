"""Print what a seal costs through our port and by pyHanko alone, on the same PDF.

``sealing.py NUMBER``, for the demonstration in ``$PLONEGOV_HOME``: JSON with the seconds of
each, by turns, and those of a clerk's click that makes a certificate, with a seal or not.
"""

from pathlib import Path

import json
import sys
import time


def compare(number: int) -> dict:
    """Seal the same certificate in both ways, one after the other."""
    from helpers.orders import request
    from io import BytesIO
    from plone import api
    from plonegov.certification.adapters.keyfile import key_path
    from plonegov.certification.adapters.keyfile import load_signer
    from plonegov.certification.adapters.sealers import GLASS
    from plonegov.core.api import now
    from plonegov.core.api import port
    from plonegov.core.pdf.interfaces import ISealer
    from plonegov.core.pdf.sealplace import SealPlace
    from plonegov.core.registers.sealed import new_document_code
    from plonegov.municipalities.loader.sites import get_site
    from plonegov.municipalities.server.runtime import application
    from plonegov.municipalities.server.runtime import start_zope
    from plonegov.municipalities.server.runtime import writing
    from plonegov.ordering.api import handling
    from plonegov.ordering.api import orders
    from plonegov.ordering.api import seals
    from plonegov.ordering.api.issuing import draw_certificate
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata
    from pyhanko.sign.signers import PdfSigner

    start_zope()
    with application() as root, writing("seneffe"):
        get_site(root, "seneffe")
        order = orders.place(request(applicant__email=""))
        with api.env.adopt_user("clerk"):
            handling.take(order)
            found = {each.id: "Exemple" for each in handling.findings_of(order)}
            dates = {name: "1985-07-30" for name in found if "date" in name}
            dates |= {name: "2019-02-01" for name in found if name.endswith("since")}
            handling.confirm_findings(order, found | dates, address_unprotected=True)
        sealer = port(ISealer)
        place = SealPlace(new_document_code(), "http://localhost/verify", "DEMO")
        pdf = draw_certificate(order, place)
        sealer.seal(pdf)
        signer = load_signer(key_path("seneffe", sealer.key), now())
        meta = PdfSignatureMetadata(
            field_name="seal",
            md_algorithm="sha256",
            name="Seneffe",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )

        def bare() -> None:
            writer = IncrementalPdfFileWriter(BytesIO(pdf))
            PdfSigner(meta, signer, stamp_style=GLASS).sign_pdf(
                writer, existing_fields_only=True
            )

        kept = {"ours": [], "bare": []}
        for _ in range(number):
            kept["ours"].append(seconds(lambda: sealer.seal(pdf)))
            kept["bare"].append(seconds(bare))
        kept |= {"made": [], "sealed": []}
        with api.env.adopt_user("clerk"):
            for _ in range(number):
                kept["made"].append(seconds(lambda: handling.produce(order)))
                kept["sealed"].append(seconds(lambda: seals.seal(order)))
        return kept


def seconds(action) -> float:
    """Return how long something takes."""
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    print(json.dumps(compare(int(sys.argv[1]))))
