"""Makes the public's copy of a file, in a process of its own with limits.

What a parser does with a hostile file must not happen in the server (``cleaningworker``).
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


WORKER = Path(__file__).with_name("cleaningworker.py")
#: Seconds after which a file counts as one that can't be cleaned: who confirms waits.
TIMEOUT = 60
#: The worker's status when it says what is wrong with the file.
SAID = 3


def cleaned(data: bytes) -> Copy:
    """Return a copy of a file that shows what the file shows, and holds nothing else.

    :raises AnnexRefused: it is of no kind that can be cleaned, encrypted, damaged (its
        context names the page, if one is the trouble), or it hides layers.
    """
    kind = kind_of(data)
    try:
        done = limited.run(WORKER, data, str(kind), timeout=TIMEOUT)
    except subprocess.TimeoutExpired as error:
        raise refused(Trouble.TOO_SLOW) from error
    if done.returncode == SAID:
        raise refused(**json.loads(done.stderr))
    if done.returncode or not done.stdout:
        reason = limited.complaint(done)
        logger.info("An annex was not cleaned: %s", reason or done.returncode)
        raise refused(Trouble.UNREADABLE)
    return Copy(kind, done.stdout)
