"""Jobs of the sites: what is due, run one after the other, never twice at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from plonegov.core.ops.filelock import held_file
from plonegov.core.ops.home import private_folder
from plonegov.core.ops.interfaces import IJob
from plonegov.core.ops.jobnotes import note_run
from plonegov.municipalities import logger
from plonegov.municipalities.loader.sites import get_site
from plonegov.municipalities.loader.sites import municipality_sites
from plonegov.municipalities.server.runtime import application
from zope.component import getUtilitiesFor

import time


@dataclass(frozen=True)
class JobRun:
    """How one run went: ``state`` is done, busy (elsewhere) or failed."""

    municipality: str
    job: str
    state: str
    result: str = ""


class Schedule:
    """When each job of each site ran last in this process (monotonic seconds)."""

    def __init__(self) -> None:
        self.last: dict[tuple[str, str], float] = {}

    def due(self, municipality_id: str, name: str, every: float) -> bool:
        """Tell whether a job is due, and count it as run if so."""
        now = time.monotonic()
        last = self.last.get((municipality_id, name))
        if last is not None and now - last < every:
            return False
        self.last[(municipality_id, name)] = now
        return True


def run_due(schedule: Schedule, only: str = "") -> list[JobRun]:
    """Run what is due in every site, or in the site of one municipality.

    :raises MunicipalityNotApplied: no site has the municipality ``only``.
    """
    with application() as app:
        if only:
            get_site(app, only)
        towns = [only] if only else sorted(municipality_sites(app))
    jobs = sorted(getUtilitiesFor(IJob), key=lambda item: item[0])
    return [
        run_job(town, name, job)
        for town in towns
        for name, job in jobs
        if schedule.due(town, name, job.every)
    ]


def run_job(municipality_id: str, name: str, job: IJob) -> JobRun:
    """Run one job in a thread and connection of its own; a fault ends only this run."""
    with _only_here(municipality_id, name) as free:
        if not free:
            return JobRun(municipality_id, name, "busy")
        with ThreadPoolExecutor(1) as pool:
            future = pool.submit(_run, municipality_id, job)
            error = future.exception()
        note_run(municipality_id, name, failed=error is not None)
    if error is not None:
        logger.error("%s: job %s failed", municipality_id, name, exc_info=error)
        return JobRun(municipality_id, name, "failed", str(error))
    return JobRun(municipality_id, name, "done", str(future.result() or ""))


def _run(municipality_id: str, job: IJob) -> str | None:
    with application() as app:
        return job.run(get_site(app, municipality_id))


@contextmanager
def _only_here(municipality_id: str, name: str) -> Iterator[bool]:
    path = private_folder("locks", "jobs") / f"{municipality_id}.{name}.lock"
    with held_file(path) as free:
        yield free
