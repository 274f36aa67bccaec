"""A picture loses what its camera wrote into it and keeps what one sees (GDPR, 5(1)(c))."""

from hypothesis import given
from hypothesis import strategies
from io import BytesIO
from PIL import Image
from PIL import ImageChops
from PIL import ImageCms
from PIL import PngImagePlugin
from plonegov.core.files.errors import PictureUnreadable
from plonegov.core.files.metadata import stripped_jpeg
from plonegov.core.files.metadata import stripped_png

import pytest
import struct


CANARY = b"Canary"
ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def picture(mode="RGB"):
    return Image.linear_gradient("L").resize((40, 30)).convert(mode)


def exif(**tags):
    found = Image.Exif()
    found[MAKE] = "Canary"
    found.get_ifd(GPS)[1] = "N"
    for name, value in tags.items():
        found[{"orientation": ORIENTATION}[name]] = value
    return found.tobytes()


def jpeg(mode="RGB", **kwargs):
    made = BytesIO()
    kwargs = {"exif": exif(), "comment": CANARY, "icc_profile": PROFILE} | kwargs
    picture(mode).save(made, "JPEG", **kwargs)
    return made.getvalue()


def png(**kwargs):
    made, notes = BytesIO(), PngImagePlugin.PngInfo()
    notes.add_text("Author", "Canary")
    notes.add_itxt("Place", "Canary", zip=False)
    kwargs = {"pnginfo": notes, "exif": exif(), "dpi": (300, 300)} | kwargs
    picture().save(made, "PNG", **kwargs)
    return made.getvalue()


def opened(data):
    found = Image.open(BytesIO(data))
    found.load()
    return found


def same(one, other):
    return not ImageChops.difference(opened(one), opened(other)).getbbox()


JPEGS = {
    "plain": jpeg(),
    "progressive": jpeg(progressive=True),
    "grey": jpeg("L", icc_profile=None),
    "cmyk": jpeg("CMYK", icc_profile=None),
    "restarts": jpeg(restart_marker_blocks=1),
    "fill bytes": jpeg()[:2] + b"\xff\xff" + jpeg()[2:],
}


@pytest.mark.parametrize("data", JPEGS.values(), ids=JPEGS)
def test_a_jpeg_keeps_its_pixels_and_loses_its_notes(data):
    made = stripped_jpeg(data)
    assert CANARY in data
    assert CANARY not in made
    assert same(made, data)
    assert opened(made).info.get("icc_profile") == opened(data).info.get("icc_profile")
    assert not opened(made).getexif()
    assert stripped_jpeg(made) == made


@pytest.mark.parametrize("side_up", range(2, 9))
def test_a_jpeg_keeps_which_side_is_up(side_up):
    made = stripped_jpeg(jpeg(exif=exif(orientation=side_up)))
    assert dict(opened(made).getexif()) == {ORIENTATION: side_up}
    assert CANARY not in made


@pytest.mark.parametrize("side_up", [0, 1, 9, 65535])
def test_a_side_that_says_nothing_is_left_out(side_up):
    made = stripped_jpeg(jpeg(exif=exif(orientation=side_up)))
    assert not opened(made).getexif()


def segment(marker, content):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(content) + 2) + content


ENTRY = struct.pack("<HHII", ORIENTATION, 3, 1, 6)
EXIFS = {
    "little endian": (b"II*\0\x08\0\0\0\x01\0" + ENTRY, 6),
    "no tiff": (b"", 0),
    "unknown order": (b"XX*\0\x08\0\0\0\x01\0" + ENTRY, 0),
    "too short": (b"II*\0\x08", 0),
    "ifd outside": (b"II*\0\xff\0\0\0\x01\0" + ENTRY, 0),
    "more entries than there are": (b"II*\0\x08\0\0\0\xff\xff" + ENTRY, 6),
    "entry cut off": (b"II*\0\x08\0\0\0\x01\0" + ENTRY[:-1], 0),
}


@pytest.mark.parametrize(("tiff", "side_up"), EXIFS.values(), ids=EXIFS)
def test_a_damaged_exif_segment_hinders_nothing(tiff, side_up):
    plain = stripped_jpeg(jpeg())
    made = stripped_jpeg(plain[:2] + segment(0xE1, b"Exif\0\0" + tiff) + plain[2:])
    assert opened(made).getexif().get(ORIENTATION, 0) == side_up
    assert same(made, plain)


def test_the_first_exif_segment_counts():
    plain = stripped_jpeg(jpeg())
    both = [segment(0xE1, exif(orientation=side)) for side in (3, 6)]
    xmp = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0Canary")
    made = stripped_jpeg(plain[:2] + xmp + b"".join(both) + plain[2:])
    assert opened(made).getexif()[ORIENTATION] == 3
    assert CANARY not in made


def test_what_follows_a_picture_is_cut_off():
    for data, strip in ((jpeg(), stripped_jpeg), (png(), stripped_png)):
        made = strip(data + b"<script>alert(1)</script>PK\x03\x04")
        assert made == strip(data)
        assert b"script" not in made


def test_a_png_keeps_its_pixels_and_loses_its_notes():
    data = png()
    made = stripped_png(data)
    assert CANARY in data
    assert CANARY not in made
    assert same(made, data)
    assert opened(made).info.keys() == {"dpi"}
    assert stripped_png(made) == made


@pytest.mark.parametrize("end", [2, 3, 4, 5, 25, 200, -2, -1])
def test_a_jpeg_that_was_cut_off_is_refused(end):
    with pytest.raises(PictureUnreadable):
        stripped_jpeg(jpeg()[:end])


@pytest.mark.parametrize("end", [8, 15, 19, 40, -1])
def test_a_png_that_was_cut_off_is_refused(end):
    with pytest.raises(PictureUnreadable):
        stripped_png(png()[:end])


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8\xff\xe0\x00\x01",
        b"\xff\xd8\xff<script>",
        b"\xff\xd8<html>",
        b"\xff\xd8" + segment(0xDA, b"x") + b"no end \xff",
    ],
)
def test_what_only_begins_like_a_jpeg_is_refused(data):
    with pytest.raises(PictureUnreadable):
        stripped_jpeg(data)


@given(strategies.binary(max_size=400), strategies.integers(2, 400))
def test_any_bytes_are_stripped_or_refused(noise, at):
    for data, strip in ((JPEGS["plain"], stripped_jpeg), (png(), stripped_png)):
        try:
            made = strip(data[:at] + noise + data[at:])
        except PictureUnreadable:
            continue
        assert strip(made) == made
