"""Public copies of files show what the file shows, and hold nothing else."""

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from io import BytesIO
from PIL import Image
from plonegov.deliberations.adapters import cleaningworker
from plonegov.deliberations.adapters.cleaningworker import Refused
from plonegov.deliberations.domain.cleaning import Trouble
from pypdf import PdfReader
from pypdf import PdfWriter
from pypdf.annotations import FreeText
from pypdf.annotations import Link
from pypdf.annotations import Text
from pypdf.generic import ArrayObject
from pypdf.generic import BooleanObject
from pypdf.generic import DecodedStreamObject
from pypdf.generic import DictionaryObject
from pypdf.generic import IndirectObject
from pypdf.generic import NameObject
from pypdf.generic import NumberObject
from pypdf.generic import RectangleObject
from pypdf.generic import TextStringObject

import pytest


CANARY = b"CANARY"
NAME = NameObject
WORD = TextStringObject("CANARY")


def jpeg_of(picture=None, **values):
    made = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "CANARY"
    exif[0x0112] = 6  # turned by a quarter
    picture = picture or Image.new("RGB", (40, 20), "red")
    picture.save(made, "JPEG", exif=exif, comment=b"CANARY", **values)
    return made.getvalue()


def writer_of(*contents):
    """Return a PDF whose pages draw these contents."""
    writer = PdfWriter()
    for content in contents:
        page = writer.add_blank_page(200, 200)
        stream = DecodedStreamObject()
        stream.set_data(content)
        page[NAME("/Contents")] = writer._add_object(stream)
    return writer


def written(writer):
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def everything_in(data):
    """Return all that a PDF holds, uncompressed."""
    reader, found = PdfReader(BytesIO(data)), bytes(data)
    for number in [*reader.xref.get(0, ()), *reader.xref_objStm]:
        held = IndirectObject(number, 0, reader).get_object()
        found += repr(held).encode()
        if hasattr(held, "get_data"):
            found += (
                held.get_data() if "/DCTDecode" not in held.values() else held._data
            )
    return found


def script(text="CANARY"):
    return DictionaryObject(
        {NAME("/S"): NAME("/JavaScript"), NAME("/JS"): TextStringObject(text)}
    )


def with_properties(writer):
    writer.add_metadata({"/Author": "CANARY", "/Title": "CANARY"})


def with_xmp(writer):
    stream = DecodedStreamObject()
    stream.set_data(b"<x:xmpmeta>CANARY</x:xmpmeta>")
    stream[NAME("/Type")] = NAME("/Metadata")
    writer._root_object[NAME("/Metadata")] = writer._add_object(stream)


def with_attachment(writer):
    writer.add_attachment("CANARY.txt", b"CANARY")


def with_script(writer):
    writer._root_object[NAME("/OpenAction")] = writer._add_object(script())


def with_page_script(writer):
    actions = DictionaryObject({NAME("/O"): script()})
    writer.pages[0][NAME("/AA")] = actions


def with_comment(writer):
    writer.add_annotation(0, Text(text="CANARY", rect=(10, 10, 20, 20)))


def with_typed_text(writer):
    writer.add_annotation(0, FreeText(text="CANARY", rect=(10, 10, 60, 20)))


def an_annotation(kind, **values):
    annotation = DictionaryObject({NAME("/Subtype"): NAME(kind)})
    annotation[NAME("/Rect")] = RectangleObject((10, 10, 60, 20))
    for name, value in values.items():
        annotation[NAME(f"/{name}")] = value
    return annotation


def annotate(writer, *annotations):
    held = [writer._add_object(annotation) for annotation in annotations]
    writer.pages[0][NAME("/Annots")] = ArrayObject(held)


def with_tracked_changes(writer):
    """Words struck out, others put in their place, and what was said on it."""
    struck = an_annotation("/StrikeOut", Contents=WORD, T=WORD)
    inserted = an_annotation("/Caret", Contents=WORD, RC=WORD)
    answer = an_annotation("/Text", Contents=WORD, IRT=struck)
    window = an_annotation("/Popup", Parent=answer, Contents=WORD)
    annotate(writer, struck, inserted, answer, window)


