"""Run lint and every test folder, each Zope layer in a process of its own.

``python tests/run.py [FOLDER ...]``: without folders lint and all of them. Folders run
two at a time where the machine has two cores, lint first; what one prints is shown when
it ends. The results of all processes are summed from their JUnit reports; a skipped test
counts as failed. Coverage of all processes is combined and compared with the goals.
"""

from concurrent.futures import as_completed
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import os
import shutil
import subprocess
import sys
import time


ROOT = Path(__file__).parents[1]
REPORTS = ROOT / "var" / "test"
#: Compiled modules, for all processes of all runs.
BYTECODE = ROOT / "var" / "bytecode"
#: The plug-ins that import Plone; unit tests do without.
NO_ZOPE = ("-p", "no:plone", "-p", "no:zopelayer")
#: Folders at a time: more would make tests of times and locks wait for a core.
ABREAST = min(2, os.cpu_count() or 1)
#: Folders without coverage, which makes Python nearly half as fast: the other folders
#: measure what their servers run, and reach the goals.
UNMEASURED = ("browser", "functional/municipalities")
#: Files, least share of lines and branches in percent.
GOALS = (("domain", "*/domain/*", 100), ("whole", "*", 90))


@dataclass(frozen=True)
class Result:
    """What one process of the run gave."""

    name: str
    passed: int
    failed: int
    seconds: float


def folders() -> list[str]:
    """Return the test folders in the order they start: long ones first, so that the
    last to end waits little for the others."""
    tests = ROOT / "tests"
    found = [tests / "browser", tests / "profiles"]
    for kind in ("functional", "integration"):
        folders = [path for path in tests.glob(f"{kind}/*") if path.is_dir()]
        found += sorted(folders, reverse=True)
    found.append(tests / "unit")
    return [
        str(path.relative_to(tests)) for path in found if any(path.rglob("test_*.py"))
    ]


def lint() -> Result:
    """Run ``make lint``; it counts as one check."""
    begin = time.monotonic()
    code = shown("lint", ["make", "--no-print-directory", "lint"], dict(os.environ))
    failed = int(code != 0)
    return Result("lint", 1 - failed, failed, time.monotonic() - begin)


def run(folder: str) -> Result:
    """Run pytest on one folder, most of them while coverage is measured."""
    name = folder.replace("/", "-")
    report = REPORTS / f"{name}.xml"
    measured = () if folder in UNMEASURED else ("coverage", "run", "-m")
    command = [sys.executable, "-m", *measured, "pytest", "-q", f"tests/{folder}"]
    command += [f"--junit-xml={report}", *(NO_ZOPE if folder == "unit" else ())]
    begin = time.monotonic()
    code = shown(folder, command, environment(name))
    return count(folder, report, code, time.monotonic() - begin)


def environment(name: str) -> dict[str, str]:
    """Return the environment of a folder's tests and of all that they start.

    Modules are compiled once also where Python may not write beside them: each command
    and each server would compile all of Plone again.
    """
    found = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("PLONEGOV_")
    }
    found["COVERAGE_FILE"] = str(REPORTS / f".coverage.{name}")
    if found.pop("PYTHONDONTWRITEBYTECODE", ""):
        found["PYTHONPYCACHEPREFIX"] = str(BYTECODE)
    return found


def shown(title: str, command: list[str], environment: dict[str, str]) -> int:
    """Run a command, show what it printed when it ended, return its exit code."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    print(f"\n== {title}\n{done.stdout}", flush=True)
    return done.returncode


def count(folder: str, report: Path, code: int, seconds: float) -> Result:
    """Sum a JUnit report; a process that died or left none is a failure too."""
    passed = failed = 0
    if report.exists():
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):
            bad = sum(int(suite.get(key)) for key in ("failures", "errors", "skipped"))
            failed += bad
            passed += int(suite.get("tests")) - bad
    if not failed and code != 0:
        failed = 1
    return Result(folder, passed, failed, seconds)


def coverage_report() -> Result:
    """Combine the coverage of all processes; each goal counts as one check."""
    begin, met = time.monotonic(), 0
    environment = {**os.environ, "COVERAGE_FILE": str(REPORTS / ".coverage")}
    coverage = [sys.executable, "-m", "coverage"]
    subprocess.run(
        [*coverage, "combine", "--quiet", str(REPORTS)],
        cwd=ROOT,
        env=environment,
    )
    print("\n== coverage (lines and branches)")
    for name, files, goal in GOALS:
        total = subprocess.run(
            [*coverage, "report", "--format=total", f"--include={files}"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        ).stdout.strip()
        print(f"{name:<24}{total:>6} %  (goal {goal} %)")
        met += int(total or 0) >= goal
    print("details: COVERAGE_FILE=var/test/.coverage .venv/bin/coverage report -m")
    return Result("coverage", met, len(GOALS) - met, time.monotonic() - begin)


def main(chosen: list[str]) -> int:
    """Run what was chosen, print the sums, return the exit code."""
    shutil.rmtree(REPORTS, ignore_errors=True)
    REPORTS.mkdir(parents=True)
    wanted = chosen or folders()
    with ThreadPoolExecutor(ABREAST) as pool:
        running = [] if chosen else [pool.submit(lint)]
        running += [pool.submit(run, folder) for folder in wanted]
        results = [future.result() for future in as_completed(running)]
    if not set(wanted) <= set(UNMEASURED):
        coverage = coverage_report()
        results += [] if chosen else [coverage]
    print("\n== sums")
    for each in results:
        sums = f"{each.passed:>6} passed {each.failed:>4} failed"
        print(f"{each.name:<24}{sums} {each.seconds:>8.1f} s")
    passed = sum(each.passed for each in results)
    failed = sum(each.failed for each in results)
    print(f"\n{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
