"""The agenda and the public minutes of a sitting as PDF: what is confirmed, no more."""

from helpers import councils
from helpers import published
from helpers.councils import acting
from helpers.published import PUBLIC
from helpers.published import SECRET
from io import BytesIO
from plonegov.core.ops.interfaces import IJob
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import minuting
from plonegov.deliberations.api import publicpapers
from plonegov.deliberations.api import publishing
from plonegov.deliberations.api import votes
from plonegov.deliberations.domain.publishing import WhyWithdrawn
from pypdf import PdfReader
from zope.component import getUtility

import pdfstructure
import pytest
import transaction


DRAFTS = "PROJETS de délibération, non adoptés"


def run(portal):
    """Let the job make what is to be made; return what it says."""
    transaction.commit()
    job = getUtility(IJob, name="plonegov.deliberations.make_public_papers")
    said = job.run(portal)
    transaction.begin()
    return said


@pytest.fixture
def council(portal):
    councils.add_staff(portal)
    councils.seat()
    return portal


@pytest.fixture
def get(council, visit):
    """Return a function that asks for a paper of a meeting as anybody."""
    session, url = visit("anonymous"), council.absolute_url()

    def asked(meeting, name=""):
        return session.get(f"{url}/decisions/meeting/{meeting.getId()}{name}")

    return asked


def pages(answer):
    """Return the texts of a PDF's pages, and of all that is said in it besides."""
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(answer.content))
    told = [pdfstructure.text(reader), repr(reader.metadata), repr(answer.headers)]
    assert SECRET.lower() not in " ".join(told).lower()
    assert SECRET.encode() not in answer.content
    return [page.extract_text() for page in reader.pages]


def hidden(portal, meeting):
    """Put items on an agenda of which the public knows nothing."""
    closed = published.an_item(portal, privacy="closed")
    unconfirmed = published.an_item(portal)
    with acting(portal, "secretary"):
        agenda.present(closed, meeting)
        agenda.present(unconfirmed, meeting)
        agenda.add_heading(meeting, f"{SECRET} intertitre", 0)
    return closed, unconfirmed


def test_the_agenda_holds_confirmed_titles_and_each_page_says_draft(council, get):
    meeting = published.convened(council, place="Salle du conseil")
    titles = [f"{PUBLIC} {number} " + "long " * 60 for number in range(9)]
    for title in titles:
        published.drafted(council, meeting, title.strip())
    hidden(council, meeting)
    assert get(meeting, "/agenda.pdf").status_code == 404, "not made yet"
    assert run(council) == "1 made"
    assert f"/meeting/{meeting.getId()}/agenda.pdf" in get(meeting).text
    found = pages(get(meeting, "/agenda.pdf"))
    assert len(found) > 1
    assert all(DRAFTS in page for page in found)
    text = "\n".join(found)
    assert "Salle du conseil" in text
    assert text.count(PUBLIC) == len(titles)
    assert run(council) is None


def test_what_the_public_reads_no_more_is_in_no_paper(council, get):
    meeting = published.convened(council)
    first, second = (
        published.drafted(council, meeting, f"{PUBLIC} {name}") for name in "AB"
    )
    run(council)
    assert get(meeting, "/agenda.pdf").status_code == 200
    with acting(council, "secretary"):
        publishing.withdraw(first, WhyWithdrawn.PRIVACY)
    transaction.commit()
    assert get(meeting, "/agenda.pdf").status_code == 404
    assert "agenda.pdf" not in get(meeting).text
    assert run(council) == "1 made"
    [text] = pages(get(meeting, "/agenda.pdf"))
    assert f"{PUBLIC} A" not in text
    assert f"{PUBLIC} B" in text
    with acting(council, "secretary"):
        meetings.change(meeting, "recall", reason="Erreur")
    transaction.commit()
    assert get(meeting, "/agenda.pdf").status_code == 404
    assert run(council) is None
    assert second.getId()


def test_what_changes_while_it_is_drawn_is_drawn_again(council, monkeypatch):
    meeting = published.convened(council)
    item = published.drafted(council, meeting)
    real = publicpapers.make

    def slow(sitting, name):
        made = real(sitting, name)
        monkeypatch.setattr(publicpapers, "make", real)
        with acting(council, "secretary"):
            publishing.prepare(item, f"{PUBLIC} autrement", published.TEXT)
            publishing.confirm(item)
        transaction.commit()
        return made

    monkeypatch.setattr(publicpapers, "make", slow)
    assert run(council) is None
    assert meeting.public_papers == {}
    assert run(council) == "1 made"


def adopted(portal):
    """Return a meeting with a public decision, one in closed session and one that nobody
    confirmed, whose minutes a later one adopted; they are full of SECRET."""
    shown, closed, unconfirmed = (
        published.an_item(portal),
        published.an_item(portal, privacy="closed"),
        published.an_item(portal),
    )
    members, meeting = published.seated(portal), councils.plan(portal)
    councils.sit(portal, meeting, members, shown, closed, unconfirmed)
    with acting(portal, "secretary"):
        given = {"mode": "show_of_hands", "exceptions": {members[1]: "against"}}
        votes.hold_all([shown, unconfirmed, closed], given, "accept")
        minuting.renew(meeting)
        book = meeting.minutes
        minuting.write(meeting, "opening", f"<p>{SECRET} ouverture</p>", book.serial)
        meetings.change(meeting, "decide")
        published.published(portal, shown)
        minuting.submit(meeting)
        later = councils.plan(portal)
        minuting.approve(meeting, later.getId())
        mayor = councils.function("mayor", "Jacquet")
        minuting.sign(meeting, councils.date.today(), {"mayor": mayor})
    return meeting, shown


def test_the_public_minutes_hold_public_decisions_once_they_are_published(council, get):
    meeting, shown = adopted(council)
    run(council)
    assert get(meeting, "/minutes.pdf").status_code == 404
    with acting(council, "secretary"):
        minuting.publish(meeting)
    assert run(council) == "1 made"
    text = " ".join("\n".join(pages(get(meeting, "/minutes.pdf"))).split())
    assert f"{PUBLIC} décision 1" in text
    assert f"Le {PUBLIC} est refait" in text
    assert "6 pour, 1 contre" in text
    assert "Présents : Aubry, Bastin" in text
    year, number = shown.registered
    assert f"n° {number} de l’année {year}" in text
    assert "version publique" in text
    with acting(council, "secretary"):
        publishing.withdraw(shown, WhyWithdrawn.ERROR)
    transaction.commit()
    assert get(meeting, "/minutes.pdf").status_code == 404


def test_a_body_without_publicity_has_no_papers(council, get):
    councils.seat("college")
    meeting = published.convened(council, "college")
    assert run(council) is None
    for name in ("", "/agenda.pdf", "/minutes.pdf"):
        assert get(meeting, name).status_code == 404
    shown = published.convened(council)
    published.drafted(council, shown)
    run(council)
    for name in ("/other.pdf", "/agenda", "/agenda.pdf/more", "/.pdf"):
        assert get(shown, name).status_code == 404
