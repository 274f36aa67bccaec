"""The words for what happened, as the histories of items and meetings show it."""

from plonegov.core.records.events import Entry
from plonegov.core.theme.page import Page
from plonegov.core.theme.people import Names
from plonegov.deliberations import _
from plonegov.deliberations.browser.labels import ITEM_STEPS
from plonegov.deliberations.browser.labels import MEETING_STEPS
from typing import Any
from zope.i18nmessageid import Message


EVENTS: dict[str, Message] = {
    **ITEM_STEPS,
    **MEETING_STEPS,
    "drafted": _("event_drafted", default="Begun"),
    "edited": _("event_edited", default="Changed"),
    "freeze": _("event_freeze", default="Agenda fixed"),
    "unfreeze": _("event_unfreeze", default="Agenda open again"),
    "planned": _("event_planned", default="Planned"),
    "sent_on": _("event_sent_on", default="Sent to another body"),
    "sent_from": _("event_sent_from", default="Came from another body"),
    "postponed_on": _("event_postponed_on", default="Copied for a later meeting"),
    "postponed_from": _(
        "event_postponed_from", default="Comes from an earlier meeting"
    ),
    "annex_added": _("event_annex_added", default="Annex added"),
    "annex_changed": _("event_annex_changed", default="Annex changed"),
    "annex_removed": _("event_annex_removed", default="Annex removed"),
    "advice_asked": _("event_advice_asked", default="Advice asked"),
    "advice_give": _("event_advice_give", default="Advice given"),
    "advice_ask_again": _("event_advice_ask_again", default="Advice asked again"),
    "advice_call_off": _("event_advice_call_off", default="Advice called off"),
    "voted": _("event_voted", default="Voted on"),
    "vote_taken_back": _("event_vote_taken_back", default="Vote taken back"),
    "urgency_voted": _("event_urgency_voted", default="Urgency voted on"),
    "number_cancelled": _("event_number_cancelled", default="Number cancelled"),
    "rectified": _("event_rectified", default="Rectified"),
    "supervision_set": _("event_supervision_set", default="Supervision set"),
    "supervision_sent": _("event_supervision_sent", default="Sent to the authority"),
    "supervision_complete": _(
        "event_supervision_complete", default="File complete with the authority"
    ),
    "supervision_answered": _(
        "event_supervision_answered", default="Answer of the authority"
    ),
    "public_text_written": _(
        "event_public_text_written", default="Public text written"
    ),
    "published_draft": _("event_published_draft", default="Draft made public"),
    "published_decision": _("event_published_decision", default="Decision made public"),
    "publication_withdrawn": _(
        "event_publication_withdrawn", default="Withdrawn from the public"
    ),
    "item_added": _("event_item_added", default="Item put on the agenda"),
    "item_removed": _("event_item_removed", default="Item taken off the agenda"),
    "attendance_struck": _("event_attendance_struck", default="Attendance corrected"),
    "minutes_submitted": _("event_minutes_submitted", default="Minutes handed in"),
    "minutes_drafted": _("event_minutes_drafted", default="Minutes to be reworded"),
    "minutes_approved": _("event_minutes_approved", default="Minutes approved"),
    "minutes_signed": _("event_minutes_signed", default="Minutes signed"),
    "convocation_sent": _("event_convocation_sent", default="Convocation sent"),
    "convocation_renewed": _(
        "event_convocation_renewed", default="Convocation sent to all again"
    ),
    "convocation_resent": _(
        "event_convocation_resent", default="Convocation sent again to a member"
    ),
    "convocation_handed_over": _(
        "event_convocation_handed_over", default="Convocation handed over on paper"
    ),
    "extracts_asked": _("event_extracts_asked", default="Extracts asked for"),
    "extracts_made": _("event_extracts_made", default="Extracts made"),
    "minutes_published": _("event_minutes_published", default="Minutes published"),
}

#: Typed texts that a history shows.
TEXTS = ("reason",)


def history_row(entry: Entry, page: Page, names: Names) -> dict[str, Any]:
    """Return when, who, what and the texts of an entry, in the page's language."""
    return {
        "when": page.moment(entry.when),
        "iso": entry.when.isoformat(),
        "who": names[entry.who],
        "what": EVENTS.get(entry.action, entry.action),
        "texts": [entry.details[name] for name in TEXTS if entry.details.get(name)],
    }
