"""Appends the proofs of a seal to its PDF (PAdES B-LTA, ETSI EN 319 142-1).

Two revisions follow the seal's: the certificates and lists that show that nothing was
revoked, then a time stamp over all that is there, with the same for the authority's own
certificate. The seal allows them, and its digest in the register is of its revision only.
"""

from asn1crypto.x509 import Certificate
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from io import BytesIO
from plonegov.certification.adapters.asking import Authority
from plonegov.certification.adapters.asking import new_session
from plonegov.certification.adapters.keyfile import known_roots
from plonegov.certification.adapters.sealsettings import authority_roots
from plonegov.certification.domain.errors import AuthorityUnavailable
from plonegov.certification.domain.errors import ProofsRefused
from plonegov.certification.domain.sealsettings import Timestamps
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import InvisSigSettings
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.signers.pdf_signer import TimestampDSSContentSettings
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation import async_validate_pdf_timestamp
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation import SignatureCoverageLevel
from pyhanko.sign.validation.dss import async_add_validation_info
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import CRLFetchError
from pyhanko_certvalidator.errors import InsufficientRevinfoError
from pyhanko_certvalidator.errors import OCSPFetchError
from pyhanko_certvalidator.errors import PathError
from pyhanko_certvalidator.errors import ValidationError
from pyhanko_certvalidator.fetchers.aiohttp_fetchers import AIOHttpFetcherBackend

import asyncio


#: Seconds for all that is asked for one file.
SECONDS = 30
#: Not shown, so it needs no place in the page's structure.
HIDDEN = InvisSigSettings(set_print_flag=False, set_hidden_flag=True)
#: The time stamp covers what shows that its own certificate was not revoked.
COVERED = TimestampDSSContentSettings(include_vri=False, update_before_ts=True)
MD = "sha256"
#: What a hostile answer may be turned into by its parser.
MALFORMED = (ValueError, TypeError, KeyError, AttributeError, IndexError)


class Prover:
    """Asks a town's authority for its proofs; made anew for each run of the job.

    :raises SettingsWrong: no certificates tell which authority is trusted.
    """

    def __init__(self, municipality_id: str, settings: Timestamps) -> None:
        self.authority = Authority(settings)
        self.authority_roots = authority_roots(municipality_id)
        known = [Certificate.load(each) for each in known_roots(municipality_id)]
        tops = [each for each in known if each.self_issued]
        self.roots = tops or known
        self.others = known

    def prove(self, pdf: bytes) -> bytes:
        """Return a sealed PDF with its proofs.

        :raises AuthorityUnavailable: the authority, or who says what was revoked, gave
            no answer.
        :raises ProofsRefused: it is no sealed PDF, its certificate leads to no root or
            was revoked, or what came of it would not be valid.
        """
        with _told():
            return asyncio.run(asyncio.wait_for(self._prove(pdf), SECONDS))

    async def _prove(self, pdf: bytes) -> bytes:
        async with new_session() as session:
            shown = await async_add_validation_info(
                _seal(pdf),
                self._context(session, self.roots, self.others),
                add_vri_entry=False,
                force_write=True,
            )
            stamped = await PdfTimeStamper(
                self.authority,
                invis_settings=HIDDEN,
            ).async_timestamp_pdf(
                IncrementalPdfFileWriter(shown),
                MD,
                self._context(session, self.authority_roots, ()),
                dss_settings=COVERED,
            )
        data = stamped.getvalue()
        await self._check(pdf, data)
        return data

    async def _check(self, pdf: bytes, data: bytes) -> None:
        """Refuse what nobody would accept.

        :raises ProofsRefused: see there.
        """
        if not data.startswith(pdf):
            raise ProofsRefused(reason="the seal's revision was changed")
        seal, stamp = _seal(data), _stamps(data)[-1]
        sealed = await async_validate_pdf_signature(
            seal, ValidationContext(trust_roots=self.roots, other_certs=self.others)
        )
        stamped = await async_validate_pdf_timestamp(
            stamp, ValidationContext(trust_roots=self.authority_roots)
        )
        if not (sealed.intact and sealed.valid and sealed.docmdp_ok) or (
            sealed.modification_level > ModificationLevel.LTA_UPDATES
        ):
            raise ProofsRefused(reason="the seal is not valid after it")
        if not (stamped.intact and stamped.valid and stamped.trusted) or (
            stamped.coverage < SignatureCoverageLevel.ENTIRE_REVISION
        ):
            raise ProofsRefused(reason="the time stamp is not valid")

    def _context(
        self, session, roots: Sequence[Certificate], others: Sequence[Certificate]
    ) -> ValidationContext:
        """Return what asks for all that the certificates say where to ask for."""
        fetchers = AIOHttpFetcherBackend(session).get_fetchers()
        return ValidationContext(
            trust_roots=list(roots),
            other_certs=list(others),
            fetchers=fetchers,
            allow_fetching=True,
            revocation_mode="hard-fail",
        )


def ask_authority(municipality_id: str, settings: Timestamps) -> None:
    """Ask the authority for a time stamp of nothing, as a trial.

    :raises AuthorityUnavailable: it gave no answer.
    :raises ProofsRefused: its certificate leads to none that the town trusts.
    :raises SettingsWrong: no certificates tell which authority is trusted.
    """
    context = ValidationContext(trust_roots=authority_roots(municipality_id))
    with _told():
        asyncio.run(asyncio.wait_for(_try(Authority(settings), context), SECONDS))


async def _try(authority: Authority, context: ValidationContext) -> None:
    async for _path in authority.validation_paths(context):
        pass


@contextmanager
def _told() -> Iterator[None]:
    """Name what can go wrong."""
    try:
        yield
    except (CRLFetchError, OCSPFetchError, InsufficientRevinfoError) as error:
        raise AuthorityUnavailable(reason=str(error)) from error
    except OSError as error:  # a time-out, too
        reason = error.__cause__ or error
        said = f"{type(reason).__name__} {reason}".strip()
        raise AuthorityUnavailable(reason=said) from error
    except (PathError, ValidationError, SignatureValidationError) as error:
        raise ProofsRefused(reason=str(error)) from error
    except (PdfError, *MALFORMED) as error:
        raise ProofsRefused(reason=f"{type(error).__name__}: {error}") from error


def has_proofs(pdf: bytes) -> bool:
    """Tell whether a PDF has a time stamp."""
    return bool(_stamps(pdf))


def _seal(pdf: bytes) -> EmbeddedPdfSignature:
    seals = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures
    if not seals:
        raise ProofsRefused(reason="it has no seal")
    return seals[0]


def _stamps(pdf: bytes) -> list[EmbeddedPdfSignature]:
    return PdfFileReader(BytesIO(pdf)).embedded_timestamp_signatures
