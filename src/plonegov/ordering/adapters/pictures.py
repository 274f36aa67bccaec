"""Makes the pictures of citizens plain: JPEG or PNG, without notes of the camera.

HEIC is decoded by a process of its own with limits of memory and time (``heicworker``):
what a decoder of video does with a wrong file must not happen in the server.
"""

from pathlib import Path
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.ordering import logger
from plonegov.ordering.domain.attachments import HEIC
from plonegov.ordering.domain.attachments import JPEG
from plonegov.ordering.domain.attachments import PNG
from plonegov.ordering.domain.attachments import safe_filename
from plonegov.ordering.domain.errors import PictureUnreadable
from plonegov.ordering.domain.metadata import stripped_jpeg
from plonegov.ordering.domain.metadata import stripped_png
from plonegov.ordering.domain.model import Attachment

import os
import subprocess
import sys


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


def plain_files(files: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    """Return the files of a request as they are stored.

    :raises InvalidInput: ``picture_unreadable`` for each that can't be opened.
    """
    made, faults = [], []
    for index, file in enumerate(files):
        try:
            kind, data = plain(file.content_type, file.data)
        except PictureUnreadable as error:
            faults.append(Fault(f"attachments.{index}.data", error.code))
            continue
        name = safe_filename(file.filename, kind)
        made.append(Attachment(file.question, name, kind, data))
    if faults:
        raise InvalidInput(faults)
    return tuple(made)


def as_jpeg(data: bytes) -> bytes:
    """Return a HEIC picture as JPEG.

    :raises PictureUnreadable: it can't be decoded within the limits.
    """
    command = [sys.executable, "-P", str(WORKER)]
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            env={"PYTHONPATH": os.pathsep.join(sys.path)},
            timeout=TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PictureUnreadable() from error
    if done.returncode or not done.stdout:
        reason = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        logger.info("A HEIC picture was refused: %s", reason or done.returncode)
        raise PictureUnreadable()
    return done.stdout
