"""Every command works while the site serves; the server stops cleanly."""

from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from helpers.serving import until
from pathlib import Path
from plonegov.core.testing import FACTS
from tests.profiles.conftest import write_profile

import json
import os
import pytest
import signal


BROKEN = deepcopy(FACTS) | {"timezone": "Europe/Nowhere"}
COMMANDS = (
    "municipality list --json",
    "municipality check seneffe --json",
    "municipality check exempleville",
    "municipality apply exempleville",
    "municipality apply seneffe --json",
    "municipality diff seneffe --json",
    "jobs run --municipality seneffe --json",
    "doctor --json",
    "serve",
)
REFUSED = {
    "municipality apply atlantis": 1,
    "municipality apply": 2,
    "municipality apply seneffe --force none": 1,
    "municipality diff atlantis": 1,
    "municipality export atlantis": 1,
    "municipality new x --country nl --yes": 1,
    "municipality new x --country be --yes": 2,
    "jobs run --municipality atlantis": 1,
    "instance create --port none": 2,
    "fly": 2,
}


@pytest.fixture(scope="module")
def told(served):
    """What the commands tell (exit code, output, errors), two of them at a time."""
    write_profile(served.home / "profiles", BROKEN)
    commands = [*COMMANDS, *REFUSED]
    with ThreadPoolExecutor(2) as pool:
        answers = pool.map(lambda command: served.run(*command.split()), commands)
        return dict(zip(commands, answers, strict=True))


def test_the_front_page_stands_at_the_root_of_the_site(served):
    status, page = served.get("/seneffe")
    assert status == 200
    assert "Seneffe" in page


def test_list_names_the_profile_and_its_site(told):
    code, out, _ = told["municipality list --json"]
    assert code == 0
    sites = {row["id"]: row["site"] for row in json.loads(out)}
    assert sites["seneffe"] == "seneffe"


def test_check_accepts_a_good_profile(told):
    code, out, _ = told["municipality check seneffe --json"]
    assert (code, json.loads(out)) == (0, [])


def test_check_names_file_line_key_and_what_is_allowed(told, served):
    folder = served.home / "profiles" / "exempleville"
    code, out, _ = told["municipality check exempleville"]
    assert code == 1
    assert f"{folder / 'municipality.toml'}, line " in out
    assert "key timezone: found 'Europe/Nowhere'; allowed is a name of" in out
    code, _, err = told["municipality apply exempleville"]
    assert code == 1
    assert "key timezone" in err


def test_apply_finds_nothing_to_do(told):
    code, out, err = told["municipality apply seneffe --json"]
    assert code == 0, err
    outcome = json.loads(out)
    assert (outcome["created"], outcome["changed"]) == (False, [])


def test_nothing_differs_in_an_untouched_site(told):
    code, out, err = told["municipality diff seneffe --json"]
    assert (code, json.loads(out)) == (0, []), err


def test_jobs_run_beside_the_worker(told):
    code, out, err = told["jobs run --municipality seneffe --json"]
    assert code == 0, err
    assert {run["state"] for run in json.loads(out)} <= {"done", "busy"}


def test_the_doctor_finds_all_in_order_but_the_address_that_a_town_has_to_say(
    told, served
):
    code, out, err = told["doctor --json"]
    checks = {check["name"]: check for check in json.loads(out)}
    bad = [name for name, check in checks.items() if not check["ok"]]
    assert (code, "address of seneffe" in bad) == (1, True), (checks, err)
    assert [name for name in bad if not name.startswith("address of ")] == []
    assert "served" in checks[f"port {served.port}"]["note"]
    assert "keys of seneffe" in checks


def test_a_second_server_on_the_same_port_is_refused(told):
    code, _, err = told["serve"]
    assert code == 1
    assert "--port" in err


@pytest.mark.parametrize(("command", "code"), REFUSED.items())
def test_what_is_refused_ends_with_1_and_wrong_usage_with_2(told, command, code):
    assert told[command][0] == code


def test_another_town_appears_without_a_restart(told, served):
    write_profile(served.home / "profiles", FACTS)
    code, _, err = served.run("municipality", "apply", FACTS["id"], "--site", "exemple")
    assert code == 0, err
    status, page = served.get("/exemple")
    assert status == 200
    assert FACTS["name"]["fr"] in page


def test_a_dead_worker_is_started_again(served):
    [before] = until(served.workers)
    os.kill(int(before), signal.SIGKILL)
    until(lambda: served.workers() not in ([], [before]))


def test_the_server_stops_with_its_worker(served):
    [worker] = until(served.workers)
    assert served.stop() == 0
    until(lambda: not Path(f"/proc/{worker}").exists())
    assert not (served.home / "serve.pid").exists()