def with_highlight(writer):
    annotate(writer, an_annotation("/Highlight", Contents=WORD, Subj=WORD))


def with_ink_and_rubber_stamp(writer):
    annotate(
        writer,
        an_annotation("/Ink", Contents=WORD),
        an_annotation("/Stamp", Name=NAME("/CANARY")),
    )


def with_link_to_a_file(writer):
    writer.add_annotation(0, Link(rect=(1, 1, 9, 9), url="file:///CANARY"))


def with_chained_action(writer):
    writer.add_annotation(0, Link(rect=(1, 1, 9, 9), url="https://example.org/"))
    link = writer.pages[0]["/Annots"][-1].get_object()
    link["/A"].get_object()[NAME("/Next")] = script()


def with_form(writer):
    field = DictionaryObject({NAME("/T"): WORD, NAME("/V"): WORD})
    fields = ArrayObject([writer._add_object(field)])
    form = DictionaryObject({NAME("/Fields"): fields, NAME("/XFA"): WORD})
    writer._root_object[NAME("/AcroForm")] = form


def with_data_of_a_program(writer):
    writer.pages[0][NAME("/PieceInfo")] = DictionaryObject({NAME("/X"): WORD})


def with_comment_in_the_structure(writer):
    with_comment(writer)
    comment = writer.pages[0]["/Annots"][-1]
    tree = DictionaryObject({NAME("/Type"): NAME("/StructTreeRoot")})
    seen = DictionaryObject({NAME("/Type"): NAME("/OBJR"), NAME("/Obj"): comment})
    tree[NAME("/K")] = ArrayObject([seen])
    writer._root_object[NAME("/StructTreeRoot")] = writer._add_object(tree)


def with_forgotten_object(writer):
    first = DictionaryObject({NAME("/X"): WORD})
    second = DictionaryObject({NAME("/Y"): writer._add_object(first)})
    first[NAME("/Z")] = writer._add_object(second)


def with_photograph(writer):
    stream = DecodedStreamObject()
    stream.set_data(jpeg_of())
    for name, value in (("/Subtype", "/Image"), ("/Filter", "/DCTDecode")):
        stream[NAME(name)] = NAME(value)
    pictures = DictionaryObject({NAME("/P"): writer._add_object(stream)})
    resources = DictionaryObject({NAME("/XObject"): pictures})
    writer.pages[0][NAME("/Resources")] = resources


def with_bookmark_that_runs(writer):
    writer.add_outline_item("Article 1", 0)
    bookmark = writer._root_object["/Outlines"].get_object()["/First"].get_object()
    bookmark[NAME("/A")] = script()


HIDDEN = [value for name, value in sorted(globals().items()) if name[:5] == "with_"]


@pytest.mark.parametrize("hide", HIDDEN, ids=lambda hide: hide.__name__)
def test_nothing_that_a_pdf_does_not_show_is_in_its_copy(hide):
    writer = writer_of(b"BT (Article 1) Tj ET")
    hide(writer)
    given = written(writer)
    assert CANARY in everything_in(given)
    copy = cleaningworker.pdf(given)
    assert CANARY not in everything_in(copy)
    assert b"Article 1" in PdfReader(BytesIO(copy)).pages[0].get_contents().get_data()


def test_links_structure_and_language_stay():
    writer = writer_of(b"q Q", b"q Q")
    writer.add_annotation(0, Link(rect=(1, 1, 9, 9), url="https://example.org/"))
    writer._root_object[NAME("/Lang")] = TextStringObject("fr-BE")
    marked = DictionaryObject({NAME("/Marked"): BooleanObject(True)})
    writer._root_object[NAME("/MarkInfo")] = marked
    reader = PdfReader(BytesIO(cleaningworker.pdf(written(writer))))
    [link] = reader.pages[0]["/Annots"]
    assert link.get_object()["/A"]["/URI"] == "https://example.org/"
    assert reader.root_object["/Lang"] == "fr-BE"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert (len(reader.pages), reader.metadata) == (2, None)


