"""How often somebody may do something in the current town on one day."""

from ipaddress import ip_address
from plonegov.core.api import municipality
from plonegov.core.api import town_today
from plonegov.core.ops.tallies import Tally
from plonegov.core.records.events import network
from zope.globalrequest import getRequest


def client_network() -> str:
    """Return the network (/24 or /64) that the request came from, to be counted.

    It is empty for the machine itself, when no proxy says for whom it asks, and outside
    a request.
    """
    request = getRequest()
    address = request.getClientAddr() if request is not None else ""
    try:
        local = ip_address(address).is_loopback
    except ValueError:
        return ""
    return "" if local else network(address)


def take(kind: str, subject: str, limit: int) -> None:
    """Count something that a subject may do so often a day at most.

    It counts whatever becomes of the request; an empty subject is not counted.

    :param kind: what is done, as a snake_case id.
    :param subject: a mail address, a network, a reference; stored as a code only.
    :raises LimitReached: it was done that often today already.
    :raises TallyUnwritable: it can't be counted.
    """
    if subject:
        Tally(municipality().id).take(kind, subject.casefold(), town_today(), limit)


def count(kind: str, subject: str) -> int:
    """Count something that a subject does, and return how often it was done today.

    :param kind: what is done, as a snake_case id.
    :param subject: as in ``take``; an empty one is not counted, the answer is 0.
    :raises TallyUnwritable: it can't be counted.
    """
    if not subject:
        return 0
    return Tally(municipality().id).add(kind, subject.casefold(), town_today())
