"""Office documents as small as they can be."""

from io import BytesIO
from plonegov.core.files import kinds
from zipfile import ZipFile


TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/main.xml" ContentType="{kind}.main+xml"/></Types>'
)


def archive(**members: str) -> bytes:
    """Return an archive with these members."""
    made = BytesIO()
    with ZipFile(made, "w") as file:
        for name, text in members.items():
            file.writestr(name, text)
    return made.getvalue()


def docx(kind: str = kinds.DOCX) -> bytes:
    return archive(**{"[Content_Types].xml": TYPES.format(kind=kind)})


def xlsx() -> bytes:
    return docx(kinds.XLSX)


def odt(kind: str = kinds.ODT) -> bytes:
    return archive(mimetype=kind)


def ods() -> bytes:
    return odt(kinds.ODS)
