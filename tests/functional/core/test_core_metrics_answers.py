"""``metrics`` on the Zope root: what it shows, and that others don't find it."""

from base64 import b64encode
from email.message import EmailMessage
from pathlib import Path
from plonegov.core.mail.maildir import TownMaildir
from plonegov.core.municipality.example import TOWN
from plonegov.core.ops.jobnotes import note_run
from plonegov.core.ops.monitors import BEARER_FILE
from plonegov.core.ops.monitors import VARIABLE
from prometheus_client.parser import text_string_to_metric_families

import os
import pytest
import requests


TOKEN = "a-long-and-random-token"
BASIC = b64encode(f"monitor:{TOKEN}".encode()).decode()
NAMES = {
    "plonegov_build_info",
    "plonegov_job_age_seconds",
    "plonegov_job_failures_total",
    "plonegov_lock_wait_seconds",
    "plonegov_mails_failed",
    "plonegov_mails_waiting",
    "plonegov_orders_placed_total",
    "plonegov_requests_total",
    "plonegov_writers_refused_total",
    "plonegov_writers_waiting",
    "plonegov_zodb_cached_objects",
    "plonegov_zodb_connections",
    "process_resident_memory_bytes",
}
#: All labels there are: none can hold anything of a person or an order.
LABELS = {
    "job",
    "kind",
    "le",
    "municipality",
    "plone",
    "python",
    "site",
    "status",
    "version",
}


@pytest.fixture
def base(functional, monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    return f"http://{functional['host']}:{functional['port']}"


def ask(base, **headers):
    return requests.get(f"{base}/metrics", headers=headers, timeout=60)


def samples(answer):
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.text)
    return [sample for family in families for sample in family.samples]


def test_it_is_prometheus_text_that_no_cache_keeps(base):
    answer = ask(base)
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert answer.headers["Cache-Control"] == "no-store"
    shown = {line.split()[2] for line in answer.text.splitlines() if "# TYPE" in line}
    assert shown >= NAMES


def test_labels_are_few_and_known(base):
    note_run(TOWN, "plonegov.core.mail", failed=False)
    labels = {label for sample in samples(ask(base)) for label in sample.labels}
    assert labels <= LABELS


def test_mail_that_waits_and_jobs_that_fail_are_shown(base):
    folder = TownMaildir(TOWN).folder
    note_run(TOWN, "plonegov.core.mail", failed=True)
    waiting = folder / "new" / "one"
    waiting.write_bytes(EmailMessage().as_bytes())
    try:
        shown = {
            (sample.name, sample.labels.get("municipality")): sample.value
            for sample in samples(ask(base))
        }
    finally:
        waiting.unlink()
    assert shown["plonegov_mails_waiting", TOWN] == 1
    assert shown["plonegov_mails_failed", TOWN] == 0
    assert shown["plonegov_job_failures_total", TOWN] >= 1
    assert 0 <= shown["plonegov_job_age_seconds", TOWN] < 60


def test_the_database_answers_how_much_it_keeps_in_memory(base):
    shown = {sample.name: sample.value for sample in samples(ask(base))}
    assert shown["plonegov_zodb_cached_objects"] > 0
    assert shown["plonegov_zodb_connections"] >= 1


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "127.0.0.1"},
        {"X-Forwarded-For": "127.0.0.1", "Authorization": "Bearer other"},
        {"Forwarded": "for=127.0.0.1", "Authorization": f"Basic {BASIC}"},
    ],
)
def test_from_elsewhere_it_is_not_found(base, headers):
    unknown = requests.get(f"{base}/no-such-page", headers=headers, timeout=60)
    answer = ask(base, **headers)
    assert answer.status_code == unknown.status_code == 404
    assert "plonegov_" not in answer.text


def test_the_token_opens_it_from_elsewhere(base):
    file = Path(os.environ["PLONEGOV_HOME"], BEARER_FILE)
    file.write_text(f"{TOKEN}\n")
    file.chmod(0o600)
    headers = {"X-Forwarded-For": "192.0.2.7", "Authorization": f"Bearer {TOKEN}"}
    try:
        assert ask(base, **headers).status_code == 200
        file.chmod(0o644)
        assert ask(base, **headers).status_code == 404
    finally:
        file.unlink()


def test_a_token_of_nobody_hinders_nothing_at_the_root(base):
    headers = {"Authorization": "Bearer other"}
    answer = requests.get(f"{base}/health", headers=headers, timeout=60)
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_a_site_has_no_metrics(portal, base):
    answer = requests.get(f"{portal.absolute_url()}/metrics", timeout=60)
    assert answer.status_code == 404
