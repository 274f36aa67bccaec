"""Runs what parses hostile files in a process of its own; the worker limits itself."""

from pathlib import Path

import os
import subprocess
import sys


def run(
    worker: Path, data: bytes, *arguments: str, timeout: int
) -> subprocess.CompletedProcess[bytes]:
    """Give a file to a worker and return what became of it.

    :param worker: a Python script that reads the file from its standard input.
    :param timeout: in seconds.
    :raises subprocess.TimeoutExpired: it took longer.
    """
    return subprocess.run(
        [sys.executable, "-P", str(worker), *arguments],
        input=data,
        capture_output=True,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
        timeout=timeout,
        check=False,
    )


def complaint(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return the last line that a worker complained with, or ""."""
    return done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
