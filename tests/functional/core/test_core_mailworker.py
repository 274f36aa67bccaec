"""The worker loses no mail and sends none twice, whatever breaks in between."""

from email import message_from_bytes
from plone.base.interfaces import IMailSchema
from plone.registry.interfaces import IRegistry
from plonegov.core.mail import outbox
from plonegov.core.mail import worker
from plonegov.core.mail.maildir import TownMaildir
from plonegov.core.mail.model import Mail
from plonegov.core.mail.model import Paragraph
from plonegov.core.municipality.facts import settings
from plonegov.core.ops.home import home
from plonegov.core.ops.interfaces import IJob
from plonegov.core.testing import FACTS
from plonegov.core.testing import set_facts
from plonegov.core.testing import TOWN
from smtplistener import serve
from zope.component import getUtility
from zope.globalrequest import clearRequest
from zope.interface.verify import verifyObject

import os
import pytest
import shutil
import signal
import stat
import time
import time_machine
import transaction


FOLDERS = ("new", "sent", "failed")


@pytest.fixture
def listener(portal):
    listener, server = serve()
    point_to(listener.port)
    yield listener
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def no_request(portal):
    """A worker runs outside every request, so no facts are kept on one."""
    clearRequest()
    yield
    shutil.rmtree(home() / "mail", ignore_errors=True)


def point_to(port):
    stored = getUtility(IRegistry).forInterface(IMailSchema, prefix="plone")
    stored.smtp_host, stored.smtp_port = "127.0.0.1", port
    transaction.commit()


def queue(key="k1"):
    message_id = outbox.queue(
        Mail(
            recipient="maria@example.org",
            language="fr",
            subject="Votre demande",
            blocks=(Paragraph("Reçue.\n.\n..fin"),),
            about="uid-1",
            key=key,
        )
    )
    transaction.commit()
    return message_id


def files():
    folder = home() / "mail" / TOWN
    return {name: sorted(os.listdir(folder / name)) for name in FOLDERS}


def owed(portal):
    transaction.begin()
    return {key: entry.refused for key, entry in outbox.entries(portal).items()}


def test_the_worker_is_a_job(portal):
    job = getUtility(IJob, name="mail")
    assert verifyObject(IJob, job)
    assert job.run(portal) is None


def test_a_mail_due_leaves_once(portal, listener):
    message_id = queue()
    assert getUtility(IJob, name="mail").run(portal) == "1 sent"
    assert worker.sweep(portal) == 0
    (mail,) = listener.received
    assert mail.message["Message-ID"] == message_id
    assert (mail.sender, mail.recipient) == (
        FACTS["contact"]["email"],
        "maria@example.org",
    )
    assert "\r\n.\r\n..fin\r\n" in mail.message.get_body(("plain",)).get_content()
    assert owed(portal) == {}
    assert files() == {"new": [], "sent": [], "failed": []}


def test_a_mail_that_left_says_nothing_any_more(portal, listener):
    """Nothing refers to its row, but a storage keeps it until it is packed."""
    queue()
    [mail] = outbox.entries(portal).values()
    assert worker.sweep(portal) == 1
    transaction.begin()
    said = (mail.message, mail.sender, mail.recipient, mail.about)
    assert said == (b"", "", "", "")


def test_many_mails_leave_in_the_order_they_were_queued(portal, listener):
    keys = [f"{number:02}" for number in range(45)]
    for key in keys:
        queue(key)
    assert worker.sweep(portal) == 45
    ids = [mail.message["Message-ID"][1:3] for mail in listener.received]
    assert ids == keys


def test_a_server_that_is_down_delays_and_loses_nothing(portal, listener):
    point_to(1)
    queue()
    assert worker.sweep(portal) == 0
    assert owed(portal) == {"k1": ""}
    assert files()["new"] == ["k1"]
    point_to(listener.port)
    assert worker.sweep(portal) == 0, "not asked again at once"
    with time_machine.travel(time.time() + 31, tick=True):
        assert worker.sweep(portal) == 1


@pytest.mark.parametrize(
    ("step", "answer"),
    [("mail", "451 later"), ("rcpt", "450 greylisted"), ("data", "452 full")],
)
def test_a_mail_put_off_is_tried_again_later(portal, listener, step, answer):
    listener.answers[step] = answer
    queue()
    worker.sweep(portal)
    listener.answers.clear()
    assert worker.sweep(portal) == 0
    with time_machine.travel(time.time() + 61, tick=True):
        assert worker.sweep(portal) == 1
    assert len(listener.received) == 1


@pytest.mark.parametrize(
    ("step", "answer"), [("rcpt", "550 unknown"), ("data", "554 spam")]
)
def test_a_mail_refused_for_good_is_marked_and_kept(portal, listener, step, answer):
    listener.answers[step] = answer
    queue()
    worker.sweep(portal)
    listener.answers.clear()
    worker.sweep(portal)
    assert listener.received == []
    assert owed(portal) == {"k1": answer[:3]}
    assert files() == {"new": [], "sent": [], "failed": ["k1"]}
    assert outbox.status(portal).refused == 1


