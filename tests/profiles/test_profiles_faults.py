"""What breaks around the counter loses no order, doubles none and tells no secret."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from helpers.orders import request
from helpers.people import PASSWORD
from helpers.serving import free_port
from helpers.serving import until
from pathlib import Path
from smtplistener import serve
from threading import Event
from urllib.parse import parse_qs
from urllib.parse import urlsplit
from uuid import uuid4

import fcntl
import json
import pytest
import requests
import shutil
import time


ROOT = Path(__file__).parents[2]
CLERK = ("clerk", PASSWORD)
CLIENTS = 8
#: Writers of a town that may be inside: one holds the lock, 16 wait (zope.ini).
INSIDE = 17
JSON = {"Accept": "application/json", "Accept-Language": "en"}
MAIL_SERVER = """
from helpers.people import add_person
from plone.base.interfaces import IMailSchema
from plone.registry.interfaces import IRegistry
from plonegov.municipalities.server import runtime
from plonegov.municipalities.loader.sites import get_site
from zope.component import getUtility

import sys

runtime.start_zope()
with runtime.application() as app, runtime.writing("seneffe"):
    portal = get_site(app, "seneffe")
    add_person(portal, "clerk", ["Member", "Clerk"], ["service-population"])
    stored = getUtility(IRegistry).forInterface(IMailSchema, prefix="plone")
    stored.smtp_host, stored.smtp_port = "127.0.0.1", int(sys.argv[1])
    stored.email_from_address = "counter@seneffe.example"
"""
AGEING = """
from datetime import timedelta
from plonegov.municipalities.server import runtime
from plonegov.municipalities.loader.sites import get_site

import sys

runtime.start_zope()
with runtime.application() as app, runtime.writing("seneffe"):
    replays = get_site(app, "seneffe")["counter"].replays
    for key in sys.argv[1:]:
        digest, reference, placed = replays._replays[key]
        replays._replays[key] = (digest, reference, placed - timedelta(hours=25))
