"""The documents over HTTP: who gets which, how they are sent, and the two pages."""

from helpers import councils
from helpers.councils import acting
from helpers.people import PASSWORD
from plonegov.core.mail import outbox
from plonegov.core.ops.interfaces import IJob
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import items
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import parts
from plonegov.deliberations.api import votes
from zope.component import getUtility

import pytest
import transaction


OF_MEETING = ("convocation.pdf", "agenda.pdf", "attendance.pdf", "minutes.pdf")
READERS = {
    "secretary": 200,
    "councillor": 200,
    "drafter": 200,
    "reviewer": 200,
    "adviser": 200,
    "citizen": 401,
    "anonymous": 401,
}
SECRET = b"CANARY-confidential"


@pytest.fixture
def members(portal):
    councils.add_staff(portal)
    uids = councils.seat()
    bodies.get("council")["gilles"].email = ""
    return uids


@pytest.fixture
def convened(portal, members):
    meeting = councils.plan(portal)
    item = councils.validated(portal, title="CANARY-title", privacy="closed")
    with acting(portal, "secretary"):
        annex = parts.add_annex(
            item, "CANARY-file.pdf", b"%PDF-1.4 " + SECRET, "CANARY-annex"
        )
        parts.set_annex(annex, confidential=True, publishable=False)
        agenda.present(item, meeting)
        meetings.change(meeting, "convene")
    transaction.commit()
    return meeting


@pytest.fixture
def held(portal, members):
    meeting, item = councils.plan(portal), councils.validated(portal)
    councils.sit(portal, meeting, members[:5], item)
    with acting(portal, "secretary"):
        votes.hold(item, {"mode": "show_of_hands"})
        items.change(item, "accept")
        meetings.change(meeting, "decide")
    transaction.commit()
    return meeting


def get(session, url):
    return session.get(url, allow_redirects=False, headers={"Accept": "*/*"})


@pytest.mark.parametrize("person", READERS)
def test_who_reads_the_meeting_reads_its_documents(portal, convened, visit, person):
    for name in OF_MEETING:
        answer = get(visit(person), f"{convened.absolute_url()}/{name}")
        if READERS[person] == 200:
            assert answer.status_code == 200
            assert answer.content.startswith(b"%PDF")
            assert SECRET not in answer.content
        else:
            assert answer.status_code in (302, 401, 403)
            assert b"CANARY" not in answer.content


def test_a_meeting_in_preparation_is_the_secretarys(portal, members, visit):
    meeting = councils.plan(portal)
    transaction.commit()
    url = f"{meeting.absolute_url()}/convocation.pdf"
    assert get(visit("secretary"), url).status_code == 200
    for person in ("councillor", "drafter"):
        assert get(visit(person), url).status_code in (302, 401, 403)


def test_a_document_is_shown_and_kept_nowhere(portal, convened, visit):
    answer = get(visit("secretary"), f"{convened.absolute_url()}/agenda.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("inline; ")
    day = convened.starts.date().isoformat()
    assert f"agenda-council-{day}.pdf" in answer.headers["Content-Disposition"]


def test_the_extract_of_an_item_without_number_is_not_there(portal, convened, visit):
    item = agenda.items_of(convened)[0]
    answer = get(visit("secretary"), f"{item.absolute_url()}/extract.pdf")
    assert answer.status_code == 404


@pytest.fixture
def secretary(browser):
    made = browser()
    made.session.auth = ("secretary", PASSWORD)
    return made


def path(meeting, view):
    return f"deliberations/{meeting.getId()}/{view}"


def test_the_page_shows_who_was_not_reached_and_takes_the_hand_over(
    portal, convened, secretary
):
    secretary.open(path(convened, "convening"))
    said = secretary.text()
    assert "Gilles" in said and "to be handed over on paper" in said
    link = secretary.page.xpath("//section[@aria-labelledby='open-heading']//a")[0]
    secretary.open(link.get("href"))
    assert secretary.page.xpath("//option[@selected]")[0].text_content() == "Gilles"
    secretary.press("verb", "hand_over")
    assert secretary.answer.status_code == 400
    assert len(secretary.problems()) == 1
    secretary.press("verb", "hand_over", {"how": "par porteur"})
    transaction.begin()
    assert "par porteur" in secretary.text()
    assert not secretary.page.xpath("//section[@aria-labelledby='open-heading']")


def test_the_page_keeps_what_was_typed_when_it_is_refused(portal, convened, secretary):
    secretary.open(path(convened, "convening"))
    secretary.press("verb", "hand_over", {"member": "", "how": "par porteur"})
    assert secretary.answer.status_code == 400
    assert secretary.value("how") == "par porteur"
    secretary.press("verb", "hand_over", {"at": "hier", "member": convened_member()})
    assert secretary.answer.status_code == 400
    assert secretary.value("at") == "hier"


def convened_member():
    return bodies.get("council")["gilles"].UID()


def test_a_member_is_sent_the_mail_again(portal, convened, secretary):
    job = getUtility(IJob, name="plonegov.deliberations.send_convocations")
    job.run(portal)
    before = len(outbox.entries(portal))
    bodies.get("council")["gilles"].email = "gilles@exempleville.example"
    transaction.commit()
    secretary.open(path(convened, "convening"))
    secretary.press("verb", "resend", {"member": convened_member()})
    transaction.begin()
    assert job.run(portal) == "1 sent"
    transaction.begin()
    assert len(outbox.entries(portal)) == before + 1


def test_the_extracts_page_goes_from_asked_to_made(portal, held, secretary):
    secretary.open(path(held, "extracts"))
    secretary.send()
    assert "being made" in secretary.text()
    getUtility(IJob, name="plonegov.deliberations.make_extracts").run(portal)
    secretary.open(path(held, "extracts"))
    assert "Made:" in secretary.text()
    answer = secretary.session.get(f"{held.absolute_url()}/extracts.pdf")
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    item = agenda.items_of(held)[0]
    answer = secretary.session.get(f"{item.absolute_url()}/extract.pdf")
    assert answer.content.startswith(b"%PDF")
    assert "not told" in secretary.text() or "@" in secretary.text()


def test_extracts_that_were_not_made_are_not_there(portal, held, visit):
    url = f"{held.absolute_url()}/extracts.pdf"
    assert get(visit("secretary"), url).status_code == 404


@pytest.mark.parametrize("view", ["convening", "extracts", "extracts.pdf"])
def test_the_pages_are_the_secretarys(portal, held, visit, view):
    for person in ("councillor", "drafter", "citizen", "anonymous"):
        answer = get(visit(person), f"{held.absolute_url()}/{view}")
        assert answer.status_code in (302, 401, 403)


@pytest.mark.parametrize("view", ["convening-action", "extracts-action"])
def test_nothing_happens_by_a_link_or_from_elsewhere(portal, held, visit, view):
    url = f"{held.absolute_url()}/{view}"
    assert get(visit("secretary"), url).status_code == 405
    assert visit("secretary").post(url, data={}).status_code == 403
    transaction.begin()
    assert held.extracted == {}
