"""The scanner finds a number planted in each layer, and nothing where there is none."""

from base64 import b64encode
from email.message import EmailMessage
from helpers.numberscan import NumberScan
from io import BytesIO
from pypdf import PdfWriter
from urllib.parse import quote
from weasyprint import HTML

import gzip
import pickle
import pytest
import sqlite3
import zipfile
import zlib


INSERT = "INSERT INTO {} VALUES (?, ?)"
NUMBER = "85073003328"
OTHER = "04021499768"
WAYS = (
    NUMBER,
    "85.07.30-033.28",
    "850730-033-28",
    "85 07 30 033 28",
    "85\xa007\xa030\xa0033\xa028",
    "850730/033.28",
)


@pytest.fixture
def scan():
    return NumberScan(NUMBER, OTHER)


def mail(text, attached=b""):
    message = EmailMessage()
    message["Subject"] = "Votre commande"
    message.set_content(text, cte="base64")
    if attached:
        message.add_attachment(attached, "application", "pdf", filename="a.pdf")
    return bytes(message)


def pdf(text):
    return HTML(string=f"<p>{text}</p>").write_pdf()


def titled_pdf(text):
    writer, file = PdfWriter(), BytesIO()
    writer.add_blank_page(10, 10)
    writer.add_metadata({"/Title": text})
    writer.write(file)
    return file.getvalue()


def zipped(text):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", f"<a>{text}</a>")
    return file.getvalue()


#: How a text is put into a layer, by the layer's name.
LAYERS = {
    "plain": str.encode,
    "two bytes a letter": lambda text: text.encode("utf-16"),
    "address": lambda text: quote(text, safe="").encode(),
    "entities": lambda text: "".join(f"&#{ord(char)};" for char in text).encode(),
    "pickled text": lambda text: pickle.dumps({"number": text}),
    "second pickle": lambda text: pickle.dumps(None) + pickle.dumps([text]),
    "pickled key": lambda text: pickle.dumps({text: 1}, protocol=3),
    "pickled bytes": lambda text: pickle.dumps(zlib.compress(text.encode())),
    "gzip": lambda text: gzip.compress(text.encode()),
    "zip": zipped,
    "base64": lambda text: b"x=" + b64encode(b"1234567" + text.encode()),
    "mail": lambda text: mail(f"Votre num\xe9ro: {text}"),
    "attached": lambda text: mail("Bonjour", pdf(text)),
    "pdf text": pdf,
    "pdf title": titled_pdf,
    "blob of a pickle": lambda text: pickle.dumps(pdf(text)),
}


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("way", WAYS)
def test_a_number_planted_in_a_layer_is_found(scan, layer, way):
    assert list(scan.scan(LAYERS[layer](f"de {way}."))), layer


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("text", ["85.07.30-033.29", "1850730033281", "Élodie 1985"])
def test_another_number_is_not(scan, layer, text):
    assert not list(scan.scan(LAYERS[layer](text)))


def test_a_number_kept_as_a_whole_number_is_found(scan):
    assert list(scan.scan(pickle.dumps(int(NUMBER))))


@pytest.fixture
def home(tmp_path):
    """A folder like an instance's, in which nothing is planted."""
    for name in ("storage/blobs", "mail/town/sent", "log", "audit/town"):
        (tmp_path / name).mkdir(parents=True)
    with sqlite3.connect(tmp_path / "storage/main.sqlite3") as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE object_state (zoid INTEGER, state BLOB)")
        database.execute("CREATE TABLE object_note (username TEXT, description TEXT)")
    database.close()
    (tmp_path / "log/event.log").write_text("INFO started\n")
    return tmp_path


def insert(home, table, *values):
    with sqlite3.connect(home / "storage/main.sqlite3") as database:
        database.execute(INSERT.format(table), values)
    database.close()


@pytest.mark.parametrize(
    ("plant", "place"),
    [
        (
            lambda home: insert(home, "object_state", 7, pickle.dumps({"n": NUMBER})),
            "storage/main.sqlite3:object_state>pickle",
        ),
        (
            lambda home: insert(home, "object_note", "clerk", f"/order of {WAYS[1]}"),
            "storage/main.sqlite3:object_note",
        ),
        (
            lambda home: (home / "storage/blobs/0x07.blob").write_bytes(pdf(WAYS[1])),
            "storage/blobs/0x07.blob>pdf",
        ),
        (
            lambda home: (home / "mail/town/sent/1").write_bytes(mail(WAYS[3])),
            "mail/town/sent/1>mail",
        ),
        (
            lambda home: (home / "log/event.log").write_text(f"GET /?n={NUMBER}"),
            "log/event.log",
        ),
        (
            lambda home: (home / f"audit/town/{NUMBER}.log").write_text(""),
            f"audit/town/{NUMBER}.log:name",
        ),
    ],
)
def test_a_number_planted_in_an_instance_is_found_there(scan, home, plant, place):
    assert scan.home(home) == []
    plant(home)
    assert place in scan.home(home)
