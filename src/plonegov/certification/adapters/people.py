"""What is held on people who have proved who they are, and with which keys."""

from plonegov.certification.pas.people import PLUGIN
from plonegov.certification.storage.people import People
from plonegov.core.identity.current import town_keys
from plonegov.core.identity.interfaces import ISealedValues
from plonegov.core.identity.keys import TownKeys
from plonegov.core.identity.rotation import KeyUse
from plonegov.core.records.interfaces import IPersonalData
from plonegov.core.records.person import Held
from plonegov.core.records.person import Sureness
from plonegov.core.records.person import Wanted
from typing import Any
from zope.interface import implementer

import datetime


NOBODY = KeyUse()


@implementer(ISealedValues)
class SealedPeople:
    """The facts and codes of people; a holder is a person's id.

    The code is made anew together with the facts, so that no old key stays in use.
    """

    def holders(self, portal: Any) -> list[str]:
        return list(_people(portal))

    def uses(self, portal: Any, holder: str) -> KeyUse:
        person = _people(portal).get(holder)
        return KeyUse(frozenset({person.key_id})) if person is not None else NOBODY

    def reseal(self, portal: Any, holder: str, keys: TownKeys) -> bool:
        people = _people(portal)
        person = people.get(holder)
        if person is None or person.key_id == keys.current_id:
            return False
        people.seal(person, person.facts(keys), keys)
        return True


@implementer(IPersonalData)
class PersonalData:
    """What a card or a provider said of a person; a holder is the person's id."""

    def holders(self, portal: Any) -> list[str]:
        return list(_people(portal))

    def name(self, holder: str) -> str:
        return holder

    def sureness(self, portal: Any, holder: str, wanted: Wanted) -> Sureness:
        person = _people(portal).get(holder)
        if person is None:
            return Sureness.NONE
        known = person.facts(town_keys()).as_plain()
        return wanted.sureness(known, known["national_number"])

    def held(self, portal: Any, holder: str, wanted: Wanted) -> Held:
        person = _people(portal).get(holder)
        seen = datetime.date.fromordinal(person.seen).isoformat()
        data = {**person.facts(town_keys()).as_plain(), "last_sign_in": seen}
        since = datetime.date.fromordinal(person.since)
        return Held("identity", holder, data, since=since)


def _people(portal: Any) -> People:
    folder = portal["acl_users"]
    return folder[PLUGIN].people if PLUGIN in folder.objectIds() else People()
