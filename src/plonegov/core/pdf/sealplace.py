"""What a page says where it is sealed: who sealed it, and how anybody checks it."""

from dataclasses import dataclass
from plonegov.core.pdf.qrcode import qr_code
from plonegov.core.pdf.wording import data_address
from plonegov.core.typed.codes import grouped


@dataclass(frozen=True)
class SealPlace:
    """The place of a seal: the document's ``code``, the ``address`` (URL) of the page
    that checks it, and the sealer's ``statement``. Static template ``seal.pt``."""

    code: str
    address: str
    statement: str

    @property
    def typed(self) -> str:
        """The code in groups, as people type it."""
        return grouped(self.code)

    @property
    def link(self) -> str:
        """The address of the document's own page."""
        return f"{self.address}/{self.code}"

    @property
    def picture(self) -> str:
        """The QR code of that address, as a ``data:`` address."""
        return data_address(qr_code(self.link))
