"""Each page of a draft's annex says that it is not adopted, and shows what it showed."""

from io import BytesIO
from plonegov.deliberations.adapters import markingworker
from plonegov.deliberations.adapters.cleaningworker import Refused
from pypdf import PdfReader
from pypdf import PdfWriter
from pypdf.generic import ArrayObject
from pypdf.generic import BooleanObject
from pypdf.generic import DecodedStreamObject
from pypdf.generic import DictionaryObject
from pypdf.generic import NameObject
from pypdf.generic import NumberObject
from pypdf.generic import RectangleObject

import pytest
import re


LINE = "PROJET, non adopté / ONTWERP, niet aangenomen"
TALL, WIDE = (0, 0, 300, 500), (-20, 10, 480, 310)


def written(*contents, box=TALL, **values):
    """Return a PDF whose pages draw these contents; None draws nothing."""
    writer = PdfWriter()
    for content in contents:
        page = writer.add_blank_page(10, 10)
        page[NameObject("/MediaBox")] = RectangleObject(box)
        for name, value in values.items():
            page[NameObject(f"/{name}")] = value
        if content is not None:
            stream = DecodedStreamObject()
            stream.set_data(content)
            page[NameObject("/Contents")] = writer._add_object(stream)
    writer._root_object[NameObject("/MarkInfo")] = DictionaryObject(
        {NameObject("/Marked"): BooleanObject(True)}
    )
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def pages_of(data):
    return PdfReader(BytesIO(data)).pages


def content_of(page):
    return page.get_contents().get_data()


def test_each_page_says_it_once_and_shows_what_it_showed():
    given = written(b"BT (Article 1) Tj ET", None, b"0 0 9 9 re f")
    pages = pages_of(markingworker.mark(given, LINE))
    assert [page.extract_text().count(LINE) for page in pages] == [1, 1, 1]
    assert b"(Article 1) Tj" in content_of(pages[0])
    assert b"0 0 9 9 re f" in content_of(pages[2])


def test_a_tagged_pdf_stays_tagged_and_the_line_is_an_artifact():
    tagged = b"/P <</MCID 0>> BDC BT (Article 1) Tj ET EMC"
    made = markingworker.mark(written(tagged), LINE)
    reader = PdfReader(BytesIO(made))
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert reader.metadata is None
    before, artifact, after = content_of(reader.pages[0]).partition(b"/Artifact")
    assert tagged in before
    assert artifact and after.strip().endswith(b"EMC")
    assert after.count(b"BDC") == after.count(b"EMC") == 1


def drawn_at(page):
    """Return where on the page the line begins, in the page's own space."""
    content = content_of(page).partition(b"/Artifact")[2].decode()
    turn = re.search(r"q ([-\d. ]+) cm", content)[1]
    a, b, c, d, e, f = map(float, turn.split())
    u, v = map(float, re.search(r"([-\d.]+) ([-\d.]+) Td", content).groups())
    return a * u + c * v + e, b * u + d * v + f


@pytest.mark.parametrize("box", [TALL, WIDE])
@pytest.mark.parametrize("turned", [0, 90, 180, 270, -90, 450])
def test_it_stands_at_the_top_of_the_page_as_it_is_seen(box, turned):
    given = written(b"", box=box, Rotate=NumberObject(turned))
    [page] = pages_of(markingworker.mark(given, LINE))
    x, y = drawn_at(page)
    left, bottom, right, top = box
    # How far from the edges that are the left and the upper one when it is turned.
    from_left, from_top = {
        0: (x - left, top - y),
        90: (y - bottom, x - left),
        180: (right - x, y - bottom),
        270: (top - y, right - x),
    }[turned % 360]
    assert 0 < from_left < 30
    assert 0 < from_top < 30


def test_what_is_cut_off_the_page_is_not_where_it_stands():
    given = written(b"", box=TALL, CropBox=RectangleObject((50, 50, 900, 450)))
    [page] = pages_of(markingworker.mark(given, LINE))
    x, y = drawn_at(page)
    assert 50 < x < 80
    assert 420 < y < 450


def test_a_long_line_fits_a_narrow_page():
    [page] = pages_of(markingworker.mark(written(b"", box=(0, 0, 60, 500)), LINE))
    size = float(re.search(rb"Draft ([\d.]+) Tf", content_of(page))[1])
    assert size * markingworker.WIDTH * len(LINE) <= 60


@pytest.mark.parametrize(
    ("content", "missing", "left"),
    [
        (b"", 0, 0),
        (b"q 1 0 0 1 0 0 cm Q", 0, 0),
        (b"q q .1 0 0 .1 0 0 cm", 0, 2),
        (b"Q Q q", 2, 1),
        (b"Q q Q", 1, 0),
        (b"q[1]0 d Q", 0, 0),
        (b"(a q (b q) \\) q) Tj % q\nQ", 1, 0),
        (b"BI /W 1 /H 1 ID q q \x00 EI q", 0, 1),
        (b"/q gs /Q gs qQ", 0, 0),
        (b"[(x)]TJ q<41>Tj Q", 0, 0),
    ],
)
def test_saved_states_are_counted_as_a_reader_does(content, missing, left):
    assert markingworker.unbalanced(content) == (missing, left)


def test_a_page_that_leaves_its_states_open_hides_nothing():
    """The line is drawn in the page's own state, whatever the page did to its own."""
    given = written(b"Q q .01 0 0 .01 0 0 cm q 0 0 1 1 re W n")
    [page] = pages_of(markingworker.mark(given, LINE))
    before = content_of(page).partition(b"/Artifact")[0]
    assert markingworker.unbalanced(before) == (0, 0)
    assert before.split().count(b"q") == before.split().count(b"Q") == 4


def test_pages_that_share_their_resources_keep_them():
    writer = PdfWriter()
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font")})
    shared = DictionaryObject(
        {
            NameObject("/Font"): DictionaryObject(
                {NameObject("/F1"): writer._add_object(font)}
            )
        }
    )
    for _ in range(2):
        writer.add_blank_page(200, 200)
    tree = writer._root_object["/Pages"]
    tree[NameObject("/Resources")] = writer._add_object(shared)
    for page in writer.pages:
        page.pop("/Resources", None)
    given = BytesIO()
    writer.write(given)
    for page in pages_of(markingworker.mark(given.getvalue(), LINE)):
        assert set(page["/Resources"]["/Font"]) == {"/F1", markingworker.NAME}


def test_a_page_that_can_not_be_marked_is_named():
    writer = PdfWriter(clone_from=BytesIO(written(b"q Q", b"q Q")))
    writer.pages[1][NameObject("/MediaBox")] = ArrayObject([NumberObject(0)] * 4)
    given = BytesIO()
    writer.write(given)
    with pytest.raises(Refused) as error:
        markingworker.mark(given.getvalue(), LINE)
    assert error.value.args == ("annex_page_unreadable", 2)


def test_what_is_no_pdf_is_refused():
    with pytest.raises(Refused) as error:
        markingworker.mark(b"%PDF-1.7 not really one", LINE)
    assert error.value.args == ("annex_unreadable", 0)
