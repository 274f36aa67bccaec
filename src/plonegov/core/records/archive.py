"""A ZIP of plain values and files, for people who ask for their data."""

from collections.abc import Iterable
from plone.namedfile.interfaces import INamedBlobFile
from typing import Any
from typing import BinaryIO

import json
import shutil
import zipfile


def write_zip(
    target: BinaryIO, data: Any, files: Iterable[tuple[str, INamedBlobFile]]
) -> None:
    """Write ``data.json`` and files into a ZIP; no file is held in memory as a whole.

    :param files: where each lies in the ZIP, and the file.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        text = json.dumps(data, ensure_ascii=False, indent=2)
        archive.writestr("data.json", text)
        for path, file in files:
            with file.open() as source, archive.open(path, "w") as sink:
                shutil.copyfileobj(source, sink)
