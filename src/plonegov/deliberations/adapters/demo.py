"""Fictitious sittings of fictitious councillors, the same every time but for the days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from plone import api
from plone.app.textfield.value import RichTextValue
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from plonegov.core.api import municipality
from plonegov.core.api import now
from plonegov.core.api import town_today
from plonegov.core.api import town_zone
from plonegov.core.municipality.interfaces import IDemoData
from plonegov.deliberations.adapters import democoming
from plonegov.deliberations.adapters import demopast
from plonegov.deliberations.adapters import demopeople
from plonegov.deliberations.adapters.democlock import demo_clock
from plonegov.deliberations.adapters.democlock import set_to
from plonegov.deliberations.adapters.democoming import POPULATION
from plonegov.deliberations.adapters.democoming import WORKS
from plonegov.deliberations.adapters.demoitems import SECRETARY
from plonegov.deliberations.adapters.demosittings import Scene
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import law
from plonegov.deliberations.api.store import deliberations
from plonegov.deliberations.api.store import DELIBERATIONS_ID
from plonegov.deliberations.content.body import Body
from plonegov.deliberations.domain.demo import countries
from plonegov.deliberations.domain.demo import people
from plonegov.deliberations.domain.demo import pool
from plonegov.deliberations.domain.demo import texts
from plonegov.deliberations.domain.model import BodyKind
from typing import Any
from zope.interface import implementer


@dataclass(frozen=True)
class Size:
    """How much of a past a demonstration has; ``going_on``: it has something to do, too."""

    meetings: int
    items: int
    going_on: bool


#: By country: a Belgian town shows the whole work, a French one what the public reads.
SIZES = {"BE": Size(24, 40, True), "FR": Size(6, 20, False)}

#: Weeks from one sitting of the council to the next, and when it sits.
WEEKS, EVENING, MORNING = 3, time(19, 30), time(9)
#: Months and days between which no council sits.
SUMMER = ((7, 10), (8, 25))
PLACES = {"BE": "Salle du Conseil, maison communale", "FR": "Salle du Conseil, mairie"}
#: A mandate begins so long before the first sitting.
SWORN = timedelta(days=60)


@implementer(IDemoData)
class DemoDeliberations:
    """The sittings of a demonstration's council, and what its staff prepares."""

    def has_real_data(self, portal: Any) -> bool:
        return DELIBERATIONS_ID in portal and len(deliberations().records) > 0

    def create(self, portal: Any, password: str) -> None:
        town = municipality()
        if DELIBERATIONS_ID not in portal or town.country not in countries():
            return
        if not {WORKS, POPULATION} <= {service.id for service in town.services}:
            return  # nobody of the demonstration would write or advise
        councils = [each for each in bodies.all_bodies() if each.kind == "council"]
        if not councils:
            return
        with demo_clock(), api.env.adopt_user(username=SECRETARY):
            _play(councils[0], SIZES[town.country])


def _play(council: Body, size: Size) -> None:
    """Make all sittings, the oldest first, since each one's minutes are the next one's."""
    country, today = municipality().country, town_today()
    found, cast = pool(country), people(country)
    days, begun = list(_days(today, size.meetings)), _just_now()
    for body in bodies.all_bodies():
        if body.kind in cast.members:
            demopeople.seat(body, cast, days[0] - SWORN)
    demopeople.appoint(cast, days[0] - SWORN)
    scene = Scene(council, found, cast, PLACES[country])
    before = None
    for number, day in enumerate(days):
        starts = _at(day, EVENING)
        held = demopast.hold(scene, starts, number, size.items, today)
        if before is not None:
            demopast.close(before, held)
        before = held
    if size.going_on:
        sitting = democoming.sit(scene, begun, size.meetings)
        demopast.close(before, sitting)
        _go_on(scene, today)
    set_to(None)


def _go_on(scene: Scene, today: date) -> None:
    """Make what is in preparation: a meeting of the council, the college's week."""
    set_to(None)
    _template(scene)
    coming = _working(today + timedelta(days=21 - today.weekday()))
    democoming.prepare(scene, _at(coming, EVENING), SIZES["BE"].meetings + 1, today)
    for body in bodies.all_bodies():
        if body.kind == BodyKind.COLLEGE:
            college = Scene(body, scene.pool, scene.people, "Salle du Collège")
            day = _working(today + timedelta(days=8 - today.weekday()))
            democoming.week(college, _at(day, MORNING))


def _template(scene: Scene) -> None:
    """Let the minutes of the sitting before join each new meeting."""
    values = texts(scene.pool.minutes, scene.pool, 0, town_today().year)
    made = createContent(
        "plonegov.ItemTemplate",
        title=values["title"],
        category=scene.pool.minutes.category,
        recurring=True,
        **{
            name: RichTextValue(values[name], "text/html", "text/x-html-safe")
            for name in ("motivation", "decision")
        },
    )
    made.id = "proces-verbal"
    addContentToContainer(scene.body, made, checkConstraints=False)


def _days(today: date, count: int) -> Iterator[date]:
    """Yield the days of the sittings, the oldest first: Mondays that are working days,
    every three weeks, none in summer."""
    day, found = today - timedelta(days=7 + today.weekday()), []
    while len(found) < count:
        if not SUMMER[0] <= (day.month, day.day) <= SUMMER[1]:
            found.append(_working(day))
        day -= timedelta(weeks=WEEKS)
    yield from reversed(found)


def _working(day: date) -> date:
    """Return a day, or the next one that is a working day."""
    calendar = law.calendar()
    while not calendar.is_working(day):
        day += timedelta(days=1)
    return day


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, town_zone())


def _just_now() -> datetime:
    """Return when today's sitting began: a good half hour ago, at a quarter."""
    moment = now().astimezone(town_zone()) - timedelta(minutes=40)
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
