"""Citizens who order at the same time, through the web server in front."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from helpers.orders import request
from helpers.storages import Town
from threading import Event
from uuid import uuid4

import time


def order(town: Town, key: str = "") -> tuple[int, str]:
    """Order a document; return the status and the reference, or the answer."""
    answer = town.nginx.session.post(
        f"{town.nginx.url}/@orders",
        json=request(),
        headers={"Accept": "application/json", "Idempotency-Key": key or str(uuid4())},
        timeout=120,
    )
    if answer.status_code != 201:
        return answer.status_code, answer.text
    return answer.status_code, answer.json()["reference"]


def orders_at_once(town: Town, number: int, citizens: int) -> list[tuple[int, str]]:
    """Order so many documents, so many citizens at a time."""
    with ThreadPoolExecutor(citizens) as pool:
        return list(pool.map(lambda _: order(town), range(number)))


class Load:
    """What was ordered under a load: when each was acknowledged, and its reference."""

    def __init__(self) -> None:
        self.acknowledged: list[tuple[float, str]] = []
        self.failed: list[tuple[int, str]] = []

    def before(self, moment: float) -> set[str]:
        """Return the references acknowledged before a moment (``time.monotonic()``)."""
        return {reference for when, reference in self.acknowledged if when < moment}


@contextmanager
def under_load(town: Town, citizens: int = 3) -> Iterator[Load]:
    """Citizens order one document after another until this is left."""
    load, over = Load(), Event()

    def go_on() -> None:
        while not over.is_set():
            status, text = order(town)
            if status == 201:
                load.acknowledged.append((time.monotonic(), text))
            else:
                load.failed.append((status, text))

    with ThreadPoolExecutor(citizens) as pool:
        running = [pool.submit(go_on) for _ in range(citizens)]
        try:
            yield load
        finally:
            over.set()
    for each in running:
        each.result()
