"""Pictures as telephones take them, with notes of where that was."""

from io import BytesIO
from PIL import Image

import pillow_heif


MAKE, ORIENTATION, GPS = 0x010F, 0x0112, 0x8825
CANARY = b"Canary"


def exif() -> bytes:
    """Return notes of a camera: its make, its place, and that it was held upright."""
    notes = Image.Exif()
    notes[MAKE] = CANARY.decode()
    notes[ORIENTATION] = 6
    notes.get_ifd(GPS)[1] = "N"
    return notes.tobytes()


def heic(width: int = 80, height: int = 60) -> bytes:
    """Return a HEIC picture that lies on its side, red above and blue below."""
    picture = Image.new("RGB", (width, height), "blue")
    picture.paste("red", (0, 0, width, height // 2))
    made = BytesIO()
    pillow_heif.from_pillow(picture).save(made, quality=90, exif=exif())
    return made.getvalue()


def jpeg() -> bytes:
    """Return a JPEG picture with the notes of its camera."""
    made = BytesIO()
    Image.new("RGB", (80, 60), "green").save(made, "JPEG", exif=exif())
    return made.getvalue()


def opened(data: bytes) -> Image.Image:
    """Return a picture that can be decoded to its end."""
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture
