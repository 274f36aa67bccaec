"""The life of an item, from its service's draft to a numbered decision."""

from helpers import councils
from helpers.councils import acting
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import PlonegovError
from plonegov.core.records.events import entries
from plonegov.core.records.steps import offered
from plonegov.core.registers.register import Register
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import items
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import numbering
from plonegov.deliberations.api import parts
from plonegov.deliberations.api import sending
from plonegov.deliberations.api import store
from plonegov.deliberations.api import votes
from plonegov.deliberations.api.sittings import open_points
from plonegov.deliberations.domain.refusals import AgendaChanged

import pytest
import transaction


FOR_ALL = {"mode": "show_of_hands"}


@pytest.fixture
def members(portal):
    councils.add_staff(portal)
    councils.seat("college")
    return councils.seat()


def actions(content):
    return [entry.action for entry in entries(content)]


def refused(call, *arguments, **values):
    with pytest.raises(PlonegovError) as found:
        call(*arguments, **values)
    return found.value.code


def test_an_item_goes_the_whole_way(portal, members):
    item = councils.validated(portal)
    meeting = councils.plan(portal)
    councils.sit(portal, meeting, members[:5], item)
    with acting(portal, "secretary"):
        attendance.open_item(meeting, item)
        row = votes.hold(item, {**FOR_ALL, "exceptions": {members[1]: "against"}})
        assert (row["result"]["verdict"], row["carried"]) == ("carried", True)
        assert row["result"]["counts"]["in_favour"] == 4
        items.change(item, "accept")
        meetings.change(meeting, "decide")
    transaction.savepoint()  # all of it can be stored
    year = meeting.starts.year
    assert (item.state, item.number, item.registered) == ("accepted", 1, (year, 1))
    entry = Register("council").get(year, 1)
    assert (entry.about, entry.digest) == (item.UID(), numbering.digest(item))
    assert actions(item) == [
        "drafted",
        "propose",
        "review_1",
        "validate",
        "present",
        "freeze",
        "voted",
        "accept",
    ]


def test_a_draft_needs_its_title_and_is_of_the_own_service(portal, members):
    with acting(portal, "drafter"):
        with pytest.raises(InvalidInput) as wrong:
            items.draft("council", "works", {"category": "x"})
        assert [fault.field for fault in wrong.value.faults] == ["title", "category"]
        with pytest.raises(ActionNotAllowed):
            items.draft("council", "population", councils.TEXTS)
        assert len(store.deliberations().records) == 0
        item = items.draft("council", "works", {"title": "Sans texte"})
        assert refused(items.change, item, "propose") == "decision_missing"
    with acting(portal, "citizen"), pytest.raises(ActionNotAllowed):
        items.draft("council", "works", councils.TEXTS)


def test_what_is_pasted_is_cleaned(portal, members):
    pasted = '<p onclick="x()">Oui<script>alert(1)</script></p><table><tr><td>1</td></tr></table>'
    with acting(portal, "drafter"):
        item = items.draft("council", "works", {**councils.TEXTS, "decision": pasted})
    assert "script" not in item.decision
    assert "onclick" not in item.decision
    assert "<table>" in item.decision


def test_an_item_is_sent_back_and_returned_with_a_reason(portal, members):
    item = councils.validated(portal)
    meeting = councils.plan(portal)
    with acting(portal, "secretary"):
        assert refused(items.change, item, "send_back") == "step_reason_missing"
        agenda.present(item, meeting)
        agenda.present(councils.validated(portal, title="Autre"), meeting)
    keys = [row.key for row in meeting.agenda.rows]
    with acting(portal, "secretary"):
        items.change(item, "return_to_service", reason="Montant à préciser")
    with acting(portal, "drafter"):
        items.edit(item, {"amount": "1000"})
        items.change(item, "resubmit")
    assert item.state == "presented"
    assert [row.key for row in meeting.agenda.rows] == keys
    assert entries(item)[-3].details == {"reason": "Montant à préciser"}


