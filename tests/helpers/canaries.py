"""An order full of words that nobody outside its service may ever read."""

from base64 import b64encode
from helpers.orders import request
from helpers.people import add_person
from helpers.retained import blob
from helpers.retained import fill
from plone import api
from plonegov.core.records.events import log
from plonegov.ordering.api import drafts
from plonegov.ordering.api import handling
from plonegov.ordering.api import orders
from plonegov.ordering.api import saving
from plonegov.ordering.api.draftfiles import keep_file

import re
import transaction


#: In names, answers, findings, files and what clerks wrote; case does not matter.
CANARY = re.compile(
    rb"canary|62110400194|62\.11\.04|(\xe2\x80\xa2|u2022)\.94|1962-11-04", re.I
)

#: Person: roles, groups. The anonymous visitor is there besides.
PEOPLE = {
    "citizen": (["Member"], []),
    "works-clerk": (["Member", "Clerk"], ["service-works"]),
    "drafter": (["Member", "Drafter"], ["service-population"]),
    "editor": (["Member", "Local Editor", "Editor"], []),
    "itstaff": (["Member", "Site Administrator"], []),
}
EVERYBODY = [*PEOPLE, "anonymous"]


def order_of_canaries(portal):
    """Add all accounts; return an order with canaries everywhere, its files there.

    Its applicant is ``owner``, its clerk ``clerk``.
    """
    for name, (roles, groups) in PEOPLE.items():
        add_person(portal, name, roles, groups)
    add_person(portal, "clerk", ["Member", "Clerk"], ["service-population"])
    add_person(portal, "owner", ["Member"])
    data = b64encode(b"%PDF-1.7 canary").decode()
    placed = orders.place(
        request(
            relation="mandatary",
            applicant__first_name="Canary",
            applicant__last_name="Canary-Applicant",
            applicant__email="canary@exempleville.example",
            subject={
                "first_name": "Canary",
                "last_name": "Canary-Subject",
                "birth_date": "1962-11-04",
                "national_number": "62.11.04-001.94",
            },
            applicant__national_number="",
            applicant__birth_date="1970-02-03",
            answers={"purpose": "canary answer"},
            attachments=[
                {"question": "mandate", "filename": "canary.pdf", "data": data}
            ],
        ),
        owner="owner",
    )
    with api.env.adopt_roles(["Service Clerk", "Manager"]):
        handling.change(placed, "start")
        handling.note(placed, "canary note")
        placed.findings = {"address": "canary finding"}
        for name in ("issued", "act"):
            setattr(placed, name, blob(name))
    transaction.commit()
    return placed


def everything_of_canaries(portal):
    """Return such an order with canaries in all that it may ever hold.

    A draft and a rejected order of others are full of them, too.
    """
    placed = order_of_canaries(portal)
    fill(placed)
    placed.unsent_files = (("answer", blob("unsent")),)
    with api.env.adopt_roles(["Service Clerk", "Manager"]):
        log(placed, "relation_accepted", proof="canary proof", law="canary basis")
    draft_of_canaries()
    rejected_of_canaries()
    transaction.commit()
    return placed


def draft_of_canaries():
    """Keep a saved draft that says something about people, with a file."""
    content = request(
        applicant__last_name="Canary-Draft", answers={"purpose": "canary"}
    )
    draft = drafts.keep(None, "residence", content)
    keep_file(draft, "mandate", "canary-draft.pdf", b"%PDF-1.7 canary")
    saving.save(draft, content, "canary@exempleville.example", "fr")


def rejected_of_canaries():
    """Place another order and reject it with reasons that name somebody."""
    order = orders.place(request(applicant__last_name="Canary-Rejected"))
    with api.env.adopt_roles(["Service Clerk", "Manager"]):
        handling.change(order, "start")
        handling.reject(order, "Canary motive", "Canary law")
