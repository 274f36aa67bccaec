from borg.localrole.interfaces import ILocalRoleProvider
from plonegov.ordering.content.order import IOrder
from zope.component import adapter
from zope.interface import implementer


APPLICANT = "Applicant"


@implementer(ILocalRoleProvider)
@adapter(IOrder)
class ApplicantRole:
    """The signed-in citizen who placed an order is its ``Applicant``."""

    def __init__(self, order) -> None:
        self.order = order

    def getRoles(self, principal_id: str) -> tuple[str, ...]:
        owner = self.order.owner_id
        return (APPLICANT,) if owner and owner == principal_id else ()

    def getAllRoles(self):
        owner = self.order.owner_id
        return ((owner, (APPLICANT,)),) if owner else ()
