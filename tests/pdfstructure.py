"""Reading a PDF as assistive technology does: its structure tree, in order."""

from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from typing import Any

import subprocess
import tempfile


def elements(reader: PdfReader, tag: str = "") -> list[DictionaryObject]:
    """Return the structure elements in reading order, all or those of one tag."""
    found: list[DictionaryObject] = []
    _walk(reader.trailer["/Root"]["/StructTreeRoot"], found)
    return [element for element in found if not tag or element["/S"] == tag]


def _walk(element: DictionaryObject, found: list[DictionaryObject]) -> None:
    kids: Any = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object()
        if isinstance(kid, DictionaryObject) and "/S" in kid:
            found.append(kid)
            _walk(kid, found)


def fonts(reader: PdfReader) -> list[DictionaryObject]:
    """Return the fonts of all pages, each once."""
    found = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            found[font.get_object()["/BaseFont"]] = font.get_object()
    return list(found.values())


def text(reader: PdfReader) -> str:
    """Return the text in the order of the structure tree, as poppler reads it.

    Lines are joined by one space.
    """
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(reader.stream.getvalue())
        file.flush()
        command = ["pdfinfo", "-struct-text", file.name]
        shown = subprocess.run(command, capture_output=True, check=True, text=True)
    lines = [line.strip() for line in shown.stdout.splitlines()]
    words = " ".join(line.strip('"') for line in lines if line.startswith('"'))
    return " ".join(words.split())
