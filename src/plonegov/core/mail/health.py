"""Does the town's mail leave?"""

from datetime import datetime
from datetime import timedelta
from plonegov.core import _
from plonegov.core.api import municipality
from plonegov.core.api import now
from plonegov.core.mail import outbox
from plonegov.core.municipality.facts import settings
from plonegov.core.ops.files import is_exposed
from plonegov.core.ops.findings import filled
from plonegov.core.ops.findings import Finding
from plonegov.core.ops.findings import State
from plonegov.core.ops.home import home
from plonegov.core.ops.interfaces import IHealthCheck
from typing import Any
from zope.i18nmessageid import Message
from zope.interface import implementer


#: How long a mail may wait before there is a warning.
PATIENCE = timedelta(hours=4)

TITLE = _("health_mail", default="Mail")
EXPOSED = _("health_mail_exposed", default="Others may read the town's mails.")
EXPOSED_REMEDY = _(
    "remedy_mail_exposed", default="Set mode 0700 on the folder ${folder}."
)
NOTHING = _("health_mail_nothing", default="Nothing waits.")
WAITING = _(
    "health_mail_waiting", default="${due} waiting, the oldest since ${since} UTC."
)
WAITING_REMEDY = _(
    "remedy_mail_waiting",
    default="Check the mail server in the town's mail settings, and that plonegov serve "
    "runs its worker.",
)
SENDER_REMEDY = _(
    "remedy_mail_sender",
    default="Nothing leaves before the town names an address that mails come from: "
    "write it in the mail settings.",
)
REFUSED = _(
    "health_mail_refused",
    default="${refused} were refused for good, ${due} are waiting.",
)
REFUSED_REMEDY = _(
    "remedy_mail_refused",
    default="They lie in mail/<municipality>/failed: mend the address and tell the people.",
)


@implementer(IHealthCheck)
class MailHealth:
    """What can be seen of the town's outbox (see ``IHealthCheck``)."""

    def look(self, portal: Any) -> list[Finding]:
        """Return how many mails wait, and since when."""
        folder = home() / "mail" / municipality().id
        if folder.exists() and is_exposed(folder.stat().st_mode):
            remedy = filled(EXPOSED_REMEDY, folder=str(folder))
            return [_finding(State.BAD, EXPOSED, remedy)]
        return [judge(outbox.status(portal), bool(settings().demo), now())]

    def probe(self, town: Any, moment: Any) -> list[Finding]:
        """Return nothing: the worker asks the mail server all the time."""
        return []


def judge(status: outbox.OutboxStatus, demo: bool, moment: datetime) -> Finding:
    """Return the finding of an outbox; a demonstration needs no sender."""
    counts = {"due": status.due, "refused": status.refused}
    if status.refused:
        return _finding(State.SOON, filled(REFUSED, **counts), REFUSED_REMEDY)
    if not status.due:
        return _finding(State.OK, NOTHING)
    since = f"{status.oldest:%Y-%m-%d %H:%M}" if status.oldest else ""
    seen = filled(WAITING, due=status.due, since=since)
    if status.sender_missing and not demo:
        return _finding(State.SOON, seen, SENDER_REMEDY)
    if status.oldest is not None and moment - status.oldest > PATIENCE:
        return _finding(State.SOON, seen, WAITING_REMEDY)
    return _finding(State.OK, seen)


def _finding(state: State, seen: Message, remedy: Message | None = None) -> Finding:
    return Finding("plonegov.core.mail", TITLE, state, seen, remedy)
