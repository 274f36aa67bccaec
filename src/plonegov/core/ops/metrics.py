"""``metrics`` on the Zope root: how this process is doing, as Prometheus text.

Format: https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from collections.abc import Iterator
from importlib.metadata import version
from platform import python_version
from plonegov.core.ops.counters import REGISTRY
from plonegov.core.ops.home import home
from plonegov.core.ops.jobnotes import job_notes
from plonegov.core.ops.monitors import has_token
from plonegov.core.ops.monitors import is_listed
from Products.Five.browser import BrowserView
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client import generate_latest
from prometheus_client.core import CounterMetricFamily
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.core import Metric
from zExceptions import NotFound

import time


class Metrics(BrowserView):
    """Prometheus text for a listed address or the bearer of the token, else 404."""

    def __call__(self) -> bytes:
        if not (is_listed(self.request.environ) or has_token(self.request._auth)):
            raise NotFound("metrics")
        response = self.request.response
        response.setHeader("Content-Type", CONTENT_TYPE_PLAIN_0_0_4)
        response.setHeader("Cache-Control", "no-store")
        return generate_latest(REGISTRY) + generate_latest(Moment(self.context))


class Moment:
    """What is looked up at the moment of asking; ``root`` is the Zope root."""

    def __init__(self, root) -> None:
        self.root = root

    def collect(self) -> Iterator[Metric]:
        """Yield metrics, as the collectors of prometheus_client do."""
        yield self._build()
        yield from self._database()
        yield from self._mail()
        yield from self._jobs()

    def _build(self) -> Metric:
        info = GaugeMetricFamily(
            "plonegov_build_info",
            "Versions of what runs; the value is always 1.",
            labels=["version", "plone", "python"],
        )
        versions = [version("plonegov"), version("Products.CMFPlone"), python_version()]
        info.add_metric(versions, 1)
        return info

    def _database(self) -> Iterator[Metric]:
        database = self.root._p_jar.db()
        yield GaugeMetricFamily(
            "plonegov_zodb_cached_objects",
            "Objects in the caches of all database connections of this process.",
            database.cacheSize(),
        )
        yield GaugeMetricFamily(
            "plonegov_zodb_connections",
            "Database connections of this process, busy or idle.",
            len(database.cacheDetailSize()),
        )

    def _mail(self) -> Iterator[Metric]:
        for state, folder, text in (
            ("waiting", "new", "Mails that wait for the mail server of a town."),
            ("failed", "failed", "Mails that a mail server refused for good."),
        ):
            mails = GaugeMetricFamily(
                f"plonegov_mails_{state}", text, labels=["municipality"]
            )
            for town in sorted(home().glob("mail/*/")):
                mails.add_metric([town.name], sum(1 for _ in town.glob(f"{folder}/*")))
            yield mails

    def _jobs(self) -> Iterator[Metric]:
        labels = ["municipality", "job"]
        ages = GaugeMetricFamily(
            "plonegov_job_age_seconds",
            "Seconds since the last run of a job.",
            labels=labels,
        )
        failures = CounterMetricFamily(
            "plonegov_job_failures", "Runs of a job that failed.", labels=labels
        )
        now = time.time()
        for note in job_notes():
            ages.add_metric([note.municipality, note.job], max(now - note.last, 0))
            failures.add_metric([note.municipality, note.job], note.failed)
        yield ages
        yield failures
