"""Two clerks who vote on two items of one meeting write two objects: no conflict."""

from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.agenda import Row
from ZODB import DB
from ZODB.MappingStorage import MappingStorage
from ZODB.POSException import ConflictError

import pytest
import transaction


@pytest.fixture
def two(portal):
    """Two connections to a database with a meeting and two items."""
    database = DB(MappingStorage())
    with database.transaction() as connection:
        root = connection.root()
        root["meeting"] = Meeting("M")
        root["first"], root["second"] = Item("A"), Item("B")
    managers = [transaction.TransactionManager() for _ in range(2)]
    for manager in managers:
        manager.begin()
    yield [(manager, database.open(manager).root()) for manager in managers]
    for manager in managers:
        manager.abort()
    database.close()


def test_votes_on_two_items(two):
    for (_manager, root), name in zip(two, ("first", "second"), strict=True):
        root[name].ballots.add({"label": ""})
    for manager, _root in two:
        manager.commit()
    two[0][0].begin()
    assert [len(two[0][1][name].ballots.rows) for name in ("first", "second")] == [1, 1]


def test_a_vote_and_a_move_of_the_agenda(two):
    (first, one), (second, other) = two
    one["first"].ballots.add({"label": ""})
    other["meeting"].agenda.keep([Row("A"), Row("B")])
    first.commit()
    second.commit()


def test_two_clerks_who_decide_one_item_never_both_do(two):
    """The second one's request is done again on what the first one decided."""
    for _manager, root in two:
        root["first"].ballots.add({"label": ""})
        root["first"].events = (("decided",),)
    two[0][0].commit()
    with pytest.raises(ConflictError):
        two[1][0].commit()


def test_two_moves_of_one_agenda_never_both_happen(two):
    for _manager, root in two:
        root["meeting"].agenda.keep([Row("A")])
    two[0][0].commit()
    with pytest.raises(ConflictError):
        two[1][0].commit()


@pytest.mark.parametrize("items", [30, 300])
def test_a_move_writes_one_object(two, items):
    manager, root = two[0]
    agenda = root["meeting"].agenda
    agenda.keep([Row(str(number)) for number in range(items)])
    manager.commit()
    agenda.keep(tuple(reversed(agenda.rows)))
    changed = list(root._p_jar._registered_objects)
    assert changed == [agenda]
