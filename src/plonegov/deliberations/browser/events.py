"""The words for what happened, as the histories of items and meetings show it."""

from plonegov.core.records.events import Entry
from plonegov.core.theme.page import Page
from plonegov.core.theme.people import Names
from plonegov.deliberations import _
from typing import Any
from zope.i18nmessageid import Message


EVENTS: dict[str, Message] = {
    "propose": _("event_propose", default="Handed in"),
    "review_1": _("event_review_1", default="Approved"),
    "review_2": _("event_review_2", default="Approved at the second level"),
    "validate": _("event_validate", default="Accepted for an agenda"),
    "send_back": _("event_send_back", default="Sent back to its service"),
    "present": _("event_present", default="Put on an agenda"),
    "take_off": _("event_take_off", default="Taken off the agenda"),
    "return_to_service": _(
        "event_return_to_service", default="Returned to its service"
    ),
    "resubmit": _("event_resubmit", default="Handed in again"),
    "accept": _("event_accept", default="Adopted"),
    "accept_modified": _("event_accept_modified", default="Adopted with changes"),
    "refuse": _("event_refuse", default="Rejected"),
    "postpone": _("event_postpone", default="Postponed"),
    "withdraw": _("event_withdraw", default="Withdrawn"),
    "reconsider": _("event_reconsider", default="Decision taken back"),
    "convene": _("event_convene", default="Convened"),
    "recall": _("event_recall", default="Convocation called back"),
    "open": _("event_open", default="Sitting opened"),
    "decide": _("event_decide", default="Sitting ended"),
    "resume": _("event_resume", default="Gone back to the sitting"),
    "close": _("event_close", default="Meeting closed"),
    "reopen": _("event_reopen", default="Meeting reopened"),
    "cancel": _("event_cancel", default="Meeting cancelled"),
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
    "replaced_on": _("event_replaced_on", default="New decision begun in its place"),
    "replaced_from": _("event_replaced_from", default="Changes or replaces a decision"),
    "members_untold": _(
        "event_members_untold",
        default="Members without a mail address: to be told on paper",
    ),
    "asked_by_councillor": _(
        "event_asked_by_councillor", default="Added to the agenda by a councillor"
    ),
    "copy_taken_back": _(
        "event_copy_taken_back", default="Its copy for a later meeting taken back"
    ),
    "annex_added": _("event_annex_added", default="Annex added"),
    "annex_changed": _("event_annex_changed", default="Annex changed"),
    "annex_removed": _("event_annex_removed", default="Annex removed"),
    "advice_asked": _("event_advice_asked", default="Advice asked"),
    "advice_give": _("event_advice_give", default="Advice given"),
    "advice_ask_again": _("event_advice_ask_again", default="Advice asked again"),
    "advice_call_off": _("event_advice_call_off", default="Advice called off"),
    "voted": _("event_voted", default="Voted on"),
    "round_held": _("event_round_held", default="Round of an election held"),
    "separate_vote_asked": _(
        "event_separate_vote_asked", default="Separate vote on a part asked for"
    ),
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
    "call_judged_urgent": _(
        "event_call_judged_urgent", default="The body found its call urgent"
    ),
    "call_judged_not_urgent": _(
        "event_call_judged_not_urgent",
        default="The body did not find its call urgent",
    ),
    "closed_session": _("event_closed_session", default="Closed session begun"),
    "closing_refused": _("event_closing_refused", default="Closed session refused"),
    "open_session": _("event_open_session", default="Public session again"),
    "attendance_struck": _("event_attendance_struck", default="Attendance corrected"),
    "minutes_submitted": _("event_minutes_submitted", default="Minutes handed in"),
    "minutes_drafted": _("event_minutes_drafted", default="Minutes to be reworded"),
    "minutes_approved": _("event_minutes_approved", default="Minutes approved"),
    "minutes_signed": _("event_minutes_signed", default="Minutes signed"),
    "minutes_sealed": _("event_minutes_sealed", default="Minutes sealed"),
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
        "texts": [entry.details[name] for name in TEXTS if entry.details.get(name)]
        + list(entry.details.get("members", ())),
    }
