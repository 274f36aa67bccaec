"""A town's council with its people, meetings and items, for tests."""

from AccessControl.SecurityManagement import getSecurityManager
from AccessControl.SecurityManagement import setSecurityManager
from contextlib import contextmanager
from datetime import date
from datetime import datetime
from datetime import timedelta
from helpers.people import add_person
from plone.app.testing import login
from plone.app.textfield.value import RichTextValue
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from plonegov.core.api import now
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import items
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import store
from zoneinfo import ZoneInfo


ZONE = ZoneInfo("Europe/Brussels")
#: Account: roles, groups.
STAFF = {
    "drafter": (["Member", "Drafter"], ["service-works"]),
    "reviewer": (["Member", "Reviewer"], ["service-works"]),
    "second": (["Member", "Reviewer"], ["service-population"]),
    "secretary": (["Member", "Secretary"], []),
    "adviser": (["Member", "Drafter"], ["service-population"]),
    "councillor": (["Member", "Councillor"], []),
    "citizen": (["Member"], []),
}
#: Names of a council of seven; the first one presides, the second one signs in.
NAMES = ("Aubry", "Bastin", "Collard", "Dumont", "Evrard", "Fontaine", "Gilles")
TEXTS = {
    "title": "Réfection de la rue de l'Essai",
    "category": "roads",
    "motivation": "<p>La chaussée est dégradée.</p>",
    "decision": "<p>Article 1. La réfection est approuvée.</p>",
}


def add_staff(portal) -> None:
    """Make the accounts of the staff and of one councillor."""
    for name, (roles, groups) in STAFF.items():
        add_person(portal, name, roles, groups)


def seat(body_id: str = "council", names=NAMES, mailed: bool = True) -> list[str]:
    """Give a body its members; return their UIDs by order of precedence.

    :param mailed: whether they have mail addresses.
    """
    body, seated = bodies.get(body_id), []
    for rank, name in enumerate(names, 1):
        mandate = createContent(
            "plonegov.Mandate",
            title=name,
            rank=rank,
            first_day=date(2024, 12, 2),
            account="councillor" if rank == 2 else "",
            email=f"{name.lower()}@exempleville.example" if mailed else "",
        )
        mandate.id = name.lower()
        placed = addContentToContainer(body, mandate, checkConstraints=False)
        seated.append(placed.UID())
    return seated


@contextmanager
def acting(portal, name: str):
    """Be somebody for a while."""
    before = getSecurityManager()
    login(portal, name)
    try:
        yield
    finally:
        setSecurityManager(before)


def plan(portal, body_id: str = "council", days: int = 14, **values):
    """Plan a meeting so many days from now, at seven in the evening."""
    day = now().astimezone(ZONE) + timedelta(days=days)
    starts = datetime(day.year, day.month, day.day, 19, tzinfo=ZONE)
    with acting(portal, "secretary"):
        return meetings.plan(body_id, {"starts": starts, **values})


def validated(portal, body_id: str = "council", **values):
    """Return an item that came all the way to the secretary."""
    with acting(portal, "drafter"):
        item = items.draft(body_id, "works", TEXTS | values)
        items.change(item, "propose")
    with acting(portal, "reviewer"):
        items.change(item, "review_1")
    if body_id == "college":
        with acting(portal, "second"):
            items.change(item, "review_2")
    with acting(portal, "secretary"):
        items.change(item, "validate")
    return item


def sit(portal, meeting, members, *presented) -> None:
    """Bring a meeting with items on its agenda to its sitting; who is named is there."""
    officials()
    with acting(portal, "secretary"):
        for item in presented:
            agenda.present(item, meeting)
        meeting.president, meeting.keeper = members[0] if members else "x", "director"
        meetings.change(meeting, "convene")
        meetings.change(meeting, "freeze")
        meeting.starts -= timedelta(days=30)
        meetings.change(meeting, "open")
        for member in members:
            attendance.arrive(meeting, member)


def officials() -> None:
    """Give the town who signs what its bodies decide, where it has nobody yet."""
    held = {one.office for one in bodies.functions(date.today())}
    for office, name in (("mayor", "Hubert"), ("director", "Isabeau")):
        if office not in held:
            function(office, name)


def template(body_id: str, title: str, recurring: bool) -> None:
    """Give a body an item template."""
    text = "<p>Article 1.<script>alert(1)</script></p>"
    made = createContent(
        "plonegov.ItemTemplate",
        title=title,
        category="minutes",
        decision=RichTextValue(text, "text/html", "text/x-html-safe"),
        recurring=recurring,
    )
    made.id = title.lower().replace(" ", "-")
    addContentToContainer(bodies.get(body_id), made, checkConstraints=False)


def function(office: str, name: str, last_day: date | None = None) -> str:
    """Give the town somebody who holds an office; return the UID."""
    made = createContent(
        "plonegov.Function",
        title=name,
        office=office,
        capacity="holder",
        delegation="",
        first_day=date(2024, 1, 1),
        last_day=last_day,
    )
    made.id = f"{office}-{name.lower()}"
    placed = addContentToContainer(store.deliberations(), made, checkConstraints=False)
    return placed.UID()