def test_a_locked_pdf_is_refused():
    writer = writer_of(b"q Q")
    writer.encrypt("", "owner", algorithm="RC4-128")
    with pytest.raises(Refused) as error:
        cleaningworker.pdf(written(writer))
    assert error.value.args == ("annex_encrypted", 0)


def test_a_page_that_can_not_be_read_is_named():
    writer = writer_of(b"q Q", b"q Q", b"q Q")
    broken = writer.pages[1]["/Contents"].get_object()
    broken[NAME("/Filter")] = NAME("/Nonsense")
    with pytest.raises(Refused) as error:
        cleaningworker.pdf(written(writer))
    assert error.value.args == ("annex_page_unreadable", 2)


def test_layers_that_are_not_shown_are_refused():
    writer = writer_of(b"q Q")
    layer = writer._add_object(DictionaryObject({NAME("/Type"): NAME("/OCG")}))
    usual = DictionaryObject({NAME("/OFF"): ArrayObject([layer])})
    layers = DictionaryObject({NAME("/D"): usual})
    writer._root_object[NAME("/OCProperties")] = layers
    with pytest.raises(Refused) as error:
        cleaningworker.pdf(written(writer))
    assert error.value.args == ("annex_hidden_layers", 0)


BLACK = ArrayObject([NumberObject(0)])


@pytest.mark.parametrize(
    "annotation",
    [
        an_annotation("/Redact"),
        an_annotation("/Square", IC=BLACK),
        an_annotation("/Circle", IC=BLACK),
        an_annotation("/Polygon", IC=BLACK),
    ],
    ids=lambda each: each["/Subtype"],
)
def test_words_that_are_only_covered_are_not_uncovered(annotation):
    """A name under a black box would be read in a copy without annotations."""
    writer = writer_of(b"BT (CANARY) Tj ET")
    annotate(writer, an_annotation("/Text"), annotation)
    with pytest.raises(Refused) as error:
        cleaningworker.pdf(written(writer))
    assert error.value.args == ("annex_covered", 1)


def test_a_frame_covers_nothing():
    writer = writer_of(b"BT (Article 1) Tj ET")
    annotate(writer, an_annotation("/Square", IC=ArrayObject()))
    reader = PdfReader(BytesIO(cleaningworker.pdf(written(writer))))
    assert "/Annots" not in reader.pages[0]


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_damaged_pdf_leads_to_known_errors_only(data):
    """Anything else would not be the file's fault, and is not taken for it."""
    writer = writer_of(b"BT (Article 1) Tj ET", b"q Q")
    with_comment(writer)
    damaged = bytearray(written(writer))
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        damaged[place] = data.draw(st.integers(0, 255))
    try:
        cleaningworker.pdf(bytes(damaged))
    except Refused as error:
        assert error.args[0] in set(Trouble)
    except cleaningworker.pdf_errors():
        pass


@pytest.mark.parametrize("mode", ["RGB", "L", "RGBA", "P", "1", "CMYK"])
def test_pictures_are_encoded_anew_and_upright(mode):
    picture = Image.new(mode, (40, 20))
    if mode not in ("RGBA", "P", "1"):
        copy = cleaningworker.clean(jpeg_of(picture), "jpg")
        assert CANARY not in copy
        assert Image.open(BytesIO(copy)).size == (20, 40)
    if mode != "CMYK":
        png, exif = BytesIO(), Image.Exif()
        exif[0x010E] = "CANARY"
        picture.save(png, "PNG", exif=exif)
        assert CANARY in png.getvalue()
        copy = cleaningworker.clean(png.getvalue(), "png")
        assert CANARY not in copy
        assert Image.open(BytesIO(copy)).size == (40, 20)


def test_a_picture_of_too_many_pixels_is_refused(monkeypatch):
    monkeypatch.setattr(cleaningworker, "MOST_PIXELS", 100)
    with pytest.raises(Refused) as error:
        cleaningworker.picture(jpeg_of(), "JPEG")
    assert error.value.args == ("annex_picture_too_large", 0)