def test_a_second_clerk_who_moved_an_older_agenda_gets_both_versions(portal, members):
    meeting = councils.plan(portal)
    three = [councils.validated(portal, title=f"Point {each}") for each in "ABC"]
    a, b, c = (item.getId() for item in three)
    with acting(portal, "secretary"):
        for item in three:
            agenda.present(item, meeting)
        seen = meeting.agenda.serial
        agenda.move(meeting, c, 0, seen)
        with pytest.raises(AgendaChanged) as changed:
            agenda.move(meeting, b, 0, seen)
        assert changed.value.context["theirs"] == [c, a, b]
        assert changed.value.context["mine"] == [b, c, a]
        assert [row.key for row in meeting.agenda.rows] == [c, a, b]
        agenda.move(meeting, b, 0, changed.value.context["serial"])
        for wrong in (" ", "x" * 600):
            with pytest.raises(InvalidInput):
                agenda.add_heading(meeting, wrong, 0)
        key = agenda.add_heading(meeting, "Voirie", 0)
        agenda.remove_heading(meeting, key)
    assert [row.key for row in meeting.agenda.rows] == [b, c, a]
    assert [row.why for row in meeting.agenda.rows] == ["hand", "hand", "order"]


def test_a_frozen_agenda_is_not_moved_and_takes_urgent_items_only(portal, members):
    meeting = councils.plan(portal)
    first, late = councils.validated(portal), councils.validated(portal, title="Urgent")
    councils.sit(portal, meeting, members[:6], first)
    with acting(portal, "secretary"):
        key = first.getId()
        assert refused(agenda.move, meeting, key, 0, 1) == "meeting_frozen"
        agenda.present(late, meeting)
        assert (late.late, late.state) == (True, "frozen")
        votes.hold(late, FOR_ALL)
        assert refused(items.change, late, "accept") == "urgency_missing"
        with pytest.raises(InvalidInput):
            votes.declare_urgency(late, members[:6], " ")
        assert not votes.declare_urgency(late, members[:3], "Inondation")
        assert refused(items.change, late, "accept") == "urgency_missing"
        assert votes.declare_urgency(late, members[:4], "Inondation")
        items.change(late, "accept")
    assert late.urgency["names"] == sorted(members[:4])


def test_closing_never_decides_and_says_what_is_open(portal, members):
    meeting = councils.plan(portal)
    undecided, unvoted = (
        councils.validated(portal, title=title) for title in ("Un", "Deux")
    )
    councils.sit(portal, meeting, members, undecided, unvoted)
    with acting(portal, "secretary"):
        items.change(unvoted, "accept")
        meeting.keeper = ""
        assert refused(meetings.change, meeting, "decide") == "sitting_open"
        found = [(each.point, each.item) for each in open_points(meeting)]
        assert found == [
            ("undecided", undecided.getId()),
            ("result_missing", unvoted.getId()),
            ("chair_missing", ""),
        ]
        assert undecided.state == "frozen"
        meeting.keeper = "director"
        items.change(unvoted, "reconsider")
        votes.hold_all([undecided, unvoted], FOR_ALL, "accept")
        meetings.change(meeting, "decide")
        with pytest.raises(ActionNotAllowed):
            meetings.change(meeting, "decide")
    assert [undecided.number, unvoted.number] == [1, 2]


def test_going_back_to_the_sitting_cancels_the_numbers_with_the_reason(portal, members):
    meeting, item = councils.plan(portal), councils.validated(portal)
    councils.sit(portal, meeting, members, item)
    year = meeting.starts.year
    with acting(portal, "secretary"):
        votes.hold_all([item], FOR_ALL, "accept")
        meetings.change(meeting, "decide")
        assert refused(items.change, item, "reconsider") == "meeting_not_sitting"
        assert refused(meetings.change, meeting, "resume") == "step_reason_missing"
        meetings.change(meeting, "resume", reason="Vote mal compté")
        assert (item.number, item.registered) == (0, ())
        meetings.change(meeting, "decide")
        assert refused(meetings.change, meeting, "close") == "minutes_not_approved"
    first, second = Register("council").entries(year)
    assert (first.cancelled, first.reason) == (True, "Vote mal compté")
    assert item.registered == (year, second.number) == (year, 2)


