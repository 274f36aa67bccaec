"""The town's mail folder: ``<home>/mail/<municipality>``, which outlives a crash.

``new`` holds what waits, ``sent`` what a mail server accepted but the outbox still
owes, ``failed`` what one refused for good. A file's name is the mail's key; its first
two lines are the envelope, as zope.sendmail writes them.
"""

from contextlib import AbstractContextManager
from pathlib import Path
from plonegov.core.ops.filelock import held_file
from plonegov.core.ops.files import sync_folder
from plonegov.core.ops.files import write_private
from plonegov.core.ops.home import private_folder

import os
import time


#: Seconds after which zope.sendmail's mark of a running delivery can't be true any
#: more: it takes far longer than a mail server may take to answer.
STALE = 600


class TownMaildir:
    """A Maildir (https://cr.yp.to/proto/maildir.html) with ``sent`` and ``failed``."""

    def __init__(self, municipality_id: str) -> None:
        private_folder("mail")
        self.folder = private_folder("mail", municipality_id)
        for name in ("tmp", "new", "cur", "sent", "failed"):
            (self.folder / name).mkdir(mode=0o700, exist_ok=True)

    def held(self) -> AbstractContextManager[bool]:
        """Hold the folder; gives False when another process delivers from it."""
        return held_file(self.folder / ".lock")

    def tidy(self) -> None:
        """Remove what a killed process left: half-written files, stale marks."""
        new = self.folder / "new"
        for path in new.glob(".new-*"):
            path.unlink()
        for path in new.glob(".sending-*"):
            if time.time() - path.stat().st_mtime > STALE:
                path.unlink()

    def place(self, key: str) -> str:
        """Return the sub-folder that holds a mail; empty when none does."""
        for name in ("new", "sent", "failed"):
            if self._path(name, key).exists():
                return name
        return ""

    def write(self, key: str, sender: str, recipient: str, message: bytes) -> None:
        """Write a mail into ``new``: whole or not at all, synced, mode 0600."""
        envelope = f"X-Zope-From: {sender}\nX-Zope-To: {recipient}\n".encode()
        write_private(self._path("new", key), envelope + message)

    def move(self, key: str, source: str, target: str) -> None:
        """Move a mail from one sub-folder to another and sync both."""
        os.replace(self._path(source, key), self._path(target, key))
        sync_folder(self.folder / target)
        sync_folder(self.folder / source)

    def forget(self, key: str) -> None:
        """Remove a mail that left."""
        self._path("sent", key).unlink(missing_ok=True)

    def sent(self) -> list[str]:
        """Return the keys of mails that left but may still be owed."""
        return [path.name for path in (self.folder / "sent").iterdir()]

    def _path(self, name: str, key: str) -> Path:
        return self.folder / name / key
