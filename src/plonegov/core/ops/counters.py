"""What this process counts as it works, for ``metrics``: in memory, no file, no name.

Labels are few and known: kinds, status codes, sites, municipalities. Nothing of a
person, an order or an address is ever a label.
"""

from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from plonegov.core.errors import TownBusy
from plonegov.core.ops.gates import GateFull
from prometheus_client import CollectorRegistry
from prometheus_client import Counter
from prometheus_client import disable_created_metrics
from prometheus_client import Gauge
from prometheus_client import Histogram
from prometheus_client import ProcessCollector


disable_created_metrics()

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)

#: Seconds: an order takes some hundredths, a refused writer waited for thirty.
WAITS = (0.005, 0.025, 0.1, 0.5, 1, 5, 30)

REQUESTS = Counter(
    "plonegov_requests",
    "Requests answered, by kind (read or write) and status.",
    ["kind", "status"],
    registry=REGISTRY,
)
LOCK_WAIT = Histogram(
    "plonegov_lock_wait_seconds",
    "Time writing requests waited for the write lock of their site.",
    ["site"],
    buckets=WAITS,
    registry=REGISTRY,
)
WRITERS_WAITING = Gauge(
    "plonegov_writers_waiting",
    "Writing requests that wait for the write lock of their site now.",
    ["site"],
    registry=REGISTRY,
)
WRITERS_REFUSED = Counter(
    "plonegov_writers_refused",
    "Writing requests answered 503 because the site was busy.",
    ["site"],
    registry=REGISTRY,
)
ORDERS_PLACED = Counter(
    "plonegov_orders_placed",
    "Orders placed since this process started.",
    ["municipality"],
    registry=REGISTRY,
)


def counted(kind: str, start_response: Callable) -> Callable:
    """Return a WSGI ``start_response`` that counts the answer.

    :param kind: ``read`` or ``write``.
    """

    def starting(status: str, *rest: object) -> Callable:
        REQUESTS.labels(kind, status[:3]).inc()
        return start_response(status, *rest)

    return starting


@contextmanager
def waiting(site: str) -> Iterator[None]:
    """Count a writer that waits inside the block; a refusal leaves it as an error."""
    with WRITERS_WAITING.labels(site).track_inprogress():
        try:
            with LOCK_WAIT.labels(site).time():
                yield
        except (GateFull, TownBusy):
            WRITERS_REFUSED.labels(site).inc()
            raise