def test_a_refused_mail_holds_up_no_other(portal, listener):
    listener.at = lambda step: listener.answers.update(
        rcpt="250 ok" if listener.answers.get("seen") else "550 unknown",
        seen="1" if step == "rcpt" else listener.answers.get("seen", ""),
    )
    queue("bad")
    queue("good")
    assert worker.sweep(portal) == 1
    assert owed(portal) == {"bad": "550"}


@pytest.mark.parametrize(
    ("step", "answer"),
    [("connect", "554 no service"), ("connect", "421 busy"), ("rcpt", "421 closing")],
)
def test_a_fault_of_the_server_is_no_fault_of_the_mail(portal, listener, step, answer):
    listener.answers[step] = answer
    queue()
    worker.sweep(portal)
    assert owed(portal) == {"k1": ""}
    assert files()["failed"] == []


def test_a_mail_put_off_for_five_days_has_failed(portal, listener):
    listener.answers["rcpt"] = "450 greylisted"
    queue()
    start = time.time()
    for day in range(7):
        with time_machine.travel(start + day * 86400, tick=True):
            worker.sweep(portal)
    assert owed(portal) == {"k1": "450"}
    assert files()["failed"] == ["k1"]


def test_a_demonstration_keeps_its_mails_on_the_machine(portal, listener):
    settings().demo = True
    queue()
    worker.sweep(portal)
    assert listener.received == []
    assert owed(portal) == {}
    assert files()["new"] == ["k1"]
    settings().demo = False
    transaction.commit()
    worker.sweep(portal)
    assert listener.received == []


def test_mails_can_be_read_by_their_owner_only(portal):
    point_to(1)
    queue()
    worker.sweep(portal)
    folder = home() / "mail" / TOWN
    assert stat.S_IMODE((home() / "mail").stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "new" / "k1").stat().st_mode) == 0o600
    message = message_from_bytes((folder / "new" / "k1").read_bytes())
    assert message["X-Zope-To"] == "maria@example.org"


def test_a_mail_waits_for_the_towns_address(portal, listener):
    set_facts(portal, {**FACTS, "contact": {}})
    queue()
    worker.sweep(portal)
    assert listener.received == []
    set_facts(portal)
    transaction.commit()
    assert worker.sweep(portal) == 1
    (mail,) = listener.received
    assert mail.message["From"] == FACTS["contact"]["email"]


def test_an_accepted_mail_that_is_still_owed_is_not_sent_again(portal, listener):
    point_to(1)
    queue()
    worker.sweep(portal)
    TownMaildir(TOWN).move("k1", "new", "sent")
    point_to(listener.port)
    worker.sweep(portal)
    assert listener.received == []
    assert owed(portal) == {}
    assert files()["sent"] == []


def test_a_mark_without_a_file_gets_one_with_the_same_message_id(portal, listener):
    point_to(1)
    message_id = queue()
    worker.sweep(portal)
    (home() / "mail" / TOWN / "new" / "k1").unlink()
    with time_machine.travel(time.time() + 31, tick=True):
        point_to(listener.port)
        worker.sweep(portal)
    assert [mail.message["Message-ID"] for mail in listener.received] == [message_id]


def test_what_a_killed_process_left_is_removed(portal):
    new = TownMaildir(TOWN).folder / "new"
    old, young = new / ".sending-a", new / ".sending-b"
    for path in (old, young, new / ".new-half"):
        path.touch()
    os.utime(old, (0, 0))
    worker.sweep(portal)
    assert os.listdir(new) == [".sending-b"]


def test_two_sweeps_at_once_send_once(portal, listener):
    queue()
    with TownMaildir(TOWN).held() as mine:
        assert mine
        assert worker.sweep(portal) == 0
    assert worker.sweep(portal) == 1
    assert len(listener.received) == 1


@pytest.mark.parametrize("step", ["connect", "mail", "rcpt", "data", "accepted"])
def test_a_worker_killed_at_any_step_loses_nothing(portal, listener, step):
    message_id = queue()
    child = os.fork()
    if child == 0:
        worker.sweep(portal)
        os._exit(0)
    listener.at = lambda now: now == step and kill(child)
    _pid, ended = os.waitpid(child, 0)
    if step != "accepted":
        assert os.WIFSIGNALED(ended)
        assert os.WTERMSIG(ended) == signal.SIGKILL
    listener.at = lambda now: None
    worker.sweep(portal)
    ids = [mail.message["Message-ID"] for mail in listener.received]
    assert set(ids) == {message_id}
    assert len(ids) == 1 or step in ("data", "accepted")
    assert owed(portal) == {}
    assert files() == {"new": [], "sent": [], "failed": []}


def kill(pid):
    os.kill(pid, signal.SIGKILL)
    time.sleep(0.1)
