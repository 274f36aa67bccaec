"""PDF/UA-1 by WeasyPrint, https://doc.courtbouillon.org/weasyprint/"""

from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path
from plonegov.core.pdf.errors import PdfResourceRefused
from plonegov.core.pdf.interfaces import IPdfRenderer
from plonegov.core.pdf.scopes import add_scopes
from plonegov.core.pdf.sealarea import add_seal_field
from typing import Any
from urllib.parse import unquote
from urllib.parse import urlsplit
from weasyprint import CSS
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError
from weasyprint.urls import URLFetcher
from weasyprint.urls import URLFetcherResponse
from zope.interface import implementer


STATIC = Path(__file__).parent / "static"
STYLE = STATIC / "document.css"


class ClosedFetcher(URLFetcher):
    """Reads ``data:`` addresses and files below the given folders, nothing else."""

    def __init__(self, *folders: Path) -> None:
        super().__init__(allowed_protocols={"data", "file"}, allow_redirects=False)
        self.folders = tuple(folder.resolve() for folder in folders)
        #: What was refused: inside an SVG picture WeasyPrint goes on regardless.
        self.refused: list[str] = []

    def fetch(self, url: str, headers=None) -> URLFetcherResponse:
        """Return the content of an address.

        :raises FatalURLFetchingError: the address may not be read, which stops the
            rendering: a document without its emblem must not be issued.
        """
        if url.startswith("data:"):
            return super().fetch(url, headers)
        parts = urlsplit(url)
        path = Path(unquote(parts.path)).resolve()
        inside = any(path.is_relative_to(folder) for folder in self.folders)
        if parts.scheme != "file" or parts.netloc or not inside or not path.is_file():
            self.refused.append(url)
            raise FatalURLFetchingError(url)
        kind = guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


@implementer(IPdfRenderer)
class WeasyPrintRenderer:
    """The suite's renderer (utility ``weasyprint``)."""

    def render(
        self,
        html: str,
        *,
        title: str,
        language: str,
        author: str = "",
        base: Path | None = None,
        styles: tuple[str, ...] = (),
    ) -> bytes:
        """Return the PDF of an HTML page (see ``IPdfRenderer``)."""
        folder = base or STATIC
        fetcher = ClosedFetcher(STATIC, folder)
        fonts = FontConfiguration()
        try:
            sheets = [
                CSS(filename=path, font_config=fonts, url_fetcher=fetcher)
                for path in (STYLE, *(STATIC / name for name in styles))
            ]
            page = HTML(string=html, base_url=f"{folder}/", url_fetcher=fetcher)
            document = page.render(font_config=fonts, stylesheets=sheets)
        except FatalURLFetchingError as error:
            raise PdfResourceRefused(url=str(error)) from error
        document.metadata.title = title
        document.metadata.lang = language
        document.metadata.authors = [author] if author else []
        digest = sha256("\0".join((title, language, author, html)).encode())
        data = document.write_pdf(
            finisher=_finish,
            pdf_variant="pdf/ua-1",
            pdf_identifier=digest.hexdigest()[:32].encode(),
        )
        if fetcher.refused:
            raise PdfResourceRefused(url=fetcher.refused[0])
        return data


def _finish(document: Any, pdf: Any) -> None:
    add_scopes(document, pdf)
    add_seal_field(document, pdf)
