"""A clerk keeps a sitting on its pages: calls, votes, decides, ends it."""

from datetime import date
from datetime import timedelta
from helpers import councils
from helpers.councils import acting
from helpers.evening import Evening
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import items
from plonegov.deliberations.api import votes

import pytest
import transaction


PAGES = ("sitting", "attendance", "closing", "minutes")
ITEM_PAGES = ("item-vote", "item-rectify", "item-supervision")


@pytest.fixture
def evening(portal):
    return Evening(portal)


def keys(evening):
    return [item.getId() for item in evening.items]


# --- Who --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_the_secretary_alone_opens_a_sitting(evening, name):
    assert evening.page(name).status == 200
    for person in ("drafter", "reviewer", "councillor", "citizen"):
        assert evening.page(name, person).status == 403, person
    assert "login" in evening.page(name, "anonymous").answer.url


@pytest.mark.parametrize("name", ITEM_PAGES)
def test_the_secretary_alone_opens_a_vote(evening, name):
    url = f"{evening.items[0].absolute_url()}/{name}"
    assert evening.desk().open(url).status == 200
    for person in ("drafter", "councillor", "citizen"):
        assert evening.desk(person).open(url).status == 403, person
    assert "login" in evening.desk("anonymous").open(url).answer.url


def test_the_supervision_list_is_the_secretary_s(evening):
    url = f"{evening.portal.absolute_url()}/deliberations/supervision"
    assert evening.desk().open(url).status == 200
    for person in ("drafter", "councillor", "citizen"):
        assert evening.desk(person).open(url).status == 403


def test_what_no_page_of_ours_sent_is_refused(evening):
    desk = evening.desk()
    url = f"{evening.meeting.absolute_url()}/sitting"
    answer = desk.session.post(url, data={"verb": "close_session"})
    assert answer.status_code == 403
    assert not [
        row
        for row in evening.fresh().meeting.attendance.rows
        if row["kind"] == "closed_session"
    ]


def test_a_verb_that_no_button_has_does_nothing(evening):
    desk = evening.page("sitting")
    button = desk.tree.xpath("//button[@value='adopt_all']")[0]
    form = next(button.iterancestors("form"))
    values = [*form.form_values(), ("verb", "page_title")]
    url = f"{evening.meeting.absolute_url()}/sitting"
    assert desk.session.post(url, data=values).status_code == 404


# --- The run of the sitting --------------------------------------------------------------


def test_an_item_is_called_then_adopted_with_all_in_favour(evening):
    first, second, _third = keys(evening)
    desk = evening.page("sitting").press(f"call:{first}")
    assert "Being dealt with since" in desk.text
    desk.press(f"adopt:{first}")
    assert desk.answer.url.endswith(f"#{second}")
    assert "Carried: 5 for, 0 against, 0 abstained" in desk.text
    item = evening.fresh().items[0]
    assert item.state == "accepted"
    assert attendance.called_at(evening.meeting, item) is not None


def test_what_needs_a_secret_vote_has_no_such_button(evening):
    """CDLD, article L1122-27."""
    first, second, third = keys(evening)
    desk = evening.page("sitting")
    assert f"adopt:{first}" in desk.verbs()
    assert f"adopt:{third}" not in desk.verbs()
    boxes = "//input[@name='selected:list']/@value"
    assert desk.tree.xpath(boxes) == [first, second]


def test_ticked_items_are_adopted_together_or_not_at_all(evening):
    first, second, third = keys(evening)
    desk = evening.page("sitting").press("adopt_all")
    assert desk.status == 400
    assert "Tick at least one item" in desk.wrong
    chosen = {"selected:list": [first, third]}
    desk.press("adopt_all", **chosen)
    assert desk.status == 422
    assert "Désignation" in desk.wrong
    assert evening.fresh().items[0].state == "frozen"
    desk.press("adopt_all", **{"selected:list": [first, second]})
    assert desk.status == 200
    states = [item.state for item in evening.fresh().items]
    assert states == ["accepted", "accepted", "frozen"]


