"""Attendance, minutes, rectification and supervision on their pages."""

from datetime import timedelta
from helpers import councils
from helpers.councils import acting
from helpers.evening import Evening
from plonegov.core.registers.register import Register
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import law
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import minuting
from plonegov.deliberations.api import votes

import pytest
import transaction


@pytest.fixture
def evening(portal):
    return Evening(portal)


@pytest.fixture
def held(portal):
    """A sitting that was ended: two decisions have their numbers."""
    evening = Evening(portal)
    with acting(portal, "secretary"):
        votes.hold_all(evening.items[:2], {"mode": "show_of_hands"}, "accept")
        councils.items.change(evening.items[2], "postpone")
        meetings.change(evening.meeting, "decide")
    transaction.commit()
    return evening


def standing(evening, kind):
    rows = evening.fresh().meeting.attendance.standing
    return [row for row in rows if row["kind"] == kind]


# --- Attendance --------------------------------------------------------------------------


def test_members_stand_by_precedence_with_what_they_are(evening):
    desk = evening.page("attendance")
    names = [" ".join(each.text.split()) for each in desk.tree.xpath("//tbody/tr/th")]
    assert names == list(councils.NAMES)
    assert "Present 5" in desk.text
    assert "Absent 2" in desk.text
    assert "the quorum is reached" in desk.text


def test_one_click_notes_who_comes_and_leaves(evening):
    late = evening.members[5]
    desk = evening.page("attendance").press(f"arrive:{late}")
    assert late in attendance.present_now(evening.fresh().meeting)
    desk.press(f"leave:{late}")
    assert late not in attendance.present_now(evening.fresh().meeting)
    assert "Left" in desk.text


def test_all_others_come_at_once_but_for_who_is_excused(portal):
    evening = Evening(portal, there=0)
    desk = evening.page("attendance").press(f"excuse:{evening.members[6]}")
    desk.press("arrive_all")
    here = attendance.present_now(evening.fresh().meeting)
    assert here == set(evening.members[:6])


def test_a_time_is_what_was_typed_in_the_town_s_zone(evening):
    at = councils.now().astimezone(councils.ZONE) - timedelta(minutes=90)
    text = at.strftime("%Y-%m-%dT%H:%M")
    evening.page("attendance").press(f"arrive:{evening.members[5]}", at=text)
    [*_others, row] = standing(evening, "arrived")
    assert row["at"].startswith(text)


@pytest.mark.parametrize(
    ("at", "said"), [("tantôt", "Write day and time"), ("2199-01-01T10:00", "to come")]
)
def test_a_time_that_is_none_comes_back(evening, at, said):
    desk = evening.page("attendance").press(f"arrive:{evening.members[5]}", at=at)
    assert desk.status == 400
    assert said in desk.wrong
    assert desk.value("at") == at
    assert len(standing(evening, "arrived")) == 5


def test_who_has_an_interest_is_noted_with_it(evening):
    """CDLD, article L1122-19."""
    desk = evening.page("attendance").press("recuse", member=evening.members[1])
    assert desk.status == 400
    assert desk.tree.xpath("//*[@id='error-summary']//a/@href") == ["#item"]
    chosen = desk.tree.xpath("//select[@id='member']/option[@selected]/@value")
    assert chosen == [evening.members[1]]
    desk.press("recuse", item=evening.items[0].getId(), interest="personal")
    assert "Takes no part in “Premier point”: A personal interest" in desk.text
    [row] = standing(evening, "recused")
    assert row["member"] == evening.members[1]


def test_the_law_of_wallonia_knows_no_proxies(evening):
    desk = evening.page("attendance")
    assert "knows no proxies" in desk.text
    assert "proxy" not in desk.verbs()


def test_a_proxy_is_noted_where_the_law_knows_one(evening):
    """CGCT, article L2121-20."""
    bodies.get("council").rules = "fr-3500-and-over"
    transaction.commit()
    giver, holder = evening.members[5], evening.members[0]
    desk = evening.page("attendance").press("proxy", giver=giver)
    assert desk.status == 400
    desk.press("proxy", giver=giver, holder=holder)
    assert "Is represented by Aubry" in desk.text
    desk.press("proxy", giver=evening.members[6], holder=holder)
    assert desk.status == 422
    assert "does not let this member vote" in desk.wrong
    assert "by proxy: Aubry" in evening.vote(0).text


