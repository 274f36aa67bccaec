"""The people of a demonstration: who sits in its bodies, who holds its offices."""

from datetime import date
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from plone.i18n.normalizer import idnormalizer
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import store
from plonegov.deliberations.content.body import Body
from plonegov.deliberations.domain.demo import People
from typing import Any


ACCOUNT = "councillor"
DIRECTOR = "secretary"


def seat(body: Body, people: People, since: date) -> None:
    """Give a body its members.

    :param since: the first day of their mandates.
    """
    for rank, member in enumerate(people.members[body.kind], 1):
        name = idnormalizer.normalize(member.name)
        _add(
            body,
            "plonegov.Mandate",
            name,
            title=member.name,
            role=member.role,
            group=people.groups[member.group],
            rank=rank,
            account=ACCOUNT if member.name == people.account else "",
            email=f"{name}@demo.example",
            first_day=since,
            last_day=None,
        )


def appoint(people: People, since: date) -> None:
    """Give the town who holds its offices."""
    for office, name in people.offices.items():
        _add(
            store.deliberations(),
            "plonegov.Function",
            f"{office}-{idnormalizer.normalize(name)}",
            title=name,
            office=office,
            capacity="holder",
            delegation="",
            account=DIRECTOR if office == "director" else "",
            first_day=since,
            last_day=None,
        )


def groups_of(body: Body, people: People, day: date) -> dict[str, int]:
    """Return the place of the political group of each member (by UID) on a day, in
    their order of precedence."""
    return {
        mandate.UID(): people.groups.index(mandate.group)
        for mandate in bodies.members(body, day)
    }


def keeper(people: People, day: date) -> str:
    """Return the UID of the function that keeps the minutes: a secretary of the sitting
    where the town has one, else its director."""
    wanted = "secretary" if "secretary" in people.offices else "director"
    held = {each.office: each.UID() for each in bodies.functions(day)}
    return held[wanted]


def _add(container: Any, kind: str, name: str, **values: Any) -> None:
    made = createContent(kind, **values)
    made.id = name
    addContentToContainer(container, made, checkConstraints=False)
