"""An order that says something about people wherever an order can."""

from plone.namedfile.file import NamedBlobFile


def blob(name):
    """Return a file full of a canary."""
    return NamedBlobFile(b"%PDF-1.7 canary", "application/pdf", f"canary-{name}.pdf")


def fill(order):
    """Put canaries wherever an order may hold something about people."""
    order.registered_address = {
        "street": "Canary street",
        "number": "1",
        "box": "",
        "postal_code": "9999",
        "locality": "Exempleville",
        "country": "BE",
    }
    order.relation_proof, order.relation_basis = "canary proof", "canary basis"
    order.identity_document = "canary card"
    order.entitlement = {**order.entitlement, "because": "canary"}
    order.former = (("2026-01-01T00:00:00+00:00", "canary", blob("former")),)
    order.assigned = "canary-clerk"
    order.tries = 2
    history = order.workflow_history["plonegov_order_workflow"]
    history = tuple({**row, "actor": "canary", "comments": "canary"} for row in history)
    order.workflow_history["plonegov_order_workflow"] = history