def test_a_wrong_row_is_struck_out_and_stays_readable(evening):
    desk = evening.page("attendance").press("strike:4")
    assert "Struck out" in desk.text
    assert evening.members[4] not in attendance.present_now(evening.fresh().meeting)
    assert len(evening.meeting.attendance.rows) == 5
    assert "strike:4" not in desk.verbs()


def test_who_will_not_come_says_so_before_the_sitting(portal):
    councils_of = Evening(portal)
    coming = councils.plan(portal)
    with acting(portal, "secretary"):
        councils.agenda.present(councils.validated(portal), coming)
        meetings.change(coming, "convene")
    transaction.commit()
    desk = councils_of.desk().open(f"{coming.absolute_url()}/attendance")
    assert "arrive_all" not in desk.verbs()
    desk.press(f"excuse:{councils_of.members[2]}")
    transaction.begin()
    assert coming.attendance.rows[0]["kind"] == "excused"


def test_nothing_is_entered_after_the_sitting(held):
    desk = held.page("attendance")
    assert desk.verbs() == []
    assert "The meeting does not sit" in desk.text


# --- Minutes -------------------------------------------------------------------------------


def written(evening):
    desk = evening.page("minutes").press("renew")
    key = evening.items[0].getId()
    return desk.open(f"{evening.meeting.absolute_url()}/minutes?edit={key}"), key


def test_minutes_are_generated_then_written_in_plone_s_editor(evening):
    desk, key = written(evening)
    [area] = desk.tree.xpath("//textarea[@name='text']")
    assert "pat-tinymce" in area.get("class")
    policy = desk.answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    desk.press(f"write:{key}", text="<p>Mes mots<script>x()</script></p>")
    assert "Written by hand" in desk.text
    section = evening.fresh().meeting.minutes.sections[1]
    assert "Mes mots" in section.text
    assert "script" not in section.text
    assert not evening.page("minutes").tree.xpath("//script[contains(@src, 'bundle')]")


def test_a_text_written_on_stale_minutes_is_kept_on_the_page(evening):
    one, key = written(evening)
    other = evening.desk().open(one.answer.url)
    one.press(f"write:{key}", text="<p>Les siens</p>")
    other.press(f"write:{key}", text="<p>Les miens</p>")
    assert other.status == 409
    assert "A colleague changed the minutes" in other.wrong
    assert "Les siens" in other.text
    assert other.value("text") == "<p>Les miens</p>"
    other.press(f"write:{key}")
    assert other.status == 200
    assert "Les miens" in evening.fresh().meeting.minutes.sections[1].text


def test_a_text_written_on_minutes_handed_in_is_not_lost(evening, portal):
    desk, key = written(evening)
    with acting(portal, "secretary"):
        transaction.begin()
        minuting.submit(evening.meeting)
    transaction.commit()
    desk.press(f"write:{key}", text="<p>Trop tard</p>")
    assert desk.status == 409
    assert desk.tree.xpath("//textarea[@id='lost']")[0].text == "<p>Trop tard</p>"


def test_what_a_hand_wrote_is_marked_when_its_source_changed(evening, portal):
    desk, key = written(evening)
    desk.press(f"write:{key}", text="<p>Mes mots</p>")
    with acting(portal, "secretary"):
        transaction.begin()
        votes.hold_all(evening.items[:1], {"mode": "show_of_hands"}, "accept")
    transaction.commit()
    desk = evening.page("minutes").press("renew")
    assert "Outdated: what it is made from changed" in desk.text
    desk.press(f"anew:{key}")
    assert "Mes mots" not in desk.text
    assert "Vote : 5 pour" in desk.text


def test_minutes_come_to_their_end(held, portal):
    """CDLD, articles L1122-16 and L1132-3."""
    later = councils.plan(portal)
    mayor = councils.function("mayor", "Aubry")
    transaction.commit()
    desk = held.page("minutes").press("renew").press("submit")
    assert "Handed in" in desk.text
    desk.press("remark", who=held.members[1], remark=" ")
    assert "remark" in desk.tree.xpath("//*[@id='error-summary']//a/@href")[0]
    desk.press("remark", remark="Une faute", adopted="1")
    assert "Bastin: Une faute" in desk.text
    desk.press("submit").press("approve", adopted_in=later.getId())
    assert "Approved at the sitting of" in desk.text
    desk.press("sign")
    assert "Name who signs" in desk.wrong
    desk.press("sign", **{"sign.mayor": mayor})
    assert "Aubry, Holder" in desk.text
    desk.press("publish")
    assert held.fresh().meeting.minutes.state == "published"
    assert "Nothing more to do" in desk.text


