"""A draft that a citizen saved, its mails and its age, for tests."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from helpers.stores import only_draft
from plonegov.core.mail import outbox
from plonegov.core.ops.interfaces import IJob
from zope.component import getUtility

import re
import transaction


LINK = re.compile(r"http\S+/counter/resume\?draft=\S+&secret=\S+")
FORM = "counter/residence/order"
ADDRESS = "ada@exempleville.example"


def mails(portal):
    """Return the mails that are owed, the oldest first."""
    transaction.begin()
    owed = sorted(outbox.entries(portal).values(), key=lambda mail: mail.queued)
    return [message_from_bytes(bytes(mail.message), policy=default) for mail in owed]


def not_mine_in(mail):
    """Return the link for who saved no draft."""
    text = mail.get_body(("plain",)).get_content()
    [link] = re.findall(r"http\S+/counter/not-my-draft\?\S+", text)
    return link


def link_in(mail):
    """Return the link that opens the draft."""
    [link] = LINK.findall(mail.get_body(("plain",)).get_content())
    return link


def age(**kwargs):
    """Let the only draft be older."""
    only_draft().touched -= timedelta(**kwargs)
    transaction.commit()


def run(portal, name):
    """Run a job of the counter; return what it tells."""
    transaction.begin()
    told = getUtility(IJob, name=f"plonegov.ordering.{name}").run(portal)
    transaction.begin()
    return told


def save(portal, citizen, delivery):
    """Save a draft on the page of the delivery; return the citizen, with the mail."""
    citizen.fill_up_to("delivery")
    citizen.save({**delivery, "copies": "two"})
    citizen.send({"mail": ADDRESS})
    assert citizen.path == f"{FORM}/saved"
    [citizen.mail] = mails(portal)
    return citizen