def test_some_may_vote_otherwise_on_all_ticked_items(evening):
    first, second, _third = keys(evening)
    otherwise = {f"choice.{evening.members[3]}": "abstain"}
    desk = evening.page("sitting").press("adopt_all", **otherwise)
    assert desk.tree.xpath("//input[@value='abstain'][@checked]")
    desk.press("adopt_all", **{"selected:list": [first, second]})
    rows = [item.ballots.rows[0] for item in evening.fresh().items[:2]]
    assert [row["votes"][evening.members[3]] for row in rows] == ["abstain"] * 2
    assert "Carried: 4 for, 0 against, 1 abstained" in desk.text


def test_the_public_part_comes_first(evening):
    """CDLD, article L1122-22."""
    desk = evening.page("sitting").press("close_session")
    assert "only after the public part" in desk.wrong
    assert "open_session" not in desk.verbs()


def test_the_members_let_the_public_leave_and_come_back(evening):
    """CDLD, article L1122-20: two thirds of those present."""
    desk = evening.vote(0).press("close_session", session_in_favour="5")
    assert desk.wrong
    asked = {"session_reason": "Vie privée", "session_in_favour": "9"}
    assert evening.vote(0).press("close_session", **asked).wrong
    desk = evening.vote(0).press("close_session", **asked | {"session_in_favour": "5"})
    assert not desk.wrong
    meeting = evening.fresh().meeting
    assert meeting.attendance.rows[-1]["kind"] == "closed_session"
    desk = evening.page("sitting")
    assert "Closed session since" in desk.text
    assert "close_session" not in desk.verbs()
    desk.press("open_session")
    assert "Public session again" in evening.page("attendance").text


def test_too_few_votes_keep_the_public_in(evening):
    asked = {"session_reason": "Vie privée", "session_in_favour": "2"}
    evening.vote(0).press("close_session", **asked)
    meeting = evening.fresh().meeting
    assert meeting.attendance.rows[-1]["kind"] == "closing_refused"
    assert "refused" in evening.page("attendance").text
    assert "Closed session since" not in evening.page("sitting").text


def test_without_a_quorum_the_page_says_so(portal):
    """CDLD, article L1122-17."""
    evening = Evening(portal, there=3)
    desk = evening.page("sitting")
    assert "this item can't be decided" in desk.text
    assert not [verb for verb in desk.verbs() if verb.startswith("adopt:")]
    desk = evening.vote(0).press("hold", **{f"choice.{evening.members[1]}": "against"})
    assert desk.status == 422
    assert "Too few members are in the room" in desk.wrong
    against = desk.tree.xpath("//input[@value='against'][@checked]/@name")
    assert against == [f"choice.{evening.members[1]}"]


# --- Votes ---------------------------------------------------------------------------------


def test_all_are_in_favour_except_some(evening):
    others = {
        f"choice.{evening.members[1]}": "against",
        f"choice.{evening.members[2]}": "abstain",
    }
    desk = evening.vote(0).press("hold", **others)
    assert desk.status == 200
    assert "Against Bastin" in desk.text
    assert "Abstention Collard" in desk.text
    assert "article L1122-26" in desk.text
    row = evening.fresh().items[0].ballots.rows[0]
    assert row["votes"][evening.members[1]] == "against"
    desk.press("decide:accept")
    assert desk.answer.url.endswith(f"{keys(evening)[1]}/item-vote")
    assert evening.fresh().items[0].state == "accepted"


def test_a_vote_decides_as_it_says(evening):
    others = {f"choice.{each}": "against" for each in evening.members[1:5]}
    evening.vote(0).press("hold_decide", **others)
    assert evening.fresh().items[0].state == "refused"


def test_a_vote_on_a_part_decides_nothing(evening):
    desk = evening.vote(0).press("hold_decide", label="Article 2")
    assert "Article 2" in desk.text
    assert evening.fresh().items[0].state == "frozen"
    desk.press("take_back:0")
    assert evening.fresh().items[0].ballots.rows == ()


