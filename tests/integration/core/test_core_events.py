"""The event log: personal parts can be erased, and what happened when stays proved."""

from datetime import timedelta
from plone import api
from plonegov.core.records import events
from types import SimpleNamespace

import pytest


@pytest.fixture
def record(portal):
    record = SimpleNamespace()
    events.log(record, "placed", "citizen-1", text="Ada lives here")
    events.log(record, "taken", "clerk")
    events.log(record, "note", "clerk", text="Ada called")
    return record


def happened(record):
    return [(entry.when, entry.action) for entry in events.entries(record)]


def test_entries_tell_who_did_what(record):
    assert [(e.who, e.action, e.details) for e in events.entries(record)] == [
        ("citizen-1", "placed", {"text": "Ada lives here"}),
        ("clerk", "taken", {}),
        ("clerk", "note", {"text": "Ada called"}),
    ]
    assert events.verify(record) == []


@pytest.mark.parametrize("who", [events.CITIZEN, events.SYSTEM])
def test_nobody_can_have_an_account_with_the_name_of_nobody(portal, who):
    assert not api.portal.get_tool("portal_registration").isMemberIdAllowed(who)


def test_a_record_without_a_log_has_no_entries(portal):
    assert events.entries(SimpleNamespace()) == []
    assert events.verify(SimpleNamespace()) == []


def test_who_is_forgotten_and_what_happened_when_is_not(record):
    before = happened(record)
    events.forget_people(record)
    assert "Ada" not in repr(vars(record))
    assert "clerk" not in repr(vars(record))
    assert happened(record)[:-1] == before
    assert [e.who for e in events.entries(record)] == ["", "", "", "(system)"]
    assert events.verify(record) == []
    events.log(record, "seen", "clerk")
    assert events.entries(record)[-1].who == "clerk"
    assert events.verify(record) == []


def test_the_same_entry_never_has_the_same_digest(record):
    """So that a digest left behind can't be tried out with names."""
    for _ in range(2):
        events.log(record, "note", "clerk", text="the same")
    assert record.events[-1][2] != record.events[-2][2]


def change_a_time(rows, parts):
    return (("2020-01-01T00:00:00+00:00", *rows[0][1:]), *rows[1:]), parts


def change_an_action(rows, parts):
    return (rows[0], (rows[1][0], "released", *rows[1][2:]), rows[2]), parts


def take_one_out(rows, parts):
    return (rows[0], rows[2]), {0: parts[0], 1: parts[2]}


def put_one_in(rows, parts):
    return (*rows[:2], rows[1], rows[2]), {**parts, 3: parts[2], 2: parts[1]}


def change_who(rows, parts):
    return rows, {**parts, 1: (parts[1][0], "another", *parts[1][2:])}


def hide_who(rows, parts):
    return rows, {number: parts[number] for number in (0, 2)}


@pytest.mark.parametrize(
    "change",
    [change_a_time, change_an_action, take_one_out, put_one_in, change_who, hide_who],
)
def test_what_was_changed_is_found(record, change):
    record.events, record.event_parts = change(record.events, record.event_parts)
    assert events.verify(record) != []


@pytest.mark.parametrize("change", [change_a_time, change_an_action])
def test_what_was_changed_is_found_after_people_were_erased(record, change):
    record.events, record.event_parts = change(record.events, record.event_parts)
    events.forget_people(record)
    assert events.verify(record) != []


def test_backdating_keeps_the_log_whole(record):
    before = happened(record)
    events.backdate(record, timedelta(days=3))
    assert [when for when, _ in happened(record)] == [
        when - timedelta(days=3) for when, _ in before
    ]
    assert events.verify(record) == []