def test_a_rectification_keeps_the_number_and_both_texts(portal, members):
    meeting, item = councils.plan(portal), councils.validated(portal)
    councils.sit(portal, meeting, members, item)
    year = meeting.starts.year
    with acting(portal, "secretary"):
        votes.hold_all([item], FOR_ALL, "accept")
        meetings.change(meeting, "decide")
    item.decision = "<p>Article 1. La réfection est approuvée (corrigé).</p>"
    with acting(portal, "drafter"), pytest.raises(ActionNotAllowed):
        numbering.rectify(item, "Faute de frappe")
    with acting(portal, "secretary"):
        numbering.rectify(item, "Faute de frappe")
    first, second = Register("council").versions(year, 1)
    assert first.digest != second.digest == numbering.digest(item)
    assert second.version == 2


def test_a_postponed_item_goes_on_as_a_linked_copy(portal, members):
    meeting, item = councils.plan(portal), councils.validated(portal)
    with acting(portal, "secretary"):
        parts.add_annex(item, "plan.pdf", b"%PDF-1.7")
    councils.sit(portal, meeting, members, item)
    with acting(portal, "secretary"):
        items.change(item, "postpone")
        meetings.change(meeting, "decide")
    [copy] = [
        store.item(row["key"])
        for row in store.rows({"kind": "item", "state": "validated"}).rows
    ]
    assert (copy.title, copy.origin, copy.meeting) == (item.title, item.UID(), "")
    assert item.copies == (copy.UID(),)
    assert (item.number, item.registered) == (1, ())
    with acting(portal, "secretary"):
        [annex] = parts.annexes(copy)
    assert annex.file.data == b"%PDF-1.7"


def test_the_college_sends_an_item_to_the_council(portal, members):
    item = councils.validated(portal, "college")
    with acting(portal, "secretary"):
        advice = parts.ask(item, "population")
    with acting(portal, "adviser"):
        parts.give(advice, "unfavourable", "Trop cher")
    with acting(portal, "drafter"), pytest.raises(ActionNotAllowed):
        sending.send_to(item, "council")
    with acting(portal, "secretary"):
        sent = sending.send_to(item, "council")
        [copied] = parts.advices(sent)
    assert (sent.body, sent.state, sent.workflow) == (
        "council",
        "validated",
        "plonegov_item_reviewed_workflow",
    )
    assert (copied.state, copied.opinion, copied.text) == (
        "given",
        "unfavourable",
        "Trop cher",
    )
    with acting(portal, "secretary"):
        agenda.present(sent, councils.plan(portal))
        meeting = councils.plan(portal, "college")
        assert refused(agenda.present, item, councils.plan(portal)) == (
            "meeting_of_another_body"
        )
        agenda.present(item, meeting)
        agenda_before = meeting.agenda.rows
        items.change(item, "take_off")
    assert len(agenda_before) == 1
    assert (meeting.agenda.rows, item.meeting, item.state) == ((), "", "validated")


def test_a_running_item_ends_in_the_workflow_it_began_with(portal, members):
    with acting(portal, "drafter"):
        item = items.draft("council", "works", councils.TEXTS)
    bodies.get("council").preset = "small"
    with acting(portal, "drafter"):
        items.change(item, "propose")
        new = items.draft("council", "works", councils.TEXTS)
        items.change(new, "propose")
    with acting(portal, "secretary"):
        assert offered(item) == set()
        assert "validate" in offered(new)


def test_a_meeting_is_convened_in_time_or_with_its_urgency(portal, members):
    """CDLD, article L1122-13: seven clear days."""
    meeting = councils.plan(portal, days=7)
    with acting(portal, "secretary"):
        assert refused(meetings.change, meeting, "convene") == "convocation_too_late"
        meetings.edit(meeting, {"urgency": "Digue menacée"})
        meetings.change(meeting, "convene")
        meetings.change(meeting, "recall", reason="Erreur de date")
        in_time = councils.plan(portal, days=8)
        meetings.change(in_time, "convene")
        assert refused(meetings.change, meeting, "cancel") == "step_reason_missing"
        meetings.change(meeting, "cancel", reason="Sans objet")
    assert (meeting.state, in_time.state) == ("cancelled", "convened")


