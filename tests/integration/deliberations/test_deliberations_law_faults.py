"""Bad input and faults: each gets a clear message and loses nothing."""

from helpers import councils
from helpers.councils import acting
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import PlonegovError
from plonegov.core.ops.texts import text_of
from plonegov.core.registers.register import Register
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import items
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import numbering
from plonegov.deliberations.api import parts
from plonegov.deliberations.api import votes
from zope.i18n import translate

import pytest
import transaction


FOR_ALL = {"mode": "show_of_hands"}
#: As Word puts it on the clipboard, and what somebody might add.
WORD = """
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p{color:red}</style>
<!--[if gte mso 9]><xml><o:Pages>1</o:Pages></xml><![endif]--></head><body>
<p class=MsoNormal style='mso-fareast-language:FR;background:url(javascript:alert(1))'
 onmouseover="alert(1)">Article 1<o:p></o:p></p>
<script>alert(1)</script><iframe src="https://evil.example"></iframe>
<a href="javascript:alert(1)">lien</a><img src=x onerror=alert(1)>
<object data="x.swf"></object><form action="https://evil.example"><input name=a></form>
<svg onload=alert(1)><script>alert(2)</script></svg>
<ul><li>premier</li></ul><table><tr><th>Poste</th><td>12</td></tr></table>
<p>Note<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a></p></body></html>
"""


@pytest.fixture
def members(portal):
    councils.add_staff(portal)
    return councils.seat()


def sat_on(portal, members, there=7, **values):
    """Return a council that sits on an item, with so many members in the room."""
    meeting, item = councils.plan(portal), councils.validated(portal, **values)
    councils.sit(portal, meeting, members[:there], item)
    return meeting, item


def refused(call, *arguments, **values):
    with pytest.raises(PlonegovError) as found:
        call(*arguments, **values)
    return found.value


def said(error):
    """Return what somebody reads of an error."""
    return translate(text_of(error.code, error.context))


def papers(**counts):
    return {"mode": "secret", "counts": counts}


def test_no_more_votes_than_members_present(portal, members):
    _meeting, item = sat_on(portal, members, 5, matter="appointment")
    with acting(portal, "secretary"):
        error = refused(votes.hold, item, papers(in_favour=4, against=1, blank=1))
        assert "6 votes, but only 5" in said(error)
        assert item.ballots.rows == ()
        assert votes.hold(item, papers(in_favour=4, against=1))["carried"]


def test_no_more_votes_than_members_present_and_valid_proxies(portal, members):
    """CGCT, article L2121-20."""
    bodies.get("council").rules = "fr-3500-and-over"
    meeting, item = sat_on(portal, members, 5, matter="executive")
    with acting(portal, "secretary"):
        attendance.give_proxy(meeting, members[5], members[0])
        error = refused(votes.hold, item, papers(in_favour=7))
        assert error.context == {"votes": 7, "allowed": 6}
        # Who gave a proxy and comes after all has one vote, not two.
        attendance.arrive(meeting, members[5])
        error = refused(votes.hold, item, papers(in_favour=7))
        assert error.context == {"votes": 7, "allowed": 6}
        votes.hold(item, papers(in_favour=6))


def test_a_member_counts_once_however_often_entered(portal, members):
    meeting, item = sat_on(portal, members, 4)
    with acting(portal, "secretary"):
        for _ in range(3):
            attendance.arrive(meeting, members[0])
        row = votes.hold(item, FOR_ALL)
        assert row["result"]["counts"]["in_favour"] == 4
        late = councils.validated(portal)
        agenda.present(late, meeting)
        twice = [members[0]] * 3
        assert not votes.declare_urgency(late, twice, "Inondation")
    assert late.urgency["names"] == [members[0]]


