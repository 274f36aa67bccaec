"""A council and a college whose records hold words that few may read."""

from functools import cached_property
from helpers import councils
from helpers import published
from helpers.councils import acting
from helpers.inprocess import InProcess
from helpers.people import add_person
from helpers.published import SECRET
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import parts
from plonegov.deliberations.api import publishing
from plonegov.deliberations.api import store
from plonegov.deliberations.domain.publishing import WhyWithdrawn

import transaction


#: A word of what all staff of the town may read, and the public may not.
INTERNAL = "Perruche"
#: Who is outside the town hall.
PUBLIC = ("anonymous", "citizen", "editor", "itstaff")
#: Staff of another service, who have a desk of their own, and who have none.
OTHER_SERVICE = ("adviser", "other-clerk")


class Aviary:
    """Drafts, an agenda to come, a sitting that was held: SECRET in titles, texts,
    names and properties of files, advices, places of meetings, what was withdrawn."""

    def __init__(self, portal) -> None:
        self.portal, self.client = portal, InProcess(portal)
        councils.add_staff(portal)
        add_person(portal, "editor", ["Member", "Local Editor", "Editor"], [])
        add_person(portal, "itstaff", ["Member", "Site Administrator"], [])
        add_person(portal, "other-clerk", ["Member", "Clerk"], ["service-population"])
        councils.seat()
        councils.seat("college")
        councils.template("council", "Modèle", recurring=False)
        councils.officials()
        self._meet()
        self._decide()
        self._let_out()
        transaction.commit()

    def _meet(self) -> None:
        portal = self.portal
        self.planned = councils.plan(portal, place=f"{SECRET} lieu prévu")
        self.private = published.convened(portal, "college", place=f"{INTERNAL} bureau")
        self.coming = published.convened(portal, place="Maison communale")
        self.college = published.an_item(portal, "college")
        self.draft = published.drafted(portal, self.coming)
        self.closed = published.an_item(portal, privacy="closed")
        silent, prepared = published.an_item(portal), published.an_item(portal)
        with acting(portal, "secretary"):
            agenda.present(self.college, self.private)
            for item in (silent, prepared, self.closed):
                agenda.present(item, self.coming)
            publishing.prepare(prepared, f"{SECRET} public", f"<p>{SECRET}</p>")

    def _decide(self) -> None:
        portal = self.portal
        self.decided, self.gone = published.an_item(portal), published.an_item(portal)
        self.annexes = [
            published.annexed(portal, self.decided, publishable=yes)
            for yes in (True, False)
        ]
        with acting(portal, "secretary"):
            self.advice = parts.ask(self.decided, "works")
        with acting(portal, "drafter"):
            parts.give(self.advice, "unfavourable", f"{SECRET} avis")
        self.held = published.decided(portal, self.decided, self.gone)

    def _let_out(self) -> None:
        shown = {self.annexes[0].getId(): ""}
        published.published(self.portal, self.decided, annexes=shown)
        with acting(self.portal, "secretary"):
            publishing.prepare(self.gone, f"{SECRET} retiré", f"<p>{SECRET}</p>")
            publishing.confirm(self.gone)
            publishing.withdraw(self.gone, WhyWithdrawn.PRIVACY)

    @cached_property
    def records(self):
        """The items."""
        return (self.draft, self.decided, self.gone, self.closed, self.college)

    @cached_property
    def meetings(self):
        return (self.planned, self.private, self.coming, self.held)

    @cached_property
    def publications(self):
        """What the public reads, and the tombstone."""
        container = publishing.decisions()
        shown = (self.draft, self.decided, self.gone)
        return [container[item.getId()] for item in shown]

    @cached_property
    def containers(self):
        """The site, and what stands below it."""
        desk, council = store.deliberations(), bodies.get("council")
        bodies_of = [council, bodies.get("college"), *council.objectValues()[-2:]]
        containers = [self.portal, desk, publishing.decisions()]
        return [*containers, *bodies_of, desk["director-isabeau"]]

    @property
    def everything(self):
        """All content that has an address, by kinds: what is crawled."""
        parts_of = (*self.annexes, self.advice)
        records = (*self.records, *self.meetings, *parts_of)
        return (*self.containers, *records, *self.publications)

    def path(self, content) -> str:
        """Return where something stands below the site."""
        base = self.portal.absolute_url()
        return content.absolute_url().removeprefix(base).removeprefix("/")
