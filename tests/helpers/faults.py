"""Processes that die and disks that fill while citizens order, by a ledger of one's own."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from helpers.orders import request
from helpers.serving import JSON
from helpers.serving import Served
from helpers.storages import Town
from pathlib import Path
from threading import Event
from uuid import uuid4

import requests
import resource
import shutil
import subprocess
import tempfile


#: Seconds that a citizen waits for an answer.
PATIENCE = 60
MEGABYTE = 2**20
#: Room for an instance and what is written in a test.
SMALL_DISK = 160 * MEGABYTE


@dataclass
class Ledger:
    """What citizens sent, as they know it, to the site at ``url``.

    ``answered`` tells of each key the reference, ``open`` holds the keys of orders of
    which nobody knows what became of them, ``refused`` the answers that said no.
    """

    url: str
    session: requests.Session = field(default_factory=requests.Session)
    answered: dict[str, str] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)
    refused: list[requests.Response] = field(default_factory=list)

    def send(self, key: str, **changes) -> bool:
        """Send an order, or send it again; tell whether it was answered with 201."""
        body = request(applicant__email=address(key), **changes)
        headers = {**JSON, "Idempotency-Key": key}
        self.open.add(key)
        try:
            answer = self.session.post(
                f"{self.url}/@orders", json=body, headers=headers, timeout=PATIENCE
            )
        except requests.RequestException:
            return False
        if answer.status_code != 201:
            self.refused.append(answer)
            return False
        reference = answer.json()["reference"]
        assert self.answered.setdefault(key, reference) == reference
        self.open.discard(key)
        return True


def address(key: str) -> str:
    """Return the mail address of the citizen who sent a key."""
    return f"{key}@exempleville.example"


@contextmanager
def citizens(ledger: Ledger, number: int = 4) -> Iterator[None]:
    """So many citizens order one after another, each until something goes wrong."""
    over = Event()

    def go_on() -> None:
        while not over.is_set() and ledger.send(str(uuid4())):
            pass

    with ThreadPoolExecutor(number) as pool:
        running = [pool.submit(go_on) for _ in range(number)]
        try:
            yield
        finally:
            over.set()
    for each in running:
        each.result()


def laid_out(town: Town) -> Counter:
    """Count the mails in the town's folder by the address they go to."""
    folder = town.home / "mail" / "seneffe" / "new"
    heads = [path.read_text().splitlines()[1] for path in folder.glob("[!.]*")]
    return Counter(head.removeprefix("X-Zope-To: ") for head in heads)


def copied(town: Town, home: Path) -> Town:
    """Copy an instance on SQLite that nobody serves to another folder."""
    shutil.copytree(town.home, home, dirs_exist_ok=True)
    for file in (home / "etc").iterdir():
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(str(town.home), str(home)), encoding="utf-8")
    return Town(home)


class Disk:
    """A small file system, to be filled and emptied."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.filler = folder / "filler"

    def fill(self, server: Served) -> None:
        """Leave no room at all."""
        with self.filler.open("wb", buffering=0) as file:
            for size in (MEGABYTE, 4096, 1):
                try:
                    while file.write(bytes(size)):
                        pass
                except OSError:
                    continue

    def clear(self, server: Served) -> None:
        """Give the room back."""
        self.filler.unlink()


class Quota:
    """A limit on the files that a server may write, to be set and taken away."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, server: Served) -> None:
        """Let it write no file beyond its first page."""
        self._limit(server, 4096)

    def clear(self, server: Served) -> None:
        """Let it write as much as it wants."""
        self._limit(server, resource.RLIM_INFINITY)

    def _limit(self, server: Served, size: int) -> None:
        hard = resource.RLIM_INFINITY
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size, hard))


def can_mount() -> bool:
    """Tell whether this process may mount a file system."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True
        )
        if done.returncode == 0:
            subprocess.run(["umount", folder], check=True)
    return done.returncode == 0


@contextmanager
def small_disk(folder: Path) -> Iterator[Disk]:
    """Mount a small file system on a folder."""
    options = f"size={SMALL_DISK},mode=0700"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=True)
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
