"""The town's bodies, who sits in them, and the order of their agendas."""

from datetime import date
from plonegov.core.api import municipality
from plonegov.core.errors import RecordNotFound
from plonegov.deliberations.api.store import deliberations
from plonegov.deliberations.content.body import Body
from plonegov.deliberations.content.function import Function
from plonegov.deliberations.content.mandate import Mandate
from plonegov.deliberations.domain.agenda import Order
from plonegov.deliberations.domain.categories import category_ids
from plonegov.deliberations.domain.states import Preset


def all_bodies() -> list[Body]:
    """Return the town's bodies, in the order of its profile."""
    return [item for item in deliberations().objectValues() if isinstance(item, Body)]


def get(body_id: str) -> Body:
    """Return a body by its id.

    :raises RecordNotFound: the town has none of this id.
    """
    found = deliberations().get(body_id)
    if not isinstance(found, Body):
        raise RecordNotFound()
    return found


def members(body: Body, day: date) -> list[Mandate]:
    """Return the mandates that are in force on a day, by their order of precedence."""
    held = [item for item in body.objectValues() if isinstance(item, Mandate)]
    return sorted(
        (mandate for mandate in held if in_force(mandate, day)),
        key=lambda mandate: (mandate.rank, mandate.title),
    )


def functions(day: date) -> list[Function]:
    """Return the functions that are in force on a day."""
    return [
        item
        for item in deliberations().objectValues()
        if isinstance(item, Function) and in_force(item, day)
    ]


def in_force(held: Mandate | Function, day: date) -> bool:
    """Say whether a mandate or function is in force on a day."""
    return held.first_day <= day and (held.last_day is None or day <= held.last_day)


def workflow(body: Body) -> str:
    """Return the id of the workflow that new items of a body begin with."""
    return Preset(body.preset).workflow


def order(body: Body) -> Order:
    """Return by what the items of a body's agendas are put in order."""
    services = tuple(service.id for service in municipality().services)
    return Order(tuple(body.categories) or category_ids(), services)
