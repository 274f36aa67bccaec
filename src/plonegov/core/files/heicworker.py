"""Reads a HEIC picture from standard input and writes it as JPEG.

Started as a process of its own by ``pictures``. It takes limits before it opens
anything; whatever goes wrong ends it with a status other than 0.
"""

from io import BytesIO
from PIL import Image
from PIL import ImageOps

import pillow_heif
import resource
import sys


#: The longest side of the JPEG: an A4 page at 300 dots per inch.
LONGEST = 3508
QUALITY = 85
#: The most pixels that are decoded; telephones of today take 50 million.
MOST_PIXELS = 64_000_000
MEMORY = 1536 * 1024 * 1024
SECONDS = 8


def limit() -> None:
    """Bound the memory and the computing time of this process; it writes no file."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def convert(data: bytes) -> bytes:
    """Return a picture as JPEG: upright, at most ``LONGEST``, without any notes.

    :raises ValueError: it has too many pixels.
    :raises OSError: it can't be decoded.
    """
    pillow_heif.register_heif_opener(thumbnails=False, decode_threads=1)
    with Image.open(BytesIO(data), formats=["HEIF"]) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise ValueError(f"{opened.width} x {opened.height} pixels are too many")
        opened.load()
        picture = ImageOps.exif_transpose(opened).convert("RGB")
    picture.thumbnail((LONGEST, LONGEST))
    made = BytesIO()
    picture.info.clear()
    picture.save(made, "JPEG", quality=QUALITY)
    return made.getvalue()


if __name__ == "__main__":
    limit()
    sys.stdout.buffer.write(convert(sys.stdin.buffer.read()))
