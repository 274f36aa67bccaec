"""The child process of ``serve``: runs the sites' jobs until its parent ends.

``python -m plonegov.municipalities.server.worker``; standard input is a pipe from the
parent: when it closes, for whatever reason, the worker stops after the job at hand.
Of an instance's workers one works; the others wait, small, until it is gone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from plonegov.core.ops.filelock import try_lock
from plonegov.core.ops.files import private_opener
from plonegov.core.ops.home import private_folder
from plonegov.municipalities import logger

import select
import signal
import sys


#: Seconds between two looks at what is due, or whether the work is free.
TICK = 2.0


def main() -> None:
    """Run due jobs at each tick until the parent is gone or asks to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    with _alone() as mine:
        if mine:
            work()


def work() -> None:
    """Open Zope and run what is due until the parent is gone."""
    # Here, so that a worker that waits needs no memory for Zope.
    from plonegov.core.ops.writelock import away_errors
    from plonegov.municipalities.server.jobs import run_due
    from plonegov.municipalities.server.jobs import Schedule
    from plonegov.municipalities.server.runtime import start_zope

    start_zope()
    schedule = Schedule()
    while not _parent_gone():
        try:
            runs = run_due(schedule)
        except away_errors() as error:
            logger.warning("The database can't be reached: %s", error)
            continue
        for run in runs:
            if run.result:
                logger.info("%s: %s: %s", run.municipality, run.job, run.result)


@contextmanager
def _alone() -> Iterator[bool]:
    """Wait until no other worker of the instance works; False: the parent went first."""
    path = private_folder("locks") / "worker"
    with open(path, "ab", opener=private_opener) as file:
        while not (mine := try_lock(file.fileno())) and not _parent_gone():
            pass
        yield mine


def _parent_gone() -> bool:
    readable, _, _ = select.select([sys.stdin], [], [], TICK)
    return bool(readable)


def _stop(number: int, frame: object) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    main()
