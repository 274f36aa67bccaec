"""A sitting with three items, as the secretary finds it when the evening begins."""

from helpers import councils
from helpers.desk import Desk

import transaction


class Evening:
    """A council of seven that sits on three items, the last one an appointment."""

    def __init__(self, portal, there: int = 5) -> None:
        if portal.acl_users.getUserById("secretary") is None:
            councils.add_staff(portal)
        self.portal = portal
        self.members = councils.seat()
        self.meeting = councils.plan(portal)
        self.items = [
            councils.validated(portal, title=title, **more)
            for title, more in (
                ("Premier point", {}),
                ("Deuxième point", {}),
                ("Désignation", {"matter": "appointment"}),
            )
        ]
        councils.sit(portal, self.meeting, self.members[:there], *self.items)
        transaction.commit()

    def desk(self, person: str = "secretary") -> Desk:
        """Put somebody before a browser."""
        return Desk(self.portal.absolute_url(), person)

    def page(self, name: str, person: str = "secretary") -> Desk:
        """Open a page of the meeting."""
        return self.desk(person).open(f"{self.meeting.absolute_url()}/{name}")

    def vote(self, place: int, query: str = "", person: str = "secretary") -> Desk:
        """Open the page of the vote on an item."""
        url = f"{self.items[place].absolute_url()}/item-vote{query}"
        return self.desk(person).open(url)

    def fresh(self) -> "Evening":
        """See what others committed meanwhile."""
        transaction.begin()
        return self
