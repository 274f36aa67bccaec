"""Who may ask for the metrics, and what is counted; no Zope."""

from plonegov.core.errors import TownBusy
from plonegov.core.ops import jobnotes
from plonegov.core.ops.counters import counted
from plonegov.core.ops.counters import REGISTRY
from plonegov.core.ops.counters import waiting
from plonegov.core.ops.monitors import BEARER_FILE
from plonegov.core.ops.monitors import has_token
from plonegov.core.ops.monitors import is_listed
from plonegov.core.ops.monitors import VARIABLE
from plonegov.core.ops.writelock import filter_factory
from plonegov.core.ops.writelock import make_known

import os
import pytest


TOKEN = "a-long-and-random-token"


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("PLONEGOV_HOME", str(tmp_path))
    return tmp_path


def value(name, **labels):
    return REGISTRY.get_sample_value(name, labels) or 0


@pytest.mark.parametrize(
    ("stated", "environ", "listed"),
    [
        (None, {"REMOTE_ADDR": "127.0.0.1"}, True),
        (None, {"REMOTE_ADDR": "::1"}, True),
        (None, {"REMOTE_ADDR": "::ffff:127.0.0.1"}, True),
        (None, {"REMOTE_ADDR": "192.0.2.7"}, False),
        (None, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "::1"}, False),
        (None, {"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=::1"}, False),
        (None, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_REAL_IP": "::1"}, False),
        (None, {"REMOTE_ADDR": "127.0.0.1", "HTTP_VIA": "1.1 web"}, False),
        (None, {"REMOTE_ADDR": "localhost"}, False),
        (None, {}, False),
        ("", {"REMOTE_ADDR": "127.0.0.1"}, False),
        ("192.0.2.0/24 10.1.2.3", {"REMOTE_ADDR": "192.0.2.7"}, True),
        ("192.0.2.0/24,10.1.2.3", {"REMOTE_ADDR": "10.1.2.3"}, True),
        ("192.0.2.0/24", {"REMOTE_ADDR": "127.0.0.1"}, False),
    ],
)
def test_only_a_listed_address_may_ask_and_only_directly(
    monkeypatch, stated, environ, listed
):
    monkeypatch.delenv(VARIABLE, raising=False)
    if stated is not None:
        monkeypatch.setenv(VARIABLE, stated)
    assert is_listed({"PATH_INFO": "/metrics", **environ}) is listed


def test_nobody_asks_through_a_virtual_host(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    path = "/VirtualHostBase/https/town.example:443/VirtualHostRoot/metrics"
    assert not is_listed({"REMOTE_ADDR": "127.0.0.1", "PATH_INFO": path})


def test_a_list_that_is_none_stops_the_answer(monkeypatch):
    monkeypatch.setenv(VARIABLE, "prometheus.example")
    with pytest.raises(ValueError, match=r"prometheus\.example"):
        is_listed({"REMOTE_ADDR": "127.0.0.1", "PATH_INFO": "/metrics"})


@pytest.mark.parametrize(
    ("stored", "mode", "header", "accepted"),
    [
        (TOKEN, 0o600, f"Bearer {TOKEN}", True),
        (f"{TOKEN}\n", 0o600, f"bearer {TOKEN}", True),
        (TOKEN, 0o600, f"Basic {TOKEN}", False),
        (TOKEN, 0o600, "Bearer other", False),
        (TOKEN, 0o600, "Bearer é", False),
        (TOKEN, 0o600, None, False),
        (TOKEN, 0o640, f"Bearer {TOKEN}", False),
        ("\n", 0o600, "Bearer ", False),
        (None, None, f"Bearer {TOKEN}", False),
    ],
)
def test_the_token_is_accepted_from_a_private_file_only(
    home, stored, mode, header, accepted
):
    if stored is not None:
        (home / BEARER_FILE).write_text(stored)
        (home / BEARER_FILE).chmod(mode)
    assert has_token(header) is accepted


def test_answers_are_counted_by_kind_and_status():
    before = value("plonegov_requests_total", kind="write", status="201")
    told = []
    counted("write", lambda *answer: told.append(answer))("201 Created", [])
    assert told == [("201 Created", [])]
    after = value("plonegov_requests_total", kind="write", status="201")
    assert after - before == 1


def test_a_writer_is_counted_while_it_waits_and_when_it_is_refused():
    before = value("plonegov_writers_refused_total", site="testville")
    with waiting("testville"):
        assert value("plonegov_writers_waiting", site="testville") == 1
    with pytest.raises(TownBusy), waiting("testville"):
        raise TownBusy
    assert value("plonegov_writers_waiting", site="testville") == 0
    after = value("plonegov_writers_refused_total", site="testville")
    assert after - before == 1


def test_the_filter_counts_what_passes_through_it(home):
    make_known("countville")

    def app(environ, start_response):
        start_response("204 No Content", [])
        return []

    lock = filter_factory({})(app)
    names = ("plonegov_requests_total", "plonegov_lock_wait_seconds_count")
    labels = ({"kind": "write", "status": "204"}, {"site": "countville"})

    def values():
        return [value(*each[:1], **each[1]) for each in zip(names, labels, strict=True)]

    before = values()
    environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/countville/@orders"}
    lock(environ, lambda *answer: None)
    assert [after - old for after, old in zip(values(), before, strict=True)] == [1, 1]


def test_a_strangers_address_makes_no_new_label(home):
    lock = filter_factory({})(lambda environ, start_response: [])
    environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/anything/at/all"}
    lock(environ, lambda *answer: None)
    sites = {
        sample.labels.get("site")
        for metric in REGISTRY.collect()
        for sample in metric.samples
    }
    assert "_root" in sites
    assert "anything" not in sites


def test_the_last_run_and_the_failures_of_a_job_are_noted(home):
    for failed in (False, True, True, False):
        jobnotes.note_run("exempleville", "mail", failed)
    [note] = jobnotes.job_notes()
    assert (note.municipality, note.job, note.failed) == ("exempleville", "mail", 2)
    path = home / "var" / "jobs" / "exempleville" / "mail"
    assert path.stat().st_mode & 0o077 == 0
    os.utime(path, (1000, 1000))
    assert [note.last for note in jobnotes.job_notes()] == [1000]
    jobnotes.note_run("exempleville", "mail", False)
    assert [note.last > 1000 for note in jobnotes.job_notes()] == [True]