def test_a_secret_vote_has_no_field_for_a_voter(evening):
    """CDLD, article L1122-27: nobody can be named, so nobody can be kept."""
    desk = evening.vote(2)
    [form] = desk.tree.xpath("//form[@id='vote-form']")
    names = set(form.xpath(".//@name")) - {"verb"}
    assert names == {
        "_authenticator",
        "seen",
        "mode",
        "counts.in_favour",
        "counts.against",
        "counts.abstained",
        "counts.blank",
        "counts.void",
        "label",
        "secret_asked",
    }
    markup = desk.answer.text[desk.answer.text.index('id="vote-form"') :]
    markup = markup[: markup.index("</form>")]
    assert not [member for member in evening.members if member in markup]
    assert not [name for name in councils.NAMES if name in markup]


def test_a_voter_that_is_sent_with_a_secret_vote_is_not_kept(evening):
    sent = {"counts.in_favour": "5", f"choice.{evening.members[0]}": "against"}
    evening.vote(2).press("hold", **sent)
    item = evening.fresh().items[2]
    [row] = item.ballots.rows
    assert row["votes"] == {}
    assert evening.members[0] not in repr((row, item.events, item.event_parts))


def test_more_papers_than_voters_come_back_with_what_was_typed(evening):
    typed = {"counts.in_favour": "4", "counts.against": "3", "label": "Premier tour"}
    desk = evening.vote(2).press("hold_decide", **typed)
    assert desk.status == 422
    assert "There are 7 votes, but only 5 may vote" in desk.wrong
    assert {name: desk.value(name) for name in typed} == typed
    assert desk.tree.xpath("//*[@id='error-summary']//a/@href") == ["#counts.in_favour"]
    assert evening.fresh().items[2].ballots.rows == ()


@pytest.mark.parametrize(
    ("query", "place", "typed", "said"),
    [
        ("?mode=named", 2, {}, "voted on in secret"),
        ("?mode=secret", 0, {"counts.in_favour": "5"}, "voted on in public"),
        ("", 0, {"secret_asked": "viele"}, "whole number"),
        ("?mode=secret", 2, {"counts.blank": "-1"}, "whole number"),
        ("", 0, {"named_asked": "5"}, "by name"),
    ],
)
def test_what_is_no_lawful_vote_comes_back(evening, query, place, typed, said):
    desk = evening.vote(place, query).press("hold", **typed)
    assert desk.status in (400, 422)
    assert said in desk.wrong
    assert {name: desk.value(name) for name in typed} == typed
    assert evening.fresh().items[place].ballots.rows == ()


def test_who_may_not_vote_and_why_is_shown(evening):
    desk = evening.page("attendance")
    desk.press(f"excuse:{evening.members[6]}")
    recusal = {"member": evening.members[1], "item": keys(evening)[0]}
    desk.press("recuse", **recusal, interest="personal")
    desk = evening.vote(0)
    assert "Bastin Takes no part: A personal interest" in desk.text
    assert "Fontaine Not in the room" in desk.text
    assert "Gilles Excused" in desk.text
    assert not desk.tree.xpath(f"//input[@name='choice.{evening.members[1]}']")


def test_two_clerks_deciding_one_item_decide_it_once(evening):
    one, other = evening.vote(0), evening.vote(0)
    one.press("hold_decide")
    typed = {f"choice.{evening.members[1]}": "against"}
    other.press("hold_decide", **typed)
    assert other.status == 409
    assert "A colleague worked on this item meanwhile" in other.wrong
    assert "What was done meanwhile" in other.text
    item = evening.fresh().items[0]
    assert (item.state, len(item.ballots.rows)) == ("accepted", 1)


def test_two_clerks_adopting_one_item_in_the_list_adopt_it_once(evening):
    one, other = evening.page("sitting"), evening.page("sitting")
    key = keys(evening)[0]
    one.press(f"adopt:{key}")
    other.press(f"adopt:{key}")
    assert other.status == 409
    assert len(evening.fresh().items[0].ballots.rows) == 1


