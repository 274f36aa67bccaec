from zope.interface import Interface


class IPdfRenderer(Interface):
    """Port: makes an accessible PDF of an HTML page.

    An implementation reads no network address and no file outside the folder that
    it is given and its own, and gives the same bytes for the same input.
    """

    def render(html, *, title, language, author="", base=None, styles=()):
        """Return the PDF (bytes): PDF/UA-1, tagged, all fonts embedded.

        :param html: the whole page as text, for example made by a page template;
            headings, tables with ``scope`` and alternative texts become the
            structure of the PDF, in the order of the text.
        :param title: the document's title, shown in the window's title bar.
        :param language: its language, BCP 47 (``fr``).
        :param author: who publishes it.
        :param base: folder (``pathlib.Path``) of the styles and images that the page
            names; without it the page may use only ``data:`` addresses and
            ``document.css``, the common style of documents.
        :param styles: names of further common styles, such as ``letterhead.css``.
        :raises plonegov.core.pdf.errors.PdfResourceRefused: the page names an
            address that it may not use, or that is not there.
        """
