"""A college with one item on its table, and everybody who might want something of it."""

from helpers import councils
from helpers.councils import acting
from helpers.inprocess import InProcess
from helpers.lives import add_people
from helpers.lives import bring_to
from helpers.lives import PEOPLE
from helpers.lives import place
from plone import api
from plone.portlets.interfaces import IPortletAssignmentMapping
from plone.portlets.interfaces import IPortletAssignmentSettings
from plone.portlets.interfaces import IPortletManager
from plonegov.deliberations.api import items
from plonegov.deliberations.api import parts
from plonegov.deliberations.domain.minutes import MinutesState
from plonegov.deliberations.domain.states import AdviceState
from plonegov.deliberations.domain.states import ItemState
from plonegov.deliberations.domain.states import MeetingState
from zope.component import getMultiAdapter
from zope.component import getUtility


MEETING = "plonegov_meeting_workflow"
ADVICE = "plonegov_advice_workflow"


def settle_portlets(portal) -> None:
    """Make what Plone writes when a portlet is shown first: no answer is to blame."""
    for name in ("plone.leftcolumn", "plone.rightcolumn"):
        column = getUtility(IPortletManager, name=name)
        placed = getMultiAdapter((portal, column), IPortletAssignmentMapping)
        for assignment in placed.values():
            IPortletAssignmentSettings(assignment)


class Chamber:
    """An item of two levels of review, an annex for all and a confidential one, a
    meeting whose day is over. Everything is asked for in this thread."""

    def __init__(self, portal) -> None:
        add_people(portal)
        councils.officials()
        settle_portlets(portal)
        self.portal, self.client = portal, InProcess(portal)
        self.meeting = councils.plan(portal, "college")
        self.meeting.president = self.meeting.keeper = "somebody"
        self.meeting.minutes.state = MinutesState.APPROVED
        self.meeting.starts -= councils.timedelta(days=30)
        with acting(portal, "drafter"):
            self.item = items.draft("college", "works", councils.TEXTS)
            self.annex = parts.add_annex(self.item, "plan.pdf", b"%PDF-1.7")
            self.secret = parts.add_annex(self.item, "avis.pdf", b"%PDF-1.7")
            parts.set_annex(self.secret, confidential=True, publishable=False)
        self.advice = None
        self.kept = self.item.parts

    def ask(self) -> None:
        """Let a service be asked for its advice."""
        bring_to(self.item, self.item.workflow, ItemState.REVIEWED_2)
        with acting(self.portal, "secretary"):
            self.advice = parts.ask(self.item, "population")
        self.kept = self.item.parts

    def path(self, content, page: str = "") -> str:
        """Return where something stands below the site."""
        base = self.portal.absolute_url()
        return f"{content.absolute_url()}{page}".removeprefix(f"{base}/")

    def put(self, content, state: str) -> None:
        """Put an item, a meeting or an advice into a state, past all rules."""
        if content is self.item:
            place(self.item, self.meeting, state)
            self.item.parts = self.kept
        elif content is self.meeting:
            bring_to(content, MEETING, state)
            content.agenda.keep(())
        else:
            bring_to(content, ADVICE, state)
            content.given = content.asked
        parts.secure_all(self.item)

    def steps(self, content, state: str) -> tuple[str, ...]:
        """Return the steps that lead out of a state, whoever does them."""
        tool = api.portal.get_tool("portal_workflow")
        [name] = tool.getChainFor(content)
        return tuple(tool[name].states[str(state)].transitions)

    def states(self, content):
        """Return the states that something may be in."""
        if content is self.item:
            return ItemState
        return MeetingState if content is self.meeting else AdviceState

    def everywhere(self, content):
        """Put something into each state; yield the state and each person."""
        for state in self.states(content):
            self.put(content, state)
            yield from ((state, person) for person in PEOPLE)
