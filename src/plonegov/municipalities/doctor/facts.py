"""What there is to see of a town, read inside its site; nothing is changed."""

from dataclasses import dataclass
from datetime import datetime
from plonegov.core.api import municipality
from plonegov.core.api import now
from plonegov.core.api.records import record_containers
from plonegov.core.errors import KeyFileExposed
from plonegov.core.errors import KeyMissing
from plonegov.core.errors import ReadLogUnwritable
from plonegov.core.identity.errors import KeyFileDamaged
from plonegov.core.identity.keys import KeyFile
from plonegov.core.identity.keys import TownKeys
from plonegov.core.mail import outbox
from plonegov.core.mail.rate import HourlyRate
from plonegov.core.municipality.facts import settings
from plonegov.core.municipality.model import Municipality
from plonegov.core.ops.hashchain import ReadLog
from plonegov.core.ops.home import home
from plonegov.core.theme.emblem import emblem
from plonegov.core.theme.svg import checked
from plonegov.core.theme.svg import EmblemRefused
from typing import Any

import os


@dataclass(frozen=True)
class TownFacts:
    """What was seen of a town; a problem is empty when there is none."""

    town: Municipality
    demo: bool
    moment: datetime
    keys: tuple[KeyFile, ...]
    keys_problem: str
    stored: int
    mail: outbox.OutboxStatus
    sent: int
    log_problems: tuple[str, ...]
    emblem_problem: str


def look(portal: Any) -> TownFacts:
    """Return what there is to see of the current site's town."""
    town, moment = municipality(), now()
    keys, keys_problem = _look_at_keys(TownKeys(town.id))
    rate = HourlyRate(home() / "mail" / town.id, town.limits.mails_per_hour)
    return TownFacts(
        town=town,
        demo=bool(settings().demo),
        moment=moment,
        keys=keys,
        keys_problem=keys_problem,
        stored=sum(
            container.records.weights.total for container in record_containers(portal)
        ),
        mail=outbox.status(portal),
        sent=rate.limit - rate.left(moment.timestamp()),
        log_problems=_look_at_log(town.id),
        emblem_problem=_look_at_emblem(),
    )


def _look_at_keys(keys: TownKeys) -> tuple[tuple[KeyFile, ...], str]:
    try:
        keys.encrypt("x")
        return tuple(keys.files()), ""
    except KeyMissing:
        return (), f"no current key in {keys.folder}: restore it from its backup"
    except KeyFileExposed:
        return (), f"others may read {keys.folder}: set mode 0700, files 0600"
    except KeyFileDamaged as error:
        damaged = error.context["key_id"]
        return (), f"the key {damaged} is damaged: restore it from its backup"


def _look_at_log(municipality_id: str) -> tuple[str, ...]:
    folder = home() / "audit" / municipality_id
    if not folder.exists():
        return ()
    paths = [folder, *sorted(folder.iterdir())]
    locked = [path for path in paths if not os.access(path, os.W_OK)]
    if locked:
        return (f"{locked[0]} can't be written: every logged read is refused",)
    try:
        return tuple(ReadLog(municipality_id).verify())
    except ReadLogUnwritable:
        return (f"{folder} can't be read",)


def _look_at_emblem() -> str:
    text = emblem()
    if not text:
        return ""
    try:
        checked(text.encode())
    except EmblemRefused as error:
        return f"the emblem holds what no emblem may: {error.context['found']}"
    return ""
