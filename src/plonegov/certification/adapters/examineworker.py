"""Examines the seal of a PDF in a process of its own.

Started by ``examining`` with the PDF as its standard input; its arguments are the
certificates (DER in base64) that a seal of the town leads to. The answer is one JSON
object on the standard output: ``seal`` is null, or what was found. Any status but 0:
it is no PDF that can be read.
"""

from base64 import b64decode
from datetime import datetime
from hashlib import sha256
from io import BytesIO

import asyncio
import json
import resource
import sys


SECONDS = 8
MEMORY = 768 << 20


def examine(data: bytes, roots: list[bytes]) -> dict | None:
    """Return what is found of a PDF's last seal; None: it has none.

    :raises ValueError: it is no PDF that can be read.
    """
    from asn1crypto.x509 import Certificate
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    known = [Certificate.load(root) for root in roots]
    try:
        reader = PdfFileReader(BytesIO(data))
        seals = reader.embedded_regular_signatures
        return _found(seals[0], data, known) if seals else None
    except (PdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValueError("no readable PDF") from error


def _found(seal, data: bytes, roots: list) -> dict:
    from pyhanko.sign.validation import validate_pdf_signature

    start, length = (int(number) for number in list(seal.byte_range)[2:])
    claimed = seal.self_reported_timestamp
    moment = claimed if isinstance(claimed, datetime) else None
    status = validate_pdf_signature(seal, _context(roots, moment))
    return {
        "digest": sha256(data[: start + length]).hexdigest(),
        "ours": _leads_home(seal.signer_cert, seal.other_embedded_certs, roots, moment),
        "intact": bool(status.intact and status.valid),
        "whole": bool(_whole(status)),
    }


def _context(roots: list, moment: datetime | None):
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(trust_roots=roots, allow_fetching=False, moment=moment)


def _leads_home(certificate, others: list, roots: list, moment) -> bool:
    """Tell whether a certificate is one of the town's, whatever it was used for."""
    from pyhanko_certvalidator import CertificateValidator
    from pyhanko_certvalidator.errors import PathError
    from pyhanko_certvalidator.errors import ValidationError

    validator = CertificateValidator(
        certificate, others, validation_context=_context(roots, moment)
    )
    try:
        asyncio.run(validator.async_validate_usage(set()))
    except (PathError, ValidationError):
        return False
    return True


def _whole(status) -> bool:
    """Tell whether only proofs of the seal followed it, if anything."""
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import SignatureCoverageLevel

    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    return (
        status.coverage == SignatureCoverageLevel.ENTIRE_REVISION
        and bool(status.docmdp_ok)
        and status.modification_level <= ModificationLevel.LTA_UPDATES
    )


def main() -> None:
    """Limit this process, then answer for what comes in."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    roots = [b64decode(argument) for argument in sys.argv[1:]]
    try:
        seal = examine(sys.stdin.buffer.read(), roots)
    except ValueError as error:
        sys.exit(str(error))
    sys.stdout.write(json.dumps({"seal": seal}))


if __name__ == "__main__":
    main()
