"""Members get the convocation by mail, from the transition to the server's answer."""

from dataclasses import replace
from datetime import timedelta
from helpers import councils
from helpers.councils import acting
from io import BytesIO
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import RecordNotFound
from plonegov.core.mail import outbox
from plonegov.core.mail import worker
from plonegov.core.municipality.facts import settings
from plonegov.core.ops.interfaces import IJob
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import callmails
from plonegov.deliberations.api import convening
from plonegov.deliberations.api import meetings
from plonegov.deliberations.domain.convening import last_calls
from plonegov.deliberations.domain.convening import reached
from plonegov.deliberations.domain.refusals import CallNotOpen
from pypdf import PdfReader
from zope.component import getUtility
from zope.interface.verify import verifyObject

import pdfstructure
import pytest
import transaction


@pytest.fixture
def members(portal):
    councils.add_staff(portal)
    councils.function("mayor", "Aubry")
    uids = councils.seat()
    bodies.get("council")["gilles"].email = ""
    transaction.commit()
    return uids


@pytest.fixture
def meeting(portal, listener, members):
    found = councils.plan(portal, place="Salle du conseil")
    item = councils.validated(portal, title="Voirie")
    with acting(portal, "secretary"):
        agenda.present(item, found)
        meetings.change(found, "convene")
    transaction.commit()
    return found


def make(portal):
    return getUtility(IJob, name="plonegov.deliberations.send_convocations").run(portal)


def states(meeting):
    transaction.begin()
    rows = last_calls(meeting.convocation)
    return {row["name"]: str(reached(row)) for row in rows}


def test_each_member_gets_the_convocation_and_the_proof_is_kept(
    portal, meeting, listener
):
    """CDLD, article L1122-13."""
    job = getUtility(IJob, name="plonegov.deliberations.send_convocations")
    assert verifyObject(IJob, job)
    assert set(states(meeting).values()) == {"waits", "paper"}
    assert make(portal) == "6 sent"
    assert make(portal) is None
    assert worker.sweep(portal) == 6
    found = states(meeting)
    assert found.pop("Gilles") == "paper"
    assert set(found.values()) == {"delivered"}
    mail = listener.received[0]
    assert mail.recipient == "aubry@exempleville.example"
    assert mail.message["Subject"].startswith("Convocation: Conseil communal, ") or (
        "Conseil communal" in mail.message["Subject"]
    )
    (file,) = mail.message.iter_attachments()
    assert file.get_content_type() == "application/pdf"
    assert file.get_filename().startswith("council-")
    said = pdfstructure.text(PdfReader(BytesIO(file.get_content())))
    assert "Voirie" in said and "Salle du conseil" in said and "Aubry" in said
    assert file.get_content() == meeting.called[-1]["file"].data
    row = last_calls(meeting.convocation)[0]
    assert row["asked"] <= row["settled"]


def test_a_refused_address_is_kept_and_the_corrected_one_tried(
    portal, meeting, listener
):
    make(portal)
    listener.answers["rcpt"] = "550 unknown"
    worker.sweep(portal)
    listener.answers.clear()
    assert set(states(meeting).values()) == {"failed", "paper"}
    mandate = bodies.get("council")["bastin"]
    mandate.email = "nouvelle@exempleville.example"
    with acting(portal, "secretary"):
        convening.resend(meeting, mandate.UID())
    transaction.commit()
    assert make(portal) == "1 sent"
    assert worker.sweep(portal) == 1
    assert states(meeting)["Bastin"] == "delivered"
    assert states(meeting)["Collard"] == "failed"
    tries = [row for row in meeting.convocation if row["name"] == "Bastin"]
    assert [row["refused"] for row in tries] == ["550", ""]
    assert len(meeting.called) == 1, "the same convocation"


def test_a_server_that_is_away_loses_nobody(portal, meeting, listener):
    make(portal)
    listener.answers["connect"] = "421 busy"
    worker.sweep(portal)
    assert set(states(meeting).values()) == {"waits", "paper"}
    assert outbox.status(portal).due == 6


def test_a_demonstration_sends_nothing_and_says_so(portal, meeting, listener):
    settings().demo = True
    transaction.commit()
    make(portal)
    worker.sweep(portal)
    found = states(meeting)
    settings().demo = False
    transaction.commit()
    assert set(found.values()) == {"kept", "paper"}
    assert listener.received == []


def test_what_changed_while_it_was_made_is_made_again(portal, meeting, monkeypatch):
    job = getUtility(IJob, name="plonegov.deliberations.send_convocations")
    real = type(job).make

    def slow(self, meeting):
        made = real(self, meeting)
        monkeypatch.setattr(type(job), "make", real)
        meeting.place = "Autre salle"
        transaction.commit()
        return made

    monkeypatch.setattr(type(job), "make", slow)
    assert job.run(portal) is None
    assert meeting.called == ()
    assert job.run(portal) == "6 sent"
    said = pdfstructure.text(PdfReader(BytesIO(meeting.called[0]["file"].data)))
    assert "Autre salle" in said