"""


@dataclass
class Attempt:
    """One order that was sent; ``status`` 0 means that no answer came."""

    key: str = field(default_factory=lambda: str(uuid4()))
    status: int = 0
    body: dict = field(default_factory=dict)

    @property
    def reference(self) -> str:
        return self.body["reference"]

    def send(self, session, served) -> "Attempt":
        """Send the order, or send it again."""
        headers = JSON | {"Idempotency-Key": self.key}
        payload = request(applicant__email="")
        address = f"{served.url}/@orders"
        answer = session.post(address, json=payload, headers=headers, timeout=60)
        self.status, self.body = answer.status_code, answer.json()
        return self


def keep_ordering(served, over: Event, pause: float = 0.0) -> list[Attempt]:
    """Send orders until told to stop, or until an answer fails to come."""
    attempts = []
    with requests.Session() as session:
        while not over.is_set():
            attempts.append(Attempt())
            try:
                attempts[-1].send(session, served)
            except requests.RequestException:
                break
            time.sleep(pause)
    return attempts


@contextmanager
def ordering(served, pause: float = 0.0):
    """Let 8 clients order; what they sent is in the list at the end."""
    over, attempts = Event(), []
    with ThreadPoolExecutor(CLIENTS) as pool:
        tasks = [
            pool.submit(keep_ordering, served, over, pause) for _ in range(CLIENTS)
        ]
        try:
            yield attempts
        finally:
            over.set()
        for task in tasks:
            attempts += task.result()


def references(served) -> list[str]:
    """Return the references of all orders that the town holds."""
    found, size = [], 200
    while len(found) % size == 0:
        address = f"{served.url}/@orders?b_size={size}&b_start={len(found)}"
        answer = requests.get(address, auth=CLERK, headers=JSON, timeout=60)
        page = [row["reference"] for row in answer.json()["items"]]
        found += page
        if not page:
            break
    assert len(found) == len(set(found))
    return found


def tracked(session, served, attempt: Attempt):
    """Ask for an order with the secret of its link."""
    secret = parse_qs(urlsplit(attempt.body["tracking_url"]).query)["secret"][0]
    address = f"{served.url}/@orders/{attempt.reference}?secret={secret}"
    return session.get(address, headers=JSON, timeout=60)


def assert_all_there(served, attempts: list[Attempt], before: set[str]) -> None:
    """Every order answered is there under its link, and no other one."""
    with requests.Session() as session:
        for attempt in attempts:
            answer = tracked(session, served, attempt)
            assert answer.status_code == 200
            assert answer.json()["reference"] == attempt.reference
    made = [attempt.reference for attempt in attempts]
    assert len(made) == len(set(made))
    assert set(references(served)) - before == set(made)


@contextmanager
def moved_away(path: Path):
    """Take a folder away for a while; what came in its place goes."""
    aside = path.with_name(f"{path.name}.aside")
    path.rename(aside)
    try:
        yield
    finally:
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        aside.rename(path)


@contextmanager
def exposed(path: Path):
    """Let others than the owner into a folder for a while."""
    path.chmod(0o755)
    try:
        yield
    finally:
        path.chmod(0o700)


@contextmanager
def lock_held(served):
    """Hold the town's write lock from another process than the server's."""
    with open(served.home / "locks" / "seneffe.lock", "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="module")
def mail_port(served) -> int:
    """The port of the town's mail server, on which nothing listens yet.

    The town has a clerk from here on.
    """
    port = free_port()
    environment = dict(served.environment)
    served.environment["PYTHONPATH"] = str(ROOT / "tests")
    served.script(MAIL_SERVER, str(port))
    served.environment = environment
    return port


@pytest.fixture
def before(served, mail_port) -> set[str]:
    """The references of the orders that were there before."""
    return set(references(served))


def test_no_answered_order_is_lost_or_doubled_when_the_server_is_killed(served, before):
    with ordering(served) as attempts:
        time.sleep(3)
        served.kill()
    served.start()
    answered = [attempt for attempt in attempts if attempt.status]
    silent = [attempt for attempt in attempts if not attempt.status]
    assert {attempt.status for attempt in answered} == {201}
    assert len(answered) > CLIENTS
    assert len(silent) == CLIENTS
    stored = set(references(served)) - before
    assert {attempt.reference for attempt in answered} <= stored
    assert len(stored) <= len(attempts)
    with requests.Session() as session:
        for attempt in silent:
            assert attempt.send(session, served).status == 201
        first = [attempt.reference for attempt in silent]
        again = [attempt.send(session, served).reference for attempt in silent]
    assert again == first
    assert_all_there(served, attempts, before)


def test_commands_write_beside_eight_writers(served, before):
    with requests.Session() as session:
        aged = [Attempt().send(session, served) for _ in range(3)]
    facts = served.home / "profiles" / "seneffe" / "municipality.toml"
    website = "https://counter.seneffe.example"
    facts.write_text(facts.read_text().replace("https://www.seneffe.be", website))
    with ordering(served, pause=0.5) as attempts:
        served.script(AGEING, *[attempt.key.replace("-", "") for attempt in aged])
        jobs = served.run("jobs", "run", "--json")
        applied = served.run("municipality", "apply", "seneffe", "--json")
    assert jobs[0] == 0, jobs
    assert "failed" not in {run["state"] for run in json.loads(jobs[1])}
    assert applied[0] == 0, applied
    assert json.loads(applied[1])["changed"] == ["contact.website"]
    assert website in served.get("/seneffe")[1]
    assert {attempt.status for attempt in attempts} == {201}
    assert_all_there(served, aged + attempts, before)
    with requests.Session() as session:
        made_again = [Attempt(each.key).send(session, served) for each in aged]
    assert not {each.reference for each in made_again} & {
        each.reference for each in aged
    }


def test_the_surplus_of_waiting_writers_is_sent_away_and_readers_go_on(served, before):
    surplus = 13
    sent = [Attempt() for _ in range(INSIDE + surplus)]

    def send(attempt):
        with requests.Session() as session:
            return attempt.send(session, served)

    with ThreadPoolExecutor(len(sent)) as pool:
        with lock_held(served):
            tasks = [pool.submit(send, attempt) for attempt in sent]
            until(lambda: sum(task.done() for task in tasks) == surplus, 20)
            begin = time.monotonic()
            pages = [served.get("/seneffe")[0] for _ in range(5)]
            refused = requests.post(f"{served.url}/@orders", json={}, timeout=60)
            waited = time.monotonic() - begin
            assert sum(task.done() for task in tasks) == surplus
        for task in tasks:
            task.result()
    assert pages == [200] * 5
    assert waited < 10
    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) > 0
    statuses = [attempt.status for attempt in sent]
    assert (statuses.count(201), statuses.count(503)) == (INSIDE, surplus)
    away = [attempt for attempt in sent if attempt.status == 503]
    assert {attempt.body["type"] for attempt in away} == {"town_busy"}
    assert_all_there(served, [each for each in sent if each.status == 201], before)


def test_a_mail_waits_for_its_server_and_leaves_once(served, mail_port, before):
    folder = served.home / "mail" / "seneffe"
    payload = request(language="nl", applicant__email="ada@exempleville.example")
    begin = time.monotonic()
    answer = requests.post(
        f"{served.url}/@orders", json=payload, headers=JSON, timeout=60
    )
    assert (answer.status_code, time.monotonic() - begin < 5) == (201, True)
    tries = folder / "retries.json"
    until(lambda: tries.exists() and "server" in json.loads(tries.read_text()), 60)
    assert len(list((folder / "new").iterdir())) == 1
    listener, server = serve(port=mail_port)
    try:
        later = json.loads(tries.read_text())
        tries.write_text(
            json.dumps({key: each | {"next": 0} for key, each in later.items()})
        )
        for _ in range(2):
            code, out, err = served.run("jobs", "run", "--json")
            assert code == 0, (out, err)
            until(lambda: not list(folder.glob("new/*")) + list(folder.glob("sent/*")))
    finally:
        server.shutdown()
        server.server_close()
    [mail] = listener.received
    assert mail.recipient == "ada@exempleville.example"
    assert mail.sender == "counter@seneffe.example"
    assert mail.message["Content-Language"] == "nl"
    assert "ontvangen" in mail.message["Subject"]
    assert (
        answer.json()["tracking_url"] in mail.message.get_body(["plain"]).get_content()
    )


def test_an_order_is_not_opened_when_the_read_cannot_be_logged(served, before):
    with requests.Session() as session:
        attempt = Attempt().send(session, served)
    address = f"{served.url}/counter/{attempt.reference}"
    assert "Exemple" in requests.get(address, auth=CLERK, timeout=60).text
    log = served.home / "audit" / "seneffe"
    with moved_away(log):
        log.touch()
        headers = {"Accept-Language": "en"}
        page = requests.get(address, auth=CLERK, headers=headers, timeout=60)
        rest = requests.get(address, auth=CLERK, headers=JSON, timeout=60)
        pages = [
            served.get(f"/seneffe{path}")[0]
            for path in ("", "/counter", "/counter/residence/order/who")
        ]
        with requests.Session() as session:
            followed = tracked(session, served, attempt)
            other = Attempt().send(session, served)
    assert (page.status_code, rest.status_code) == (503, 503)
    assert "could not be logged" in page.text
    assert rest.json()["type"] == "read_log_unwritable"
    assert not [text for text in (page.text, rest.text) if "Exemple" in text]
    assert (followed.status_code, pages, other.status) == (200, [200] * 3, 201)
    assert requests.get(address, auth=CLERK, timeout=60).status_code == 200


@pytest.mark.parametrize(
    ("broken", "code"),
    [(moved_away, "key_missing"), (exposed, "key_file_exposed")],
)
def test_no_order_is_taken_without_safe_keys(served, before, broken, code):
    with broken(served.home / "keys" / "seneffe"), requests.Session() as session:
        attempt = Attempt().send(session, served)
        checked = served.run("doctor", "--json")
    assert attempt.status == 503
    assert attempt.body["type"] == code
    assert "key" in attempt.body["message"]
    assert set(references(served)) == before
    assert checked[0] == 1
    bad = [check["name"] for check in json.loads(checked[1]) if not check["ok"]]
    assert "keys of seneffe" in bad
    with requests.Session() as session:
        assert attempt.send(session, served).status == 201