def test_no_minutes_are_written_before_the_sitting(portal):
    evening = Evening(portal)
    coming = councils.plan(portal)
    transaction.commit()
    desk = evening.desk().open(f"{coming.absolute_url()}/minutes")
    assert desk.verbs() == []
    assert "while the meeting sits and after it" in desk.text


# --- Rectifying ------------------------------------------------------------------------------


def test_a_rectification_keeps_number_and_both_texts(held):
    url = f"{held.items[0].absolute_url()}/item-rectify"
    desk = held.desk().open(url)
    new = "<p>Article 1. La réfection est approuvée (corrigé).</p>"
    desk.press("rectify", reason=" ", decision=new)
    assert desk.tree.xpath("//*[@id='error-summary']//a/@href") == ["#reason"]
    assert desk.value("decision") == new
    desk.press("rectify", reason="Faute", decision=held.items[0].decision)
    assert "The text is the same as before" in desk.wrong
    desk.press("rectify", decision="")
    assert desk.tree.xpath("//*[@id='error-summary']//a/@href") == ["#decision"]
    desk.press("rectify", reason="Faute de frappe", decision=new)
    assert desk.status == 200
    assert "Version 2" in desk.text
    assert "Faute de frappe" in desk.text
    assert "(corrigé)" in desk.text
    assert "Article 1. La réfection est approuvée." in desk.text
    item = held.fresh().items[0]
    assert [row["version"] for row in item.former] == [1]
    assert Register("council").get(*item.registered).version == 2


def test_what_was_not_decided_is_not_rectified(held):
    desk = held.desk().open(f"{held.items[2].absolute_url()}/item-rectify")
    assert "nothing to rectify" in desk.text
    assert desk.verbs() == []


# --- Supervision ------------------------------------------------------------------------------


def lists(evening):
    url = f"{evening.portal.absolute_url()}/deliberations/supervision"
    return evening.desk().open(url)


def test_a_decision_goes_to_the_authority_and_back(held):
    """CDLD, article L3131-1."""
    day = law.day_of(held.meeting)
    desk = held.desk().open(f"{held.items[0].absolute_url()}/item-supervision")
    assert desk.verbs() == ["control"]
    desk.press("control", control="approval")
    assert "It may not be carried out" in desk.text
    assert "To send (1)" in lists(held).text
    assert "Premier point" in lists(held).text
    desk.press("send", sent=(day - timedelta(days=1)).isoformat())
    assert desk.status == 400
    assert desk.value("sent") == (day - timedelta(days=1)).isoformat()
    desk.press("send", sent=(day + timedelta(days=1)).isoformat())
    assert "Awaiting an answer (1)" in lists(held).text
    due = (day + timedelta(days=40)).isoformat()
    desk.press("complete", complete="hier", due=due)
    assert (desk.status, desk.value("due")) == (400, due)
    desk.press("complete", complete=(day + timedelta(days=2)).isoformat())
    assert str((day + timedelta(days=40)).year) in lists(held).text
    letter = {"document": ("arrete.pdf", b"%PDF-1.7", "application/pdf")}
    answered = (day + timedelta(days=9)).isoformat()
    desk.press("answer", answered=answered, outcome="")
    assert desk.tree.xpath("//*[@id='error-summary']//a/@href") == ["#outcome"]
    desk.press("answer", files=letter, answered=answered, outcome="approved")
    assert "It may be carried out since" in desk.text
    assert "arrete.pdf" in desk.text
    url = f"{held.items[0].absolute_url()}/supervision-file"
    file = held.desk().open(url).answer
    assert file.content == b"%PDF-1.7"
    assert "sandbox" in file.headers["Content-Security-Policy"]
    assert held.desk("drafter").open(url).status == 403
    assert "Awaiting an answer (0)" in lists(held).text


def test_what_was_sent_stays_supervised(held):
    day = law.day_of(held.meeting)
    desk = held.desk().open(f"{held.items[0].absolute_url()}/item-supervision")
    desk.press("control", control="transmission")
    desk.press("send", sent=(day + timedelta(days=1)).isoformat())
    desk.press("control", control="")
    assert desk.status == 400
    assert held.fresh().items[0].supervision["sent"]


def test_what_has_no_number_is_not_sent(held):
    desk = held.desk().open(f"{held.items[2].absolute_url()}/item-supervision")
    assert "there is nothing to send" in desk.text
    assert desk.verbs() == []
