"""Makes pictures plain: JPEG or PNG, without notes of the camera.

HEIC is decoded by a process of its own with limits of memory and time (``heicworker``):
what a decoder of video does with a wrong file must not happen in the server.
"""

from pathlib import Path
from plonegov.core import logger
from plonegov.core.files import limited
from plonegov.core.files.errors import PictureUnreadable
from plonegov.core.files.kinds import HEIC
from plonegov.core.files.kinds import JPEG
from plonegov.core.files.kinds import PNG
from plonegov.core.files.metadata import stripped_jpeg
from plonegov.core.files.metadata import stripped_png

import subprocess


WORKER = Path(__file__).with_name("heicworker.py")
#: Seconds after which a picture counts as unreadable: it is converted while its
#: sender, and who writes in the town meanwhile, wait.
TIMEOUT = 10

STRIPPED = {JPEG: stripped_jpeg, PNG: stripped_png}


def plain(content_type: str, data: bytes) -> tuple[str, bytes]:
    """Return type and bytes of a file as it is stored.

    :raises PictureUnreadable: a picture is damaged or too large to be opened.
    """
    if content_type == HEIC:
        return JPEG, as_jpeg(data)
    strip = STRIPPED.get(content_type)
    return content_type, strip(data) if strip else data


def as_jpeg(data: bytes) -> bytes:
    """Return a HEIC picture as JPEG.

    :raises PictureUnreadable: it can't be decoded within the limits.
    """
    try:
        done = limited.run(WORKER, data, timeout=TIMEOUT)
    except subprocess.TimeoutExpired as error:
        raise PictureUnreadable() from error
    if done.returncode or not done.stdout:
        reason = limited.complaint(done)
        logger.info("A HEIC picture was refused: %s", reason or done.returncode)
        raise PictureUnreadable()
    return done.stdout
