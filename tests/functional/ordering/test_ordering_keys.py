"""A new key takes over while links, drafts and numbers of the old one stay good."""

from helpers.orders import request
from plonegov.core.errors import KeyMissing
from plonegov.core.identity import rotation
from plonegov.core.identity.current import town_keys
from plonegov.core.identity.errors import KeyInUse
from plonegov.core.identity.errors import KeyIsCurrent
from plonegov.core.identity.errors import KeyUnknown
from plonegov.core.identity.interfaces import ISealedValues
from plonegov.core.identity.keys import Sealed
from plonegov.core.identity.rotation import Outcome
from plonegov.core.ops.files import write_private
from plonegov.core.ops.writelock import LockNotReentrant
from plonegov.core.ops.writelock import town_lock
from plonegov.ordering.api import drafts
from plonegov.ordering.api import links
from plonegov.ordering.api import orders
from plonegov.ordering.api.counters import counter
from zope.component import getUtility
from zope.interface.verify import verifyObject

import pytest
import transaction


NUMBER = "85073003328"


@pytest.fixture
def keys(portal):
    """The town's keys, with a new one that nothing refers to yet."""
    rotation.rotate(portal, town_keys().municipality_id)
    return town_keys()


def place():
    order = orders.place(request(applicant__email=""))
    transaction.commit()
    return order.reference


def stored(reference):
    transaction.begin()
    return links.find(reference)


def number_of(reference):
    sealed = Sealed(*stored(reference).sealed_numbers["applicant"])
    return sealed.key_id, town_keys().decrypt(sealed)


def stop_after(portions):
    def told(done, all_):
        if done >= portions * rotation.BATCH:
            raise KeyboardInterrupt

    return told


def test_the_sealed_orders_are_a_port(portal):
    assert verifyObject(
        ISealedValues, getUtility(ISealedValues, name="plonegov.ordering")
    )


def test_after_a_rotation_everything_made_before_stays_good(portal, keys):
    old, reference = keys.current_id, place()
    url = links.tracking_url(stored(reference))
    secret = url.rpartition("secret=")[2]
    draft = drafts.keep(None, "residence", {"copies": "2"})
    transaction.commit()
    new = rotation.rotate(portal, keys.municipality_id)
    assert new != old
    assert number_of(reference) == (old, NUMBER)
    assert links.find_for_citizen(reference, secret).reference == reference
    assert drafts.content_of(draft) == {"copies": "2"}
    assert number_of(place()) == (new, NUMBER)


def test_encrypting_anew_moves_the_values_and_leaves_the_links(portal, keys):
    references = [place() for _ in range(3)]
    secrets = [links.secret(stored(reference)) for reference in references]
    draft = drafts.keep(None, "residence", {"copies": "2"})
    transaction.commit()
    new = rotation.rotate(portal, keys.municipality_id)
    assert rotation.reencrypt(portal, keys) == Outcome(changed=4)
    transaction.begin()
    assert [number_of(reference) for reference in references] == [(new, NUMBER)] * 3
    assert drafts.content_of(draft) == {"copies": "2"}
    assert draft.sealed[0] == new
    for reference, secret in zip(references, secrets, strict=True):
        assert links.find_for_citizen(reference, secret).reference == reference


def test_a_second_run_writes_nothing(portal, keys):
    place()
    rotation.rotate(portal, keys.municipality_id)
    rotation.reencrypt(portal, keys)
    last = portal._p_jar.db().lastTransaction()
    assert rotation.reencrypt(portal, keys) == Outcome()
    assert portal._p_jar.db().lastTransaction() == last


def test_what_was_stopped_goes_on_where_it_was(portal, keys, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 2)
    references = [place() for _ in range(5)]
    new = rotation.rotate(portal, keys.municipality_id)
    with pytest.raises(KeyboardInterrupt):
        rotation.reencrypt(portal, keys, stop_after(1))
    transaction.abort()
    done = [number_of(reference)[0] for reference in references].count(new)
    assert done == 2
    seen = []
    told = rotation.reencrypt(portal, keys, lambda *numbers: seen.append(numbers))
    assert told == Outcome(changed=3)
    assert seen == [(2, 5), (4, 5), (5, 5)]
    assert {number_of(reference) for reference in references} == {(new, NUMBER)}


def test_values_are_written_under_the_towns_lock_only(portal, keys):
    place()
    rotation.rotate(portal, keys.municipality_id)
    with town_lock(portal.getId()):
        with pytest.raises(LockNotReentrant):
            rotation.reencrypt(portal, keys)
        with pytest.raises(LockNotReentrant):
            rotation.rotate(portal, keys.municipality_id)


def test_a_key_is_retired_when_no_record_needs_it(portal, keys):
    old, reference = keys.current_id, place()
    new = rotation.rotate(portal, keys.municipality_id)
    with pytest.raises(KeyIsCurrent):
        rotation.retire(portal, keys, new)
    rotation.reencrypt(portal, keys)
    transaction.begin()
    assert rotation.key_uses(portal) == {old: 1, new: 1}
    with pytest.raises(KeyInUse) as caught:
        rotation.retire(portal, keys, old)
    assert caught.value.context == {"key_id": old, "count": 1}
    order = stored(reference)
    counter().records.remove(reference, order.UID())
    transaction.commit()
    rotation.retire(portal, keys, old)
    assert old not in [key.id for key in keys.files()]
    with pytest.raises(KeyUnknown) as caught:
        rotation.retire(portal, keys, old)
    assert new in caught.value.context["known"]
    assert number_of(place()) == (new, NUMBER)


def test_a_draft_keeps_its_key_in_use(portal, keys):
    old = keys.current_id
    draft = drafts.keep(None, "residence", {"copies": "2"})
    transaction.commit()
    rotation.rotate(portal, keys.municipality_id)
    with pytest.raises(KeyInUse):
        rotation.retire(portal, keys, old)
    counter().drafts.discard(draft.key)
    transaction.commit()
    rotation.retire(portal, keys, old)


@pytest.mark.parametrize(
    ("key_id", "token"), [("current", "damaged"), ("0" * 16, "lost")]
)
def test_what_cant_be_read_is_told_and_left_and_the_rest_goes_on(
    portal, keys, key_id, token
):
    references = [place() for _ in range(3)]
    key_id = keys.current_id if key_id == "current" else key_id
    order = stored(references[1])
    before = {**order.sealed_numbers, "subject": (key_id, token)}
    order.sealed_numbers = before
    transaction.commit()
    new = rotation.rotate(portal, keys.municipality_id)
    assert rotation.reencrypt(portal, keys) == Outcome(changed=2, unreadable=1)
    assert stored(references[1]).sealed_numbers == before
    assert [number_of(references[at])[0] for at in (0, 2)] == [new, new]


def test_without_a_current_key_nothing_is_encrypted(portal, keys):
    place()
    file = keys.folder / "current"
    kept = file.read_bytes()
    file.unlink()
    with pytest.raises(KeyMissing):
        rotation.reencrypt(portal, keys)
    write_private(file, kept)


def test_a_site_without_a_counter_has_no_sealed_values(portal, keys):
    assert rotation.key_uses({}) == {}
