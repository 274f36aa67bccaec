"""Looks for identity numbers in clear in whatever an instance keeps, decoding each layer:
database tables, pickles, blobs, PDF streams and text, archives, mails, logs."""

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes
from email import policy
from html import unescape
from io import BytesIO
from pathlib import Path
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import StreamObject
from urllib.parse import unquote_to_bytes

import gzip
import pickletools
import quopri
import re
import sqlite3
import tempfile
import zipfile
import zlib


#: Signs that people and programs put between the digits of a number.
BETWEEN = r"[\s.\-/\xa0\xc2]{0,3}"
BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
DEEPEST = 6
SQLITE = b"SQLite format 3\0"
ROWS = 'SELECT * FROM "{}"'


class NumberScan:
    """Finds some numbers (11 digits each), however they are written.

    ``scan`` yields where a number stands, as a path of layers.
    """

    def __init__(self, *numbers: str) -> None:
        digits = [BETWEEN.join(number) for number in numbers]
        self.pattern = re.compile(rf"(?<!\d)(?:{'|'.join(digits)})(?!\d)")

    def home(self, folder: Path) -> list[str]:
        """Return where in an instance's folder a number stands, each place once."""
        found = [
            f"{file.relative_to(folder)}{where}"
            for file in sorted(folder.rglob("*"))
            if file.is_file()
            for where in self.file(file)
        ]
        return sorted(set(found))

    def file(self, path: Path) -> Iterator[str]:
        """Yield where in a file a number stands, its name too."""
        if self.pattern.search(path.name):
            yield ":name"
        data = path.read_bytes()
        if data.startswith(SQLITE):
            yield from self.database(path)
        else:
            yield from self.scan(data)

    def database(self, path: Path) -> Iterator[str]:
        """Yield where in the tables of a SQLite database, with what its log holds."""
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "copy"
            with (
                closing(sqlite3.connect(path)) as one,
                closing(sqlite3.connect(copy)) as other,
            ):
                one.backup(other)
                names = other.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table'"
                )
                for (table,) in names.fetchall():
                    for row in other.execute(ROWS.format(table)):
                        for value in row:
                            for where in self.value(value):
                                yield f":{table}{where}"

    def value(self, value: object, depth: int = 0) -> Iterator[str]:
        """Yield where in a value of a database or a pickle."""
        if isinstance(value, str):
            value = value.encode("utf-8", "surrogatepass")
        elif isinstance(value, int):
            value = str(value).encode()
        if isinstance(value, bytes):
            yield from self.scan(value, depth)

    def scan(self, data: bytes, depth: int = 0) -> Iterator[str]:
        """Yield where in some bytes: as they are, and decoded in each way that fits."""
        if self._stands(data):
            yield ""
        if depth == DEEPEST or not data:
            return
        for name, layers in (
            ("pickle", self._pickle),
            ("zlib", self._zlib),
            ("gzip", self._gzip),
            ("zip", self._zip),
            ("pdf", self._pdf),
            ("mail", self._mail),
            ("base64", self._base64),
        ):
            for layer in layers(data):
                for where in self.value(layer, depth + 1):
                    yield f">{name}{where}"

    def _stands(self, data: bytes) -> bool:
        """Tell whether a number stands in bytes, also escaped for an address, a page or
        a mail, or two bytes a letter."""
        texts = [data.decode("latin-1")]
        if b"%" in data:
            texts.append(unquote_to_bytes(data).decode("latin-1"))
        if b"&" in data:
            texts.append(unescape(texts[0]))
        if b"=" in data:
            texts.append(quopri.decodestring(data).decode("latin-1"))
        if b"\0" in data:
            texts.append(data.replace(b"\0", b"").decode("latin-1"))
        return any(self.pattern.search(text) for text in texts)

    def _pickle(self, data: bytes) -> Iterator[object]:
        """Yield the texts, bytes and numbers of all pickles that follow one another."""
        file = BytesIO(data)
        while data[file.tell() : file.tell() + 1] == b"\x80":
            try:
                for _code, argument, _position in pickletools.genops(file):
                    yield argument
            except ValueError:
                return

    def _zlib(self, data: bytes) -> Iterator[object]:
        if data[:1] == b"\x78":
            try:
                yield zlib.decompress(data)
            except zlib.error:
                return

    def _gzip(self, data: bytes) -> Iterator[object]:
        if data[:2] == b"\x1f\x8b":
            yield gzip.decompress(data)

    def _zip(self, data: bytes) -> Iterator[object]:
        if data[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(BytesIO(data)) as archive:
                for name in archive.namelist():
                    yield name
                    yield archive.read(name)

    def _pdf(self, data: bytes) -> Iterator[object]:
        """Yield the streams of all revisions' last state, and the text as it is read."""
        if not data.startswith(b"%PDF"):
            return
        try:
            reader = PdfReader(BytesIO(data))
            yield from (page.extract_text() for page in reader.pages)
            yield from _texts(reader.metadata)
            for number in range(1, int(reader.trailer["/Size"])):
                item = reader.get_object(number)
                if isinstance(item, StreamObject):
                    yield item.get_data()
                else:
                    yield from _texts(item)
        except (PyPdfError, KeyError):
            return

    def _mail(self, data: bytes) -> Iterator[object]:
        if not re.match(rb"[A-Za-z-]+: ", data):
            return
        message = message_from_bytes(data, policy=policy.default)
        yield from (str(value) for value in message.values())
        for part in message.walk():
            if not part.is_multipart():
                yield part.get_payload(decode=True)

    def _base64(self, data: bytes) -> Iterator[object]:
        for found in BASE64.findall(data):
            whole = found.rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
            try:
                yield b64decode(whole + b"=" * (-len(whole) % 4))
            except Base64Error:
                continue


def _texts(item: object) -> Iterator[object]:
    """Yield the texts in an object of a PDF."""
    if isinstance(item, dict):
        for value in item.values():
            yield from _texts(value)
    elif isinstance(item, list):
        for value in item:
            yield from _texts(value)
    elif isinstance(item, str | bytes):
        yield item
