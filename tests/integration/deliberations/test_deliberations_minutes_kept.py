"""The minutes of a sitting, from what was entered to their publication."""

from datetime import date
from datetime import timedelta
from helpers import councils
from helpers.councils import acting
from plone import api
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import InvalidInput
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import items
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import minuting
from plonegov.deliberations.api import votes
from plonegov.deliberations.domain.refusals import StepRefused

import pytest


@pytest.fixture
def members(portal):
    councils.add_staff(portal)
    return councils.seat()


@pytest.fixture
def held(portal, members):
    """A sitting with a recusal, a late arrival and two items that were decided."""
    meeting = councils.plan(portal)
    first, second = (councils.validated(portal, title=name) for name in ("Un", "Deux"))
    councils.sit(portal, meeting, members[:5], first, second)
    with acting(portal, "secretary"):
        attendance.excuse(meeting, members[6])
        attendance.recuse(meeting, first, members[1], "personal")
        against = {members[2]: "against", members[3]: "abstain"}
        votes.hold(first, {"mode": "show_of_hands", "exceptions": against})
        items.change(first, "accept")
        attendance.arrive(meeting, members[5])
        votes.hold(second, {"mode": "show_of_hands"})
        items.change(second, "accept")
        minuting.renew(meeting)
    return meeting


def text_of(meeting, place):
    return meeting.minutes.sections[place].text


def code(call, *arguments, **values):
    with pytest.raises(StepRefused) as refused:
        call(*arguments, **values)
    return refused.value.code


def test_the_minutes_say_what_was_entered(portal, held):
    opening, first, second = held.minutes.sections
    assert "Président de séance : Aubry." in opening.text
    assert "Excusés : Gilles." in opening.text
    for sentence in (
        "Ne prend pas part au point, en raison d&#x27;un intérêt : Bastin.",
        "Vote : 2 pour, 1 contre, 1 abstention(s).",
        "Votent contre : Collard.",
        "S&#x27;abstiennent : Dumont.",
        "La proposition est adoptée.",
    ):
        assert sentence in first.text
    assert "Entrée en séance : Fontaine." in second.text
    assert "Vote : 6 pour, 0 contre" in second.text


def test_what_the_secretary_wrote_survives_another_vote(portal, held):
    key = held.minutes.sections[1].key
    with acting(portal, "secretary"):
        seen = held.minutes.serial
        minuting.write(held, key, "<p>Mes mots<script>x()</script></p>", seen)
        assert code(minuting.write, held, key, "<p>x</p>", seen) == "minutes_changed"
        first = councils.agenda.items_of(held)[0]
        items.change(first, "reconsider")
        votes.hold(first, {"mode": "show_of_hands"})
        items.change(first, "accept")
        minuting.renew(held)
        assert "Mes mots" in text_of(held, 1)
        assert "script" not in text_of(held, 1)
        assert held.minutes.sections[1].outdated
        minuting.take_anew(held, key)
    assert "Mes mots" not in text_of(held, 1)


def test_the_minutes_are_adopted_at_a_later_sitting_then_signed(portal, held):
    """CDLD, articles L1122-16 and L1132-3."""
    later = councils.plan(portal)
    with acting(portal, "secretary"):
        meetings.change(held, "decide")
        assert code(minuting.approve, held, later.getId()) == "minutes_not_in_order"
        minuting.submit(held)
        assert code(minuting.renew, held) == "minutes_not_in_order"
        with pytest.raises(InvalidInput):
            minuting.remark(held, "Collard", " ", adopted=True)
        minuting.remark(held, "Dumont", "Une virgule", adopted=False)
        minuting.remark(held, "Collard", "Nom mal écrit", adopted=True)
        assert held.minutes.state == "drafted"
        key = held.minutes.sections[0].key
        minuting.write(held, key, "<p>Nom corrigé</p>", held.minutes.serial)
        minuting.submit(held)
        assert code(minuting.approve, held, held.getId()) == "minutes_not_in_order"
        assert code(meetings.change, held, "close") == "minutes_not_approved"
        minuting.approve(held, later.getId())
        meetings.change(held, "close")
    holder = councils.function("mayor", "Aubry")
    former = councils.function("director", "Ancien", last_day=date(2025, 1, 1))
    today = date.today()
    with acting(portal, "secretary"):
        assert code(minuting.sign, held, today, {}) == "signatory_missing"
        wrong = {"director": former}
        assert code(minuting.sign, held, today, wrong) == "signatory_missing"
        assert code(minuting.publish, held) == "minutes_not_in_order"
        minuting.sign(held, today, {"mayor": holder})
        minuting.publish(held)
    assert held.minutes.signatures[0]["name"] == "Aubry"
    assert [row["adopted"] for row in held.minutes.remarks] == [False, True]


def test_there_is_nothing_to_submit_before_they_are_written(portal, members):
    meeting = councils.plan(portal)
    with acting(portal, "secretary"):
        assert code(minuting.renew, meeting) == "minutes_not_in_order"
        assert code(minuting.submit, meeting) == "minutes_not_in_order"
        assert code(minuting.remark, meeting, "A", "x", adopted=False) == (
            "minutes_not_in_order"
        )


@pytest.mark.parametrize("person", ["drafter", "councillor", "citizen"])
def test_the_secretary_alone_keeps_the_minutes(portal, held, person):
    with acting(portal, person):
        for call in (
            lambda: minuting.renew(held),
            lambda: minuting.write(held, "opening", "x", 1),
            lambda: minuting.submit(held),
            lambda: minuting.remark(held, "A", "x", adopted=True),
        ):
            with pytest.raises(ActionNotAllowed):
                call()
        assert not api.user.has_permission("plonegov: Manage meetings", obj=held)
    assert held.starts < councils.now() - timedelta(days=1)
