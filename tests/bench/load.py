"""Requests over the loopback: one after another or by several clients at once."""

from collections import Counter
from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from http.client import HTTPConnection
from http.client import HTTPException
from statistics import median
from urllib.parse import urlencode

import json
import threading
import time


#: Seconds that one request, and one whole load, may take.
REQUEST_LIMIT, LOAD_LIMIT = 60, 180
#: Themes are not applied on the host name 127.0.0.1.
HOST = "localhost"


@dataclass(frozen=True)
class Call:
    """A request: method, path, headers, and a JSON body or the fields of a form."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: dict | None = None
    form: dict[str, str] | None = None

    def encoded(self) -> tuple[bytes | None, dict[str, str]]:
        """Return the body as it is sent, and the headers that say what it is."""
        if self.form is not None:
            kind = "application/x-www-form-urlencoded"
            return urlencode(self.form).encode(), {"Content-Type": kind}
        if self.body is None:
            return None, {}
        kind = "application/json"
        return json.dumps(self.body).encode(), {"Content-Type": kind, "Accept": kind}


@dataclass(frozen=True)
class Answer:
    """What came back: status (0: no answer), seconds, cookies to send back, body."""

    status: int
    seconds: float
    cookie: str
    body: bytes

    def json(self):
        return json.loads(self.body)


def cookie_of(set_cookies: list[str]) -> str:
    """Return the ``Cookie`` header that answers ``Set-Cookie`` headers."""
    return "; ".join(text.split(";")[0] for text in set_cookies)


class Client:
    """One keep-alive connection to a server on this machine."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connection = HTTPConnection("127.0.0.1", port, timeout=REQUEST_LIMIT)

    def send(self, call: Call) -> Answer:
        """Send a request and read the whole answer."""
        headers = {"Host": f"{HOST}:{self.port}", "Accept": "text/html", **call.headers}
        body, more = call.encoded()
        headers |= more
        start = time.perf_counter()
        try:
            self.connection.request(call.method, call.path, body, headers)
            response = self.connection.getresponse()
            data = response.read()
        except (OSError, HTTPException):
            self.connection.close()
            return Answer(0, time.perf_counter() - start, "", b"")
        seconds = time.perf_counter() - start
        cookies = response.headers.get_all("Set-Cookie") or []
        return Answer(response.status, seconds, cookie_of(cookies), data)

    def close(self) -> None:
        self.connection.close()


def ask(port: int, call: Call) -> Answer:
    """Send one request over a connection of its own."""
    client = Client(port)
    try:
        return client.send(call)
    finally:
        client.close()


@dataclass(frozen=True)
class Load:
    """What a load gave: all answers, and the seconds from first to last."""

    answers: tuple[Answer, ...]
    seconds: float

    @property
    def done(self) -> int:
        return sum(200 <= answer.status < 300 for answer in self.answers)

    @property
    def rate(self) -> float:
        """Requests answered with success, per second."""
        return self.done / self.seconds

    @property
    def statuses(self) -> Counter:
        return Counter(answer.status for answer in self.answers)

    @property
    def broken(self) -> int:
        """Answers with a status of 500 or more, and requests without answer."""
        return sum(
            answer.status == 0 or answer.status >= 500 for answer in self.answers
        )

    @property
    def median(self) -> float:
        """Median time of a request in seconds."""
        return median(answer.seconds for answer in self.answers)


def together(
    port: int | Sequence[int],
    clients: int,
    number: int,
    make: Callable[[int], Call],
) -> Load:
    """Send ``number`` requests by ``clients`` at once; ``make`` gives the n-th call.

    :param port: of the server, or of several that share the clients.
    """
    ports = [port] if isinstance(port, int) else list(port)
    answers: list[Answer] = []
    guard = threading.Lock()
    numbers = iter(range(number))
    end = time.monotonic() + LOAD_LIMIT

    def work(turn: int) -> None:
        client = Client(ports[turn % len(ports)])
        while time.monotonic() < end:
            with guard:
                index = next(numbers, None)
            if index is None:
                break
            answer = client.send(make(index))
            with guard:
                answers.append(answer)
        client.close()

    threads = [threading.Thread(target=work, args=(turn,)) for turn in range(clients)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Load(tuple(answers), time.perf_counter() - start)


def in_turn(
    calls: Sequence[tuple[int, Call]], number: int, warm: int = 5
) -> list[Load]:
    """Send several calls (port, call) one after another, ``number`` times each."""
    clients = [Client(port) for port, _ in calls]
    answers: list[list[Answer]] = [[] for _ in calls]
    for turn in range(warm + number):
        for client, (_, call), kept in zip(clients, calls, answers, strict=True):
            answer = client.send(call)
            if turn >= warm:
                kept.append(answer)
    for client in clients:
        client.close()
    return [
        Load(tuple(kept), sum(answer.seconds for answer in kept)) for kept in answers
    ]


class Reader:
    """Context manager: one person reads a page again and again while it is entered."""

    #: Seconds between two requests.
    PAUSE = 0.05

    def __init__(self, port: int, call: Call) -> None:
        self.client, self.call = Client(port), call
        self.answers: list[Answer] = []
        self.stop = threading.Event()

    def __enter__(self) -> "Reader":
        self.thread = threading.Thread(target=self._read)
        self.thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self.stop.set()
        self.thread.join()
        self.client.close()

    def _read(self) -> None:
        while not self.stop.wait(self.PAUSE):
            self.answers.append(self.client.send(self.call))

    @property
    def load(self) -> Load:
        answers = tuple(self.answers)
        return Load(answers, sum(answer.seconds for answer in answers))