def test_a_meeting_opens_on_its_day_and_with_a_chair(portal, members):
    meeting = councils.plan(portal)
    with acting(portal, "secretary"):
        meetings.change(meeting, "convene")
        meetings.change(meeting, "freeze")
        assert refused(meetings.change, meeting, "open") == "not_the_day"
        meetings.change(meeting, "unfreeze")
        meetings.change(meeting, "freeze")


def test_no_other_meeting_is_named_to_decide_an_item(portal, members):
    sitting, waiting = councils.plan(portal), councils.plan(portal)
    item = councils.validated(portal)
    councils.sit(portal, sitting, members)
    with acting(portal, "secretary"):
        agenda.present(item, waiting)
        meetings.change(waiting, "convene")
        meetings.change(waiting, "freeze")
        named = {"meeting": sitting.getId()}
        assert refused(items.change, item, "accept", **named) == "meeting_not_sitting"


def test_the_finance_director_advises_above_the_threshold(portal, members):
    """CDLD, article L1124-40: 22,000 EUR, ten working days."""
    with acting(portal, "drafter"):
        below = items.draft(
            "council", "works", {**councils.TEXTS, "amount": "21999.99"}
        )
        above = items.draft("council", "works", {**councils.TEXTS, "amount": "22000"})
        for item in (below, above):
            items.change(item, "propose")
    assert parts.asked(below) == set()
    with acting(portal, "reviewer"):
        items.change(above, "review_1")
    with acting(portal, "secretary"):
        [advice] = parts.advices(above)
        assert advice.by_rule == "finance"
        assert advice.due > councils.now().date() + councils.timedelta(days=12)
        assert refused(items.change, above, "validate") == "advice_missing"
        assert refused(parts.call_off, advice) == "advice_by_rule"
    with acting(portal, "adviser"):
        parts.give(advice, "favourable")
    with acting(portal, "secretary"):
        items.change(above, "validate")
        parts.ask_again(advice, "Montant revu")
        assert advice.former[0][1] == "favourable"
        with pytest.raises(InvalidInput):
            parts.ask(above, "population")


def test_an_advice_whose_time_is_over_holds_nothing_up(portal, members):
    with acting(portal, "drafter"):
        item = items.draft("council", "works", {**councils.TEXTS, "amount": "50000"})
        items.change(item, "propose")
    [advice] = item.parts.values()
    advice.due = councils.date(2020, 1, 1)
    with acting(portal, "reviewer"):
        items.change(item, "review_1")
    with acting(portal, "secretary"):
        items.change(item, "validate")


def test_recurring_items_join_each_new_meeting(portal, members):
    councils.template("council", "Approbation du procès-verbal", recurring=True)
    councils.template("council", "Motion", recurring=False)
    meeting = councils.plan(portal)
    [item] = agenda.items_of(meeting)
    assert (item.title, item.state, item.service) == (
        "Approbation du procès-verbal",
        "presented",
        "",
    )
    assert "<script" not in item.decision


@pytest.mark.parametrize(
    ("filename", "data", "code"),
    [
        ("vide.pdf", b"", "file_empty"),
        ("grand.pdf", bytes(11 * 1024**2), "file_too_large"),
    ],
)
def test_an_annex_that_is_empty_or_too_large_is_refused(
    portal, members, filename, data, code
):
    with acting(portal, "drafter"):
        item = items.draft("council", "works", councils.TEXTS)
        with pytest.raises(InvalidInput) as wrong:
            parts.add_annex(item, filename, data)
        assert [fault.code for fault in wrong.value.faults] == [code]
        kept = parts.add_annex(item, "plan.pdf", b"%PDF-1.7")
        parts.remove_annex(kept)
        assert parts.annexes(item) == []
