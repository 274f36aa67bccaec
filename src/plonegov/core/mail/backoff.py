"""When to try again: kept beside the mails, not in the database."""

from dataclasses import asdict
from dataclasses import dataclass
from pathlib import Path
from plonegov.core.ops.files import write_private

import json


#: Seconds before the second try, and the longest pause; doubled in between.
MAIL_PAUSE = (60, 4 * 3600)
SERVER_PAUSE = (30, 600)
#: Seconds after which a mail that is put off again and again has failed
#: (RFC 5321, 4.5.4.1: four to five days).
GIVE_UP = 5 * 24 * 3600
#: The name of the mail server itself among the keys of mails.
SERVER = "server"


@dataclass(frozen=True)
class Tries:
    """Failed tries of one mail or server; times in seconds since 1970."""

    first: float
    count: int
    next: float


class Backoff:
    """The tries of one town's mails, in ``retries.json`` of its mail folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "retries.json"
        stored = json.loads(self.path.read_text()) if self.path.exists() else {}
        self.tries = {key: Tries(**tries) for key, tries in stored.items()}

    def is_ready(self, key: str, now: float) -> bool:
        """Tell whether a mail (or ``SERVER``) may be tried."""
        return key not in self.tries or self.tries[key].next <= now

    def put_off(self, key: str, now: float) -> bool:
        """Note a failed try; tell whether there is hope left."""
        first, longest = SERVER_PAUSE if key == SERVER else MAIL_PAUSE
        before = self.tries.get(key, Tries(first=now, count=0, next=now))
        pause = min(first * 2 ** min(before.count, 20), longest)
        self.tries[key] = Tries(before.first, before.count + 1, now + pause)
        self._save()
        return now - before.first < GIVE_UP

    def forget(self, *keys: str) -> None:
        """Drop the tries of what went well or failed for good."""
        known = [key for key in keys if self.tries.pop(key, None)]
        if known:
            self._save()

    def _save(self) -> None:
        stored = {key: asdict(tries) for key, tries in self.tries.items()}
        write_private(self.path, json.dumps(stored).encode())
