"""People who have proved who they are: a random id each, found by a keyed code.

The code is made with the town's key of the country and the national number, or of the
provider and what it calls the person. Without the key, which lies outside the
database, neither the code nor the sealed facts tell anything.
"""

from BTrees.OOBTree import OOBTree
from collections.abc import Iterator
from datetime import date
from persistent import Persistent
from plonegov.core.identity.keys import Sealed
from plonegov.core.identity.keys import TownKeys
from plonegov.core.identity.proved import ProvedIdentity

import json
import secrets


PURPOSE = "identity"
ID_BYTES = 10


class Person(Persistent):
    """One person: id, code, the key of both code and facts, and the last sign-in.

    ``since`` and ``seen`` are ``date.toordinal()``.
    """

    def __init__(self, person_id: str, today: date) -> None:
        self.id = person_id
        self.since = today.toordinal()
        self.seen = self.since
        self.code = ""
        self.sealed: tuple[str, str] = ("", "")

    @property
    def key_id(self) -> str:
        """The id of the key that code and facts were made with."""
        return self.sealed[0]

    def facts(self, keys: TownKeys) -> ProvedIdentity:
        """Return what was proved last.

        :raises KeyMissing: the key is not on this machine.
        :raises SealedValueDamaged: the facts can't be read with it.
        """
        return ProvedIdentity.from_plain(json.loads(keys.decrypt(Sealed(*self.sealed))))


class People(Persistent):
    """The people of one town, by id and by code."""

    def __init__(self) -> None:
        self.persons: OOBTree = OOBTree()
        self.codes: OOBTree = OOBTree()

    def __iter__(self) -> Iterator[str]:
        return iter(self.persons)

    def __len__(self) -> int:
        return len(self.persons)

    def get(self, person_id: str) -> Person | None:
        """Return a person by id, or None."""
        return self.persons.get(person_id)

    def find(self, identity: ProvedIdentity, keys: TownKeys) -> Person | None:
        """Return the person who has proved this identity before, with whatever key
        that is still in use."""
        for key in keys.files():
            person_id = self.codes.get(code_of(identity, keys, key.id))
            if person_id is not None:
                return self.persons[person_id]
        return None

    def keep(self, identity: ProvedIdentity, keys: TownKeys, today: date) -> Person:
        """Return the person of an identity, with what was proved now; a new one if
        nobody has proved it before."""
        person = self.find(identity, keys)
        if person is None:
            person = Person(f"person-{secrets.token_hex(ID_BYTES)}", today)
            self.persons[person.id] = person
        person.seen = today.toordinal()
        self.seal(person, identity, keys)
        return person

    def seal(self, person: Person, identity: ProvedIdentity, keys: TownKeys) -> None:
        """Keep facts and code of a person with the current key."""
        self.codes.pop(person.code, None)
        person.sealed = keys.encrypt(json.dumps(identity.as_plain())).as_tuple()
        person.code = code_of(identity, keys, person.key_id)
        self.codes[person.code] = person.id

    def forget(self, person_id: str) -> None:
        """Take a person out; who proves the same again is a new one.

        :raises KeyError: there is no such person.
        """
        person = self.persons.pop(person_id)
        self.codes.pop(person.code, None)


def code_of(identity: ProvedIdentity, keys: TownKeys, key_id: str) -> str:
    """Return the code of an identity with a key (32 characters of base32)."""
    if identity.national_number:
        parts = ("number", identity.country, identity.national_number)
    else:
        parts = ("subject", identity.issuer, identity.subject)
    return keys.mac(PURPOSE, *parts, key_id=key_id)
