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


class ISealer(Interface):
    """Port: puts the town's electronic seal on a PDF.

    A seal says that a legal person made a document and that it was not changed since
    (Regulation (EU) 910/2014, article 3 (25)); it stands for nobody's signature. An
    implementation reads its key outside the database and asks no other machine.
    """

    def is_ready():
        """Tell whether the town has a key to seal with."""

    def statement(language):
        """Return what the page says beside the seal, as one line of text.

        :param language: one of ``core.languages.LANGUAGES``.
        """

    def seal(pdf):
        """Return the PDF (bytes) with a seal in its field ``core.pdf.sealarea.FIELD``.

        What was there stays as it is, byte for byte; a revision follows. Later
        changes, other than proofs of the seal itself, break it (ISO 32000-1, 12.8.2.2).

        :raises plonegov.core.pdf.errors.SealAreaMissing: the page has no such field.
        :raises plonegov.core.pdf.errors.SealKeyUnusable: the town's key is not there,
            others may read it, its password is wrong, or its certificate is not valid
            today.
        """

    def adds_proofs():
        """Tell whether a job appends proofs of the town's seals to the sealed files.

        Proofs are a time stamp of an authority, and what shows that no certificate was
        revoked. ``seal`` asks for none of them: they come from other machines.
        """
