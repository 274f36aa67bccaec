"""What is done next with a meeting: the steps that its workflow offers, as buttons."""

from plonegov.core.records.steps import offered
from plonegov.deliberations import _
from plonegov.deliberations.browser.labels import MEETING_STEPS
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.meetingrules import REASONS
from plonegov.deliberations.domain.states import MeetingTransition as Step
from typing import Any
from zope.i18nmessageid import Message


#: The one step that comes next, by what the workflow offers.
NEXT = (Step.CONVENE, Step.FREEZE, Step.OPEN, Step.DECIDE, Step.CLOSE)
#: Steps that are confirmed, since they are not taken back easily.
CONFIRMED = (Step.DECIDE, Step.CANCEL)

#: What a step does, where that is not plain from its name.
HINTS: dict[str, Message] = {
    "convene": _(
        "meeting_hint_convene",
        default="The members read the agenda from now on. The law's delay is checked.",
    ),
    "freeze": _(
        "meeting_hint_freeze",
        default="The agenda is fixed: what comes later is late, and its urgency is "
        "voted on.",
    ),
    "decide": _(
        "meeting_hint_decide",
        default="Every decision gets its number in the register. Nothing may be open "
        "any more.",
    ),
    "close": _("meeting_hint_close", default="The minutes must be approved."),
    "resume": _(
        "meeting_hint_resume",
        default="The numbers that were given are cancelled, and kept with the reason.",
    ),
    "recall": _(
        "meeting_hint_recall",
        default="The members no longer read the agenda, until they are called again.",
    ),
    "cancel": _(
        "meeting_hint_cancel",
        default="The meeting does not take place. Its agenda must be empty.",
    ),
}

#: Error code: where it is mended, and what that is called.
MENDS: dict[str, tuple[str, Message]] = {
    "sitting_open": ("closing", _("mend_closing", default="See what is still open")),
    "minutes_not_approved": ("minutes", _("mend_minutes", default="Open the minutes")),
    "chair_missing": (
        "edit-meeting#president",
        _("mend_chair", default="Name who leads the meeting"),
    ),
    "convocation_too_late": (
        "edit-meeting#urgency",
        _("mend_convocation", default="Choose another day, or record the urgency"),
    ),
    "convocation_incomplete": (
        "edit-meeting#call",
        _("mend_call", default="Complete what the convocation must say"),
    ),
    "not_remotely": (
        "edit-meeting#remote_tool",
        _("mend_remote", default="Change where the members meet"),
    ),
}


def step_of(name: str) -> dict[str, Any]:
    """Return a step as the page shows it: title, hint, whether a reason is asked."""
    return {
        "id": name,
        "title": MEETING_STEPS[name],
        "hint": HINTS.get(name, ""),
        "reason": name in REASONS,
        "asks": name in REASONS or name in CONFIRMED,
    }


def steps_of(meeting: Meeting) -> tuple[dict[str, Any] | None, list[dict[str, Any]]]:
    """Return the step that comes next, and the others, as the workflow offers them."""
    found = offered(meeting)
    first = next((str(step) for step in NEXT if step in found), "")
    others = [str(step) for step in Step if step in found and step != first]
    return (step_of(first) if first else None), [step_of(name) for name in others]


def mend_of(meeting: Meeting, code: str) -> dict[str, Any] | None:
    """Return where what is wrong is mended, or None."""
    if code not in MENDS:
        return None
    view, title = MENDS[code]
    return {"url": f"{meeting.absolute_url()}/{view}", "title": title}
