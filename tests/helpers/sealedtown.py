"""Run in a process of its own: give Exempleville a seal, and seal a certificate.

``python -m helpers.sealedtown URL``: the address is that of the time-stamping authority.
Prints the reference of the order.
"""

from helpers import authorities
from helpers.orders import request
from plone import api
from plonegov.core.pdf.interfaces import ISealer
from plonegov.core.registers import proofs
from plonegov.municipalities.loader.sites import get_site
from plonegov.municipalities.server.runtime import application
from plonegov.municipalities.server.runtime import start_zope
from plonegov.municipalities.server.runtime import writing
from plonegov.ordering.api import handling
from plonegov.ordering.api import orders
from plonegov.ordering.api import seals

import sys


TOWN = "exempleville"
REGISTER = {
    "full_name": "Exemple Ada",
    "birth_date": "1985-07-30",
    "birth_place": "Exempleville",
    "address": "Rue du Registre 7, 9999 Exempleville",
    "address_since": "2019-02-01",
}


def main(url: str) -> None:
    """Make it all."""
    start_zope()
    pki = authorities.Pki("")
    authorities.write_seal_key(TOWN, pki)
    authorities.trust(TOWN, pki)
    authorities.name_authority(TOWN, url)
    with application() as app, writing(TOWN):
        get_site(app, TOWN)
        ports = dict(api.portal.get_registry_record("plonegov.core.ports"))
        ports[ISealer.__name__] = "pkcs12"
        api.portal.set_registry_record("plonegov.core.ports", ports)
        order = orders.place(request())
        with api.env.adopt_roles(["Service Clerk", "Manager"]):
            handling.change(order, "start")
            handling.confirm_findings(order, REGISTER, address_unprotected=True)
            seals.seal(order)
        assert proofs.waiting()
        print(order.getId())


if __name__ == "__main__":
    main(sys.argv[1])
