"""What the law asks for is asked on the pages of a sitting, with its day and article."""

from datetime import timedelta
from helpers.councils import acting
from helpers.evening import Evening
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import items
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import sittings
from plonegov.deliberations.api import votes

import pytest
import transaction


@pytest.fixture
def evening(portal):
    """A French council that was called urgently; two of its items are decided."""
    made = Evening(portal)
    bodies.get("council").rules = "fr-3500-and-over"
    made.meeting.urgency = "La digue cède."
    with acting(portal, "secretary"):
        votes.hold_all(made.items[:2], {"mode": "show_of_hands"}, "accept")
        items.change(made.items[2], "postpone")
    transaction.commit()
    return made


def test_the_body_judges_the_urgency_of_its_call_on_the_sitting(evening):
    """CGCT, articles L2121-11 and L2121-12."""
    closing = evening.page("closing")
    [link] = closing.tree.xpath("//ul[@class='pg-sit-open']//a/@href")
    assert link == f"{evening.meeting.absolute_url()}/sitting"
    desk = evening.page("sitting")
    assert "La digue cède." in desk.text
    assert "L. 2121-12" in desk.text
    desk.press("judge:not_urgent")
    assert "did not find the call urgent" in desk.text
    assert evening.fresh().meeting.call_judged == "not_urgent"
    desk.press("judge:urgent")
    assert "The body found the call urgent" in desk.text
    assert sittings.open_points(evening.fresh().meeting) == ()
    page = evening.desk().open(f"{evening.meeting.absolute_url()}/meeting-page")
    assert "The body found its call urgent" in page.text


def test_what_is_no_finding_is_not_taken(evening):
    desk = evening.page("sitting")
    token = desk.value("_authenticator")
    data = {"verb": "judge:perhaps", "_authenticator": token}
    answer = desk.session.post(desk.answer.url, data=data)
    assert answer.status_code == 404
    assert evening.fresh().meeting.call_judged == ""


def test_a_walloon_council_is_not_asked(evening, portal):
    bodies.get("council").rules = "be-wal-council"
    transaction.commit()
    assert "judge:urgent" not in evening.page("sitting").verbs()


def test_the_day_to_publish_the_list_is_told_where_it_is_published(evening, portal):
    """CGCT, article L2121-25: within a week."""
    with acting(portal, "secretary"):
        sittings.judge_call(evening.meeting, sittings.Judged.URGENT)
        meetings.change(evening.meeting, "decide")
    transaction.commit()
    day = evening.meeting.starts.date() + timedelta(days=7)
    told = f"by {day:%B} {day.day}, {day.year} at the latest"
    pages = (
        evening.page("closing"),
        evening.desk().open(f"{evening.items[0].absolute_url()}/item-public"),
    )
    for page in pages:
        assert told in page.text
        assert "L. 2121-25" in page.text