def test_a_sitting_that_is_ended_twice_gives_its_numbers_once(portal, members):
    meeting, item = sat_on(portal, members)
    with acting(portal, "secretary"):
        votes.hold_all([item], FOR_ALL, "accept")
        meetings.change(meeting, "decide")
        error = refused(meetings.change, meeting, "decide")
        assert (error.code, error.context["state"]) == ("action_not_allowed", "decided")
        meeting.minutes.state = "approved"
        meetings.change(meeting, "close")
        assert refused(meetings.change, meeting, "close").code == "action_not_allowed"
        assert refused(meetings.change, meeting, "decide").code == "action_not_allowed"
    assert [
        entry.number for entry in Register("council").entries(item.registered[0])
    ] == [1]


def test_the_second_clerk_who_decides_an_item_changes_nothing(portal, members):
    councils.add_person(portal, "deputy", ["Member", "Secretary"])
    _meeting, item = sat_on(portal, members)
    with acting(portal, "secretary"):
        votes.hold(item, FOR_ALL)
        items.change(item, "accept")
    before = item.events
    with acting(portal, "deputy"):
        for step in ("accept", "refuse", "postpone"):
            error = refused(items.change, item, step)
            assert error.context == {"action": step, "state": "accepted"}
        assert refused(votes.hold, item, FOR_ALL).code == "meeting_not_sitting"
    assert (item.state, item.events) == ("accepted", before)


@pytest.mark.parametrize("state", ["frozen", "sitting", "decided"])
def test_an_item_is_not_moved_once_the_agenda_is_fixed(portal, members, state):
    meeting, item = councils.plan(portal), councils.validated(portal)
    with acting(portal, "secretary"):
        if state == "frozen":
            agenda.present(item, meeting)
            meetings.change(meeting, "convene")
            meetings.change(meeting, "freeze")
    if state != "frozen":
        councils.sit(portal, meeting, members, item)
    with acting(portal, "secretary"):
        if state == "decided":
            votes.hold_all([item], FOR_ALL, "accept")
            meetings.change(meeting, "decide")
        rows, seen = meeting.agenda.rows, meeting.agenda.serial
        for call in (
            lambda: agenda.move(meeting, item.getId(), 0, seen),
            lambda: agenda.add_heading(meeting, "Voirie", 0),
            lambda: agenda.remove_heading(meeting, "h-1"),
        ):
            expected = "meeting_decided" if state == "decided" else "meeting_frozen"
            assert refused(call).code == expected
    assert meeting.agenda.rows == rows


def test_a_mandate_that_ends_in_mid_sitting_changes_no_vote_before(portal, members):
    """What was decided stays; from then on there is one member less in office."""
    meeting, first = councils.plan(portal), councils.validated(portal)
    second = councils.validated(portal, title="Suivant")
    councils.sit(portal, meeting, members[:4], first, second)
    with acting(portal, "secretary"):
        row = votes.hold(first, FOR_ALL)
        items.change(first, "accept")
        ended = bodies.get("council")["dumont"]
        ended.last_day = meeting.starts.date() - councils.timedelta(days=1)
        # Three of six in office are no quorum any more (CDLD, article L1122-17).
        lacking = {"present": 3, "needed": 4}
        assert refused(votes.hold, second, FOR_ALL).context == lacking
        named = {**FOR_ALL, "exceptions": {members[3]: "against"}}
        attendance.arrive(meeting, members[4])
        assert refused(votes.hold, second, named).code == "member_not_entitled"
        assert refused(attendance.arrive, meeting, members[3]).code == (
            "member_not_entitled"
        )
        assert votes.hold(second, FOR_ALL)["result"]["counts"]["in_favour"] == 4
    assert first.ballots.rows == (row,)
    assert row["result"]["counts"]["in_favour"] == 4


def test_a_mandate_that_ends_on_the_day_holds_until_its_end(portal, members):
    meeting, item = sat_on(portal, members, 4)
    bodies.get("council")["aubry"].last_day = meeting.starts.date()
    with acting(portal, "secretary"):
        assert votes.hold(item, FOR_ALL)["carried"]


