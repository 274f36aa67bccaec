"""The child process of ``serve``: runs the sites' jobs until its parent ends.

``python -m plonegov.municipalities.worker``; standard input is a pipe from the
parent: when it closes, for whatever reason, the worker stops after the job at hand.
"""

from plonegov.municipalities import logger
from plonegov.municipalities.jobs import run_due
from plonegov.municipalities.jobs import Schedule
from plonegov.municipalities.runtime import start_zope

import select
import signal
import sys


#: Seconds between two looks at what is due.
TICK = 2.0


def main() -> None:
    """Run due jobs at each tick until the parent is gone or asks to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    start_zope()
    schedule = Schedule()
    while not _parent_gone():
        for run in run_due(schedule):
            if run.result:
                logger.info("%s: %s: %s", run.municipality, run.job, run.result)


def _parent_gone() -> bool:
    readable, _, _ = select.select([sys.stdin], [], [], TICK)
    return bool(readable)


def _stop(number: int, frame: object) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    main()
