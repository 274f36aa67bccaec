"""Sealed PDFs: their picture, and what people do to them."""

from io import BytesIO
from pathlib import Path
from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pypdf import PdfReader
from pypdf import PdfWriter

import subprocess
import tempfile
import zxingcpp


def read_qr(pdf: bytes) -> str:
    """Return the text of the QR code on the last page of a PDF, as a phone reads it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "page.pdf")
        file.write_bytes(pdf)
        subprocess.run(["pdftoppm", "-r", "150", "-png", file, file], check=True)
        last = sorted(Path(folder).glob("*.png"))[-1]
        (code,) = zxingcpp.read_barcodes(Image.open(last))
        return code.text


def one_byte(pdf: bytes) -> bytes:
    """Change one byte of what is sealed: a letter of the producer's name."""
    index = pdf.index(b"WeasyPrint")
    return pdf[:index] + b"w" + pdf[index + 1 :]


def one_page_more(pdf: bytes) -> bytes:
    """Append a page, the seal left as it is."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    from pyhanko.pdf_utils.writer import PageObject

    page = PageObject(
        contents=writer.add_object(generic.StreamObject(stream_data=b"")),
        media_box=(0, 0, 595, 842),
    )
    writer.insert_page(page)
    return _written(writer)


def a_comment(pdf: bytes) -> bytes:
    """Add a comment to the first page, the seal left as it is."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    page = writer.find_page_for_modification(0)[0]
    note = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/Text"),
            generic.pdf_name("/Contents"): generic.pdf_string("Approved!"),
            generic.pdf_name("/Rect"): generic.ArrayObject(
                map(generic.NumberObject, (50, 50, 70, 70))
            ),
        }
    )
    writer.register_annotation(page, writer.add_object(note))
    return _written(writer)


def printed_anew(pdf: bytes) -> bytes:
    """Print into another PDF: no seal is left."""
    writer = PdfWriter()
    for page in PdfReader(BytesIO(pdf)).pages:
        page.pop("/Annots", None)
        writer.add_page(page)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


VERDICTS_OF_CHANGES = {
    "nothing": ("genuine", lambda pdf: pdf),
    "one byte": ("changed", one_byte),
    "one page more": ("changed", one_page_more),
    "a comment": ("changed", a_comment),
    "printed anew": ("unsealed", printed_anew),
    "cut off": ("unreadable", lambda pdf: pdf[: len(pdf) // 2]),
}
