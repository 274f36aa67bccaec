"""What orders and unfinished orders hold on a person who asks for it."""

from plone.uuid.interfaces import IUUID
from plonegov.core.identity.current import town_keys
from plonegov.core.identity.keys import Sealed
from plonegov.core.records.interfaces import IPersonalData
from plonegov.core.records.person import Held
from plonegov.core.records.person import Sureness
from plonegov.core.records.person import Wanted
from plonegov.ordering.api.counters import COUNTER_ID
from plonegov.ordering.api.export import APPLICANTS
from plonegov.ordering.api.export import held
from plonegov.ordering.api.export import paths_of
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.content.order import Order
from plonegov.ordering.storage.drafts import Draft
from typing import Any
from zope.interface import implementer


Holder = tuple[str, str]  # the counter's store, and the key in it
ROLES = ("applicant", "subject")

#: From the least sure to the surest.
ORDER = (Sureness.NONE, Sureness.NAMES, Sureness.PERSON, Sureness.NUMBER)


@implementer(IPersonalData)
class PersonalOrders:
    """The counter's orders, and what people began to order."""

    def holders(self, portal: Any) -> list[Holder]:
        counter = portal.get(COUNTER_ID)
        if counter is None:
            return []
        orders = [("records", key) for key in counter.records]
        return orders + [("drafts", key) for key in counter.drafts]

    def name(self, holder: Holder) -> str:
        store, key = holder
        return key if store == "records" else "draft"

    def sureness(self, portal: Any, holder: Holder, wanted: Wanted) -> Sureness:
        found = _find(portal, holder)
        rows = [] if found is None else _people(found, bool(wanted.number)).values()
        return max(
            (wanted.sureness(person, number) for person, number in rows),
            key=ORDER.index,
            default=Sureness.NONE,
        )

    def held(self, portal: Any, holder: Holder, wanted: Wanted) -> Held:
        found = _find(portal, holder)
        if isinstance(found, Draft):
            files = [
                (f"draft/{question}-{number}", file)
                for number, (question, file) in enumerate(found.files.values(), start=1)
            ]
            return Held("draft", "draft", found.load(town_keys()), files)
        without = _of_others(found, wanted)
        files = paths_of(found, without)
        paths = {id(file): path for path, file in files}
        return Held(
            "order",
            found.reference,
            held(found, paths, without=without, whole=True),
            files,
            IUUID(found),
            town_today(found.placed),
        )


def _find(portal: Any, holder: Holder) -> Order | Draft | None:
    (store, key), counter = holder, portal[COUNTER_ID]
    if store == "drafts":
        return counter.drafts.find(key)
    order = counter.records.get(key)
    return None if order is None else order.__of__(counter)


def _people(found: Order | Draft, numbers: bool) -> dict[str, tuple[dict, str]]:
    """Return the people of an order or a draft by their role, with their numbers.

    :param numbers: decrypt the numbers of orders, too.
    """
    keys = town_keys()
    if isinstance(found, Draft):
        payload = found.load(keys)
        people = {role: payload.get(role) for role in ROLES}
        return {
            role: (person, str(person.get("national_number") or ""))
            for role, person in people.items()
            if isinstance(person, dict)
        }
    sealed = found.sealed_numbers if numbers else {}
    return {
        role: (
            getattr(found, role),
            keys.decrypt(Sealed(*sealed[role])) if role in sealed else "",
        )
        for role in ROLES
    }


def _of_others(order: Order, wanted: Wanted) -> frozenset[str]:
    """Return the names of what the order says about somebody else.

    An applicant gets what the order says about the person whom it is about: it came
    from the applicant, who was given the document.
    """
    person, number = _people(order, bool(wanted.number))["applicant"]
    return frozenset() if wanted.sureness(person, number) else APPLICANTS
