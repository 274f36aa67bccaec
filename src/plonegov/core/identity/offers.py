"""How one can prove who one is."""

from dataclasses import dataclass
from plonegov.core.identity.levels import AssuranceLevel
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class SignInOffer:
    """A way to prove who one is: its id, what it is called, the level that it reaches
    and the address that begins it."""

    way: str
    title: Message
    level: AssuranceLevel
    url: str