def test_withdrawing_wants_its_reason(evening):
    desk = evening.vote(0).press("withdraw", reason=" ")
    assert desk.status == 400
    assert "Write the reason" in desk.wrong
    desk.press("withdraw", reason="Retiré par le Collège")
    assert evening.fresh().items[0].state == "withdrawn"
    desk = evening.vote(0).press("reconsider")
    assert evening.fresh().items[0].state == "frozen"


def test_a_late_item_needs_its_urgency_first(evening, portal):
    """CDLD, article L1122-24: two thirds of those present, with their names."""
    late = councils.validated(portal, title="Digue menacée")
    with acting(portal, "secretary"):
        councils.agenda.present(late, evening.meeting)
    transaction.commit()
    evening.items.append(late)
    assert "vote on its urgency first" in evening.page("sitting").text
    desk = evening.vote(3)
    desk.press("urgency", urgency_reason="")
    assert "urgency_reason" in desk.tree.xpath("//*[@id='error-summary']//a/@href")[0]
    few = {"in_favour:list": evening.members[:2], "urgency_reason": "La digue cède"}
    desk.press("urgency", **few)
    assert not evening.fresh().items[3].urgency["carried"]
    many = few | {"in_favour:list": evening.members[:4]}
    desk.press("urgency", **many)
    assert evening.fresh().items[3].urgency["carried"]
    assert "La digue cède" in desk.text
    desk.press("hold_decide")
    assert evening.fresh().items[3].state == "accepted"


# --- The end -------------------------------------------------------------------------------


def test_a_sitting_ends_when_nothing_is_open_and_once_only(evening, portal):
    desk = evening.page("closing")
    assert "Still open: 3" in desk.text
    assert "end" not in desk.verbs()
    stale = evening.page("closing")
    with acting(portal, "secretary"):
        votes.hold_all(evening.items[:2], {"mode": "show_of_hands"}, "accept")
        items.change(evening.items[2], "accept")
    transaction.commit()
    desk.open(desk.answer.url)
    assert "no vote on the whole is entered" in desk.text
    [link] = desk.tree.xpath("//ul[@class='pg-sit-open']//a/@href")
    assert link == f"{evening.items[2].absolute_url()}/item-vote"
    with acting(portal, "secretary"):
        items.change(evening.items[2], "reconsider")
        items.change(evening.items[2], "postpone")
    transaction.commit()
    desk.open(desk.answer.url)
    assert "goes on from" in desk.text
    ready = evening.page("closing")
    desk.press("end")
    assert desk.status == 200
    assert evening.fresh().meeting.state == "decided"
    year = evening.meeting.starts.year
    assert [item.registered for item in evening.items] == [(year, 1), (year, 2), ()]
    ready.press("end")
    assert ready.status == 409
    assert "ended already" in ready.wrong
    assert evening.fresh().items[0].registered == (year, 1)
    assert stale.status == 200


def test_an_office_without_holder_is_listed_with_where_it_is_filled(evening, portal):
    with acting(portal, "secretary"):
        votes.hold_all(evening.items[:2], {"mode": "show_of_hands"}, "accept")
        items.change(evening.items[2], "postpone")
    for one in bodies.functions(date.today()):
        one.last_day = date.today() - timedelta(days=1)
    transaction.commit()
    desk = evening.page("closing")
    points = desk.tree.xpath("//ul[@class='pg-sit-open']//a")
    assert [(point.text, point.get("href")) for point in points] == [
        (
            "Burgomaster or mayor",
            f"{portal.absolute_url()}/deliberations/bodies#functions",
        ),
        ("Director general", f"{portal.absolute_url()}/deliberations/bodies#functions"),
    ]
    assert "end" not in desk.verbs()


def test_an_end_that_came_too_early_is_refused_with_the_list(evening):
    desk = evening.page("closing")
    url = desk.answer.url
    token = evening.page("sitting").value("_authenticator")
    answer = desk.session.post(url, data={"verb": "end", "_authenticator": token})
    assert answer.status_code == 409
    assert "Points that are still open: 3" in answer.text
    assert evening.fresh().meeting.state == "sitting"
