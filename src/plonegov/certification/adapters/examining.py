"""Examines the seal of a PDF that a stranger sent, in a limited process; keeps nothing."""

from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from plonegov.certification.domain.verdict import SealFound
from plonegov.core.errors import PlonegovError
from plonegov.core.files import limited
from plonegov.core.ops.gates import FairGate
from plonegov.core.ops.gates import GateFull
from subprocess import TimeoutExpired

import json


WORKER = Path(__file__).parent / "examineworker.py"
TIMEOUT = 10  # seconds
#: Examinations at a time in a process: who looks at a page must not wait for them.
PLACES = FairGate(1)


class FileUnreadable(PlonegovError):
    """The file is no PDF that can be examined."""

    code = "verified_file_unreadable"


class ExaminerBusy(PlonegovError):
    """Another file is being examined: this one may be sent again in a moment."""

    code = "examiner_busy"
    status = 503


def examine(data: bytes, roots: Sequence[bytes]) -> SealFound | None:
    """Return what is found of a PDF's seal; None: it has none.

    :param roots: certificates (DER) that a seal of the town leads to.
    :raises FileUnreadable: see there; it took too long, too.
    :raises ExaminerBusy: see there.
    """
    try:
        PLACES.enter(waiting=0)
    except GateFull as error:
        raise ExaminerBusy() from error
    try:
        return _examine(data, roots)
    finally:
        PLACES.leave()


def _examine(data: bytes, roots: Sequence[bytes]) -> SealFound | None:
    arguments = [b64encode(root).decode() for root in roots]
    try:
        done = limited.run(WORKER, data, *arguments, timeout=TIMEOUT)
    except TimeoutExpired as error:
        raise FileUnreadable() from error
    if done.returncode:
        raise FileUnreadable()
    found = json.loads(done.stdout)["seal"]
    return SealFound(**found) if found else None
