"""How sure the town is of who asks, and what it hands out how to whom.

A certificate must not reach somebody who only claims to be its subject. Below the
level that a document asks, it is posted to the address that the register gives, or
handed over at the desk against an identity document; never mailed or downloaded.
"""

from enum import StrEnum
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.identity.levels import reaches
from plonegov.core.identity.levels import surest
from plonegov.ordering.domain.model import Delivery
from plonegov.ordering.domain.model import DocumentTerms


#: Ways by which a document leaves without anybody looking at a face or at an address.
ELECTRONIC = (Delivery.EMAIL, Delivery.DOWNLOAD)


class IdentityDocument(StrEnum):
    """What shows at the desk who somebody is."""

    IDENTITY_CARD = "identity_card"
    PASSPORT = "passport"
    RESIDENCE_PERMIT = "residence_permit"
    OTHER = "other"


def may_come(way: Delivery, asked: AssuranceLevel, reached: AssuranceLevel) -> bool:
    """Return whether a document may be ordered to come in a way.

    A mail address is confirmed after the order only, so that the level ``email`` is
    not looked at yet; the rules of the handing over look at it.

    :param asked: the level that the document asks for.
    :param reached: the level that the applicant has when ordering.
    """
    if way not in ELECTRONIC:
        return True
    return reaches(surest(reached, AssuranceLevel.EMAIL), asked)


def ways(terms: DocumentTerms, reached: AssuranceLevel) -> tuple[Delivery, ...]:
    """Return the ways in which a document may come to an applicant."""
    offered = terms.delivery_prices
    return tuple(way for way in offered if may_come(way, terms.identity, reached))