def test_paper_is_handed_over_with_time_and_way(portal, meeting, members):
    gilles = members[6]
    assert [row["name"] for row in convening.unreached(meeting)] == ["Gilles"]
    now = convening.now()
    with acting(portal, "secretary"):
        with pytest.raises(InvalidInput) as refused:
            convening.hand_over(meeting, gilles, now + timedelta(hours=1), " ")
        assert {fault.field for fault in refused.value.faults} == {"at", "how"}
        with pytest.raises(InvalidInput):
            convening.hand_over(meeting, gilles, now - timedelta(days=2), "porteur")
        with pytest.raises(InvalidInput):
            convening.resend(meeting, gilles)
        with pytest.raises(RecordNotFound):
            convening.resend(meeting, "nobody")
        convening.hand_over(
            meeting, gilles, convening.now(), "par porteur, contre reçu"
        )
    transaction.commit()
    assert states(meeting)["Gilles"] == "handed"
    assert convening.unreached(meeting) == []
    with acting(portal, "drafter"), pytest.raises(ActionNotAllowed):
        convening.resend(meeting, members[1])


def test_a_recall_is_told_and_a_new_call_sends_a_new_convocation(
    portal, meeting, listener
):
    make(portal)
    worker.sweep(portal)
    with acting(portal, "secretary"):
        meetings.change(meeting, "recall", reason="La salle est inondée")
        with pytest.raises(CallNotOpen):
            convening.resend(meeting, bodies.get("council")["bastin"].UID())
    transaction.commit()
    assert worker.sweep(portal) == 6
    recall = listener.received[-1].message
    assert "La salle est inondée" in recall.get_body(("plain",)).get_content()
    assert list(recall.iter_attachments()) == []
    assert states(meeting) == {}
    assert make(portal) is None
    with acting(portal, "secretary"):
        meetings.edit(meeting, {"place": "Autre salle"})
        meetings.change(meeting, "convene")
    transaction.commit()
    assert make(portal) == "6 sent"
    assert len(meeting.called) == 2
    said = pdfstructure.text(PdfReader(BytesIO(meeting.called[1]["file"].data)))
    assert "Autre salle" in said


def test_a_recall_before_anything_was_sent_stops_the_convocation(
    portal, meeting, listener
):
    with acting(portal, "secretary"):
        meetings.change(meeting, "recall", reason="Erreur de date")
    transaction.commit()
    assert make(portal) is None
    assert meeting.called == ()
    worker.sweep(portal)
    bodies_ = [
        mail.message.get_body(("plain",)).get_content() for mail in listener.received
    ]
    assert bodies_ and all("Erreur de date" in text for text in bodies_)


def test_a_cancelled_sitting_is_told_to_those_who_were_called(
    portal, members, listener
):
    never = councils.plan(portal)
    called = councils.plan(portal, days=15)
    with acting(portal, "secretary"):
        meetings.change(never, "cancel", reason="Doublon")
        meetings.change(called, "convene")
        meetings.change(called, "cancel", reason="Plus rien à traiter")
    transaction.commit()
    assert never.convocation == ()
    assert worker.sweep(portal) == 6
    assert {row["about"] for row in called.convocation} == {"call", "cancel"}
    assert "Plus rien à traiter" in (
        listener.received[0].message.get_body(("plain",)).get_content()
    )


def test_a_large_convocation_is_fetched_by_its_link(
    portal, meeting, listener, monkeypatch
):
    """What is too large for a mail is kept on the meeting, and the mail leads to it."""
    monkeypatch.setattr(callmails, "LARGEST", 10)
    town = replace(
        callmails.municipality(), site_url="https://www.exempleville.example"
    )
    monkeypatch.setattr(callmails, "municipality", lambda: town)
    make(portal)
    worker.sweep(portal)
    message = listener.received[0].message
    assert list(message.iter_attachments()) == []
    link = f"https://www.exempleville.example/deliberations/{meeting.getId()}"
    assert f"{link}/convocation.pdf" in message.get_body(("plain",)).get_content()
    assert meeting.called[0]["file"].getSize() > 10


def test_an_item_that_came_later_is_sent_to_all(portal, meeting, listener):
    """CDLD, article L1122-24: members get what was added without delay."""
    make(portal)
    worker.sweep(portal)
    convened = meeting.convened
    late = councils.validated(portal, title="Motion ajoutée")
    with acting(portal, "secretary"):
        agenda.present(late, meeting)
        convening.call_again(meeting)
    transaction.commit()
    assert make(portal) == "6 sent"
    assert worker.sweep(portal) == 6
    assert meeting.convened == convened
    assert len(meeting.called) == 2
    (file,) = listener.received[-1].message.iter_attachments()
    said = pdfstructure.text(PdfReader(BytesIO(file.get_content())))
    assert "Motion ajoutée" in said
    with acting(portal, "drafter"), pytest.raises(ActionNotAllowed):
        convening.call_again(meeting)
