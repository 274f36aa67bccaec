"""A time-stamping authority that never answers delays nobody who sends something."""

from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from helpers.authorities import Silent
from helpers.orders import request
from helpers.serving import JSON
from helpers.serving import Served
from helpers.serving import until
from pathlib import Path
from plonegov.core.testing import FACTS
from tests.profiles.conftest import METADATA
from tests.profiles.conftest import write_profile
from uuid import uuid4

import pytest
import requests
import subprocess
import sys
import time


TOWN = "exempleville"
#: Seconds that a POST may take longer beside a job that waits.
BOUND = 0.1
POSTS = 40
#: A busy machine slows down single requests: this often it may.
ATTEMPTS = 4
TESTS = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def silent():
    """Return the authority."""
    return Silent()


@pytest.fixture(scope="module")
def site(tmp_path_factory, silent):
    """Serve a town in which a sealed certificate waits for its time stamp."""
    instance = Served(tmp_path_factory.mktemp("hanging") / "instance")
    instance.url = f"http://localhost:{instance.port}/{TOWN}"
    facts = deepcopy(FACTS)
    facts["limits"] = {"orders_per_address": 1000, "orders_per_network": 10000}
    folder = write_profile(instance.home / "profiles", facts)
    metadata = METADATA.replace(
        "ordering:default",
        "ordering:default</dependency>\n"
        "    <dependency>profile-plonegov.certification:default",
    )
    (folder / "metadata.xml").write_text(metadata)
    told(instance, "instance", "create", "--port", str(instance.port))
    told(instance, "municipality", "apply", TOWN)
    done = subprocess.run(
        [sys.executable, "-m", "helpers.sealedtown", silent.url],
        cwd=TESTS,
        env=instance.environment,
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    instance.start()
    yield instance
    instance.stop()


def told(instance, *arguments):
    code, _out, errors = instance.run(*arguments)
    assert code == 0, errors


def order(site):
    """Order a document; return the seconds that it took."""
    begin = time.monotonic()
    answer = requests.post(
        f"{site.url}/@orders",
        json=request(),
        headers={**JSON, "Idempotency-Key": str(uuid4())},
        timeout=120,
    )
    taken = time.monotonic() - begin
    assert answer.status_code == 201, answer.text
    return taken


def beside_the_job(site, silent):
    """Return the times of orders while a job waits for the authority."""
    times = []
    with ThreadPoolExecutor(1) as pool:
        # The server's worker may run the job at the same time: then this one does not.
        run = pool.submit(site.run, "jobs", "run", "--municipality", TOWN)
        until(lambda: silent.open or run.done())
        while silent.open and len(times) < POSTS:
            taken = order(site)
            if silent.open:
                times.append(taken)
        run.result()
    return times


def test_a_silent_authority_delays_no_post(site, silent):
    for _ in range(5):
        order(site)
    seen = []
    for _attempt in range(ATTEMPTS):
        alone = [order(site) for _ in range(POSTS)]
        beside = beside_the_job(site, silent)
        seen.append((max(alone), max(beside, default=0), len(beside)))
        if len(beside) >= POSTS // 2 and max(beside) <= max(alone) + BOUND:
            break
    else:
        pytest.fail(f"longest alone, longest beside, number: {seen}")
    assert silent.taken >= 1


def test_the_job_ends_and_says_so_and_the_document_waits_still(site, silent):
    def failed():
        begin = time.monotonic()
        code, out, _errors = site.run("jobs", "run", "--municipality", TOWN)
        assert time.monotonic() - begin < 60
        return "add_proofs: failed authority_unavailable" in out and code == 1

    until(failed)
    before = silent.taken
    until(failed)
    assert silent.taken > before
