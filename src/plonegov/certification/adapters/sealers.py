"""Seals by pyHanko (https://docs.pyhanko.eu): PAdES baseline B-B (ETSI EN 319 142-1).

The seal certifies the document: nothing but proofs of the seal may follow it (DocMDP,
ISO 32000-1, 12.8.2.2). It is an advanced seal at most, which is all that it is called.
"""

from asn1crypto.x509 import Certificate
from collections.abc import Iterator
from contextlib import AbstractContextManager
from contextlib import contextmanager
from contextlib import nullcontext
from io import BytesIO
from plonegov.certification import _
from plonegov.certification.adapters.demokey import ensure_demo_key
from plonegov.certification.adapters.keyfile import check_valid
from plonegov.certification.adapters.keyfile import key_path
from plonegov.certification.adapters.keyfile import load_signer
from plonegov.certification.adapters.sealsettings import names_authority
from plonegov.certification.adapters.tokens import has_token
from plonegov.certification.adapters.tokens import token_signer
from plonegov.core.api import municipality
from plonegov.core.api import now
from plonegov.core.pdf.errors import SealAreaMissing
from plonegov.core.pdf.interfaces import ISealer
from plonegov.core.pdf.letterhead import town_name
from plonegov.core.pdf.sealarea import FIELD
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata
from pyhanko.sign.signers import PdfSigner
from pyhanko.sign.signers import Signer
from pyhanko.stamp import StaticStampStyle
from zope.i18n import translate
from zope.interface import implementer


#: The field is as clear as glass: what one sees are the page's own words and code.
GLASS = StaticStampStyle(border_width=0)


class PyHankoSealer:
    """What all sealers do; each has its key in another place."""

    def statement(self, language: str) -> str:
        """Return what the page says beside the seal (see ``ISealer``)."""
        said = _(
            "seal_statement",
            default="Sealed electronically by ${town}.",
            mapping={"town": town_name(municipality())},
        )
        return translate(said, target_language=language)

    def seal(self, pdf: bytes) -> bytes:
        """Return the PDF with a seal (see ``ISealer``)."""
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        open_fields = {
            name for name, value, _ in enumerate_sig_fields(writer) if not value
        }
        if FIELD not in open_fields:
            raise SealAreaMissing()
        with self.signing() as signer:
            meta = PdfSignatureMetadata(
                field_name=FIELD,
                md_algorithm="sha256",
                name=_organisation(signer.signing_cert),
                subfilter=SigSeedSubFilter.PADES,
                certify=True,
                docmdp_permissions=MDPPerm.NO_CHANGES,
            )
            made = PdfSigner(meta, signer, stamp_style=GLASS).sign_pdf(
                writer, existing_fields_only=True
            )
        return made.getvalue()

    def adds_proofs(self) -> bool:
        """Tell whether the town named a time-stamping authority (see ``ISealer``)."""
        return names_authority(municipality().id)

    def has_key(self) -> bool:
        """Tell whether there is a key, or should be."""
        return True

    def signing(self) -> AbstractContextManager[Signer]:
        """Return a context that yields what signs, with its certificates.

        :raises SealKeyUnusable: see ``ISealer``.
        """
        raise NotImplementedError


@implementer(ISealer)
class Pkcs12Sealer(PyHankoSealer):
    """Seals with a key in a file (utility ``pkcs12``)."""

    #: Name of the key's file.
    key = "seal"

    def is_ready(self) -> bool:
        """Tell whether the town has a key (see ``ISealer``)."""
        return key_path(municipality().id, self.key).exists()

    def has_key(self) -> bool:
        """Tell whether there is a key, or something beside it that says there was."""
        path = key_path(municipality().id, self.key)
        beside = (path.with_suffix(".password"), path.with_suffix(".toml"))
        return any(each.exists() for each in (path, *beside))

    def signing(self) -> AbstractContextManager[Signer]:
        """Return what signs, as it was read from the file."""
        return nullcontext(load_signer(key_path(municipality().id, self.key), now()))


@implementer(ISealer)
class Pkcs11Sealer(PyHankoSealer):
    """Seals with a key that never leaves its device (utility ``pkcs11``)."""

    def is_ready(self) -> bool:
        """Tell whether the town names a token and has its PIN (see ``ISealer``)."""
        return has_token(municipality().id)

    @contextmanager
    def signing(self) -> Iterator[Signer]:
        """Yield what signs; nobody else uses the device meanwhile."""
        with token_signer(municipality().id) as signer:
            check_valid(signer.signing_cert, now())
            yield signer


class DemoSealer(Pkcs12Sealer):
    """Seals a demonstration with a key that it makes itself (utility ``demo``)."""

    key = "demo-seal"

    def is_ready(self) -> bool:
        """Tell that there is always a key: it is made."""
        return True

    def has_key(self) -> bool:
        """Tell whether it was needed once."""
        return key_path(municipality().id, self.key).exists()

    def statement(self, language: str) -> str:
        """Return that this is worth nothing."""
        said = _(
            "demo_seal_statement",
            default="DEMO: sealed with a key that nobody trusts. Worth nothing.",
        )
        return translate(said, target_language=language)

    def signing(self) -> AbstractContextManager[Signer]:
        """Return what signs; its key is made when it is needed first."""
        town = municipality()
        ensure_demo_key(key_path(town.id, self.key), town, now())
        return super().signing()


def _organisation(certificate: Certificate) -> str:
    native = certificate.subject.native
    return native.get("organization_name") or native["common_name"]
