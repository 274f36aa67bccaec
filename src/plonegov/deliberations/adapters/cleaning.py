"""Makes the public's copy of a file, in processes of their own with limits.

What a parser does with a hostile file must not happen in the server (``cleaningworker``,
``markingworker``), and no writer must wait for it: jobs call this, without the write lock.
"""

from pathlib import Path
from plonegov.core.files import limited
from plonegov.deliberations import logger
from plonegov.deliberations.domain.cleaning import Copy
from plonegov.deliberations.domain.cleaning import kind_of
from plonegov.deliberations.domain.cleaning import refused
from plonegov.deliberations.domain.cleaning import Trouble

import json
import subprocess


CLEANER = Path(__file__).with_name("cleaningworker.py")
MARKER = Path(__file__).with_name("markingworker.py")
#: Seconds after which a file counts as one that can't be cleaned: other jobs wait.
TIMEOUT = 60
#: A worker's status when it says what is wrong with the file.
SAID = 3


def cleaned(data: bytes) -> Copy:
    """Return a copy of a file that shows what the file shows, and holds nothing else.

    :raises AnnexRefused: it is of no kind that can be cleaned, encrypted, damaged (its
        context names the page, if one is the trouble), or it hides something.
    """
    kind = kind_of(data)
    return Copy(kind, _made_by(CLEANER, data, str(kind)))


def marked(copy: Copy, text: str) -> Copy:
    """Return a clean PDF of which each page says at its top what it is.

    :param text: one short line.
    :raises AnnexRefused: a page can't be marked; its context names the page.
    """
    return Copy(copy.kind, _made_by(MARKER, copy.data, text))


def _made_by(worker: Path, data: bytes, argument: str) -> bytes:
    try:
        done = limited.run(worker, data, argument, timeout=TIMEOUT)
    except subprocess.TimeoutExpired as error:
        raise refused(Trouble.TOO_SLOW) from error
    if done.returncode == SAID:
        raise refused(**json.loads(done.stderr))
    if done.returncode or not done.stdout:
        reason = limited.complaint(done)
        logger.info("An annex was not cleaned: %s", reason or done.returncode)
        raise refused(Trouble.UNREADABLE)
    return done.stdout