@pytest.mark.parametrize("empty", ["", " ", "<p></p>", "<p>&nbsp;</p>", "<p><br></p>"])
def test_an_empty_decision_is_neither_handed_in_nor_adopted(portal, members, empty):
    with acting(portal, "drafter"):
        draft = items.draft("council", "works", {**councils.TEXTS, "decision": empty})
        error = refused(items.change, draft, "propose")
    assert error.code == "decision_missing"
    assert "draft of the decision" in said(error)
    _meeting, item = sat_on(portal, members)
    with acting(portal, "secretary"):
        items.edit(item, {"decision": empty})
        votes.hold(item, FOR_ALL)
        assert refused(items.change, item, "accept").code == "decision_missing"
    assert (draft.state, item.state) == ("drafted", "frozen")


def test_what_is_pasted_from_word_is_cleaned_and_keeps_lists_and_tables(
    portal, members
):
    with acting(portal, "drafter"):
        item = items.draft("council", "works", {**councils.TEXTS, "motivation": WORD})
        items.edit(item, {"decision": WORD})
    for text in (item.motivation, item.decision):
        low = text.lower()
        for bad in (
            *("<script", "javascript:", "onmouseover", "onerror", "onload", "<iframe"),
            *("<object", "<form", "<input", "<style", "mso", "<o:p", "alert("),
        ):
            assert bad not in low, bad
        for kept in ("<ul>", "<li>premier</li>", "<table>", "<td>12</td>", "<sup>[1]"):
            assert kept in low, kept
        assert "Article 1" in text


def test_a_failure_while_a_meeting_is_decided_leaves_no_number(
    portal, members, monkeypatch
):
    """All numbers, or none: they come in the transaction that ends the sitting."""
    meeting, first = councils.plan(portal), councils.validated(portal)
    second = councils.validated(portal, title="Suivant")
    councils.sit(portal, meeting, members, first, second)
    year = meeting.starts.year
    real, seen = numbering.digest, []

    def failing(item):
        seen.append(item)
        if len(seen) == 2:
            raise MemoryError
        return real(item)

    with acting(portal, "secretary"):
        votes.hold_all([first, second], FOR_ALL, "accept")
        savepoint = transaction.savepoint()
        monkeypatch.setattr(numbering, "digest", failing)
        with pytest.raises(MemoryError):
            meetings.change(meeting, "decide")
        savepoint.rollback()
        assert (meeting.state, first.number, second.registered) == ("sitting", 0, ())
        assert list(Register("council").entries(year)) == []
        monkeypatch.setattr(numbering, "digest", real)
        meetings.change(meeting, "decide")
    assert [item.registered for item in (first, second)] == [(year, 1), (year, 2)]


def test_an_annex_with_too_long_a_name_is_refused_by_its_field(portal, members):
    with acting(portal, "drafter"):
        item = items.draft("council", "works", councils.TEXTS)
        kept = parts.add_annex(item, "x" * 300 + ".pdf", b"%PDF-1.7")
        assert (kept.title, kept.file.filename) == ("x" * 100 + ".pdf",) * 2
        with pytest.raises(InvalidInput) as wrong:
            parts.add_annex(item, "plan.pdf", b"%PDF-1.7", title="a\x00b")
    assert [(each.field, each.code) for each in wrong.value.faults] == [
        ("title", "control_characters")
    ]


def test_every_refusal_of_the_rules_says_what_is_right(portal, members):
    """No refusal falls back on the text that names nothing."""
    meeting, item = sat_on(portal, members, 3)
    fallback = translate(text_of("no_such_code"))
    with acting(portal, "secretary"):
        for call in (
            lambda: votes.hold(item, FOR_ALL),
            lambda: meetings.change(meeting, "decide"),
            lambda: agenda.move(meeting, item.getId(), 0, 0),
            lambda: items.change(item, "withdraw"),
        ):
            text = said(refused(call))
            assert text != fallback
            assert "${" not in text
    with acting(portal, "citizen"), pytest.raises(ActionNotAllowed):
        items.change(item, "withdraw", reason="x")
