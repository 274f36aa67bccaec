"""Logging the reads that matter: opening an order, revealing a number."""

from datetime import date
from plonegov.core.api import now
from plonegov.core.errors import NoMunicipality
from plonegov.core.municipality.facts import settings
from plonegov.core.ops import readsearch
from plonegov.core.ops.hashchain import Read
from plonegov.core.ops.hashchain import ReadLog


def log_read(
    action: str, object_id: str, user: str, origin: str, reason: str = ""
) -> None:
    """Log a read in the log of the current site's municipality, on the disk at once.

    Call it before anything of the object is answered.

    :param action: what is read, as a snake_case id (``open_order``).
    :param object_id: the object, by an id that tells nothing about a person.
    :param user: who reads; with ``origin`` and ``reason`` it can be erased later.
    :param origin: the reader's network address.
    :raises ReadLogUnwritable: it could not be logged, so refuse the read.
    :raises NoMunicipality: no municipality profile was applied to the site.
    """
    municipality_id = settings().municipality_id
    if not municipality_id:
        raise NoMunicipality()
    time = now().isoformat(timespec="milliseconds")
    ReadLog(municipality_id).append(Read(time, action, object_id, user, origin, reason))


def reads_of(object_id: str, since: date) -> list[Read]:
    """Return who read an object of the current municipality, oldest first.

    :param since: the day on which the object was made.
    :raises ReadLogUnwritable: the log can't be read.
    """
    return readsearch.reads_of(settings().municipality_id, object_id, since)


def verify(municipality_id: str) -> list[str]:
    """Return what is wrong with a municipality's log, one line each; [] if nothing.

    :raises ReadLogUnwritable: the log could not be read.
    """
    return ReadLog(municipality_id).verify()
