"""Missing Debian packages are installed when allowed; else the exact line is told."""

from pathlib import Path

import pytest
import subprocess


HELPER = Path(__file__).parents[2] / ".ci" / "packages"


@pytest.fixture
def machine(tmp_path):
    """Make a machine of stand-in programs; run the helper on it."""

    def run(uid, missing, programs=(), need="test"):
        log = tmp_path / "log"
        scripts = {
            "id": f"echo {uid}",
            "dpkg-query": f'[[ " {missing} " == *" ${{!#}} "* ]] || echo installed',
            "apt-get": f'echo "$DEBIAN_FRONTEND apt-get $@" >> {log}',
            "sudo": 'shift; exec "$@"',
        }
        for program in ("id", "dpkg-query", "apt-get", *programs):
            path = tmp_path / program
            path.write_text(f"#!/bin/bash\n{scripts[program]}\n")
            path.chmod(0o755)
        for program in ("bash", "env", "true"):
            (tmp_path / program).symlink_to(f"/usr/bin/{program}")
        done = subprocess.run(
            [HELPER, need], env={"PATH": str(tmp_path)}, capture_output=True, text=True
        )
        calls = log.read_text().splitlines() if log.exists() else []
        return done, calls

    return run


def test_nothing_is_done_when_nothing_is_missing(machine):
    done, calls = machine(0, missing="")
    assert (done.returncode, done.stdout, calls) == (0, "", [])


@pytest.mark.parametrize(("uid", "programs"), [(0, ()), (1000, ("sudo",))])
def test_root_and_sudo_install_what_is_missing(machine, uid, programs):
    done, calls = machine(uid, "nginx chromium", programs)
    assert done.returncode == 0
    assert calls[0].endswith("update")
    assert calls[1].startswith("noninteractive apt-get")
    assert calls[1].endswith("install -y --no-install-recommends chromium nginx")


def test_others_are_told_the_line_to_run(machine):
    done, calls = machine(1000, "poppler-utils")
    assert (done.returncode, calls) == (1, [])
    assert (
        "sudo apt-get update && "
        "sudo apt-get install -y --no-install-recommends poppler-utils"
    ) in done.stderr


def test_starting_needs_no_browser(machine):
    done, calls = machine(0, "chromium postgresql nginx", need="start")
    assert (done.returncode, calls) == (0, [])
