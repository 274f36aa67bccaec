"""The texts of the errors of deliberations: what is wrong, and what would be right."""

from collections.abc import Mapping
from plonegov.core.interfaces import IErrorTexts
from plonegov.deliberations import _
from plonegov.deliberations.lawmessages import LAW_TEXTS
from zope.i18nmessageid import Message
from zope.interface import implementer


#: Faults of a single value.
VALUE_TEXTS: Mapping[str, Message] = {
    "amount_invalid": _(
        "error_amount_invalid",
        default="Write an amount with at most two decimals, e.g. 22000.00.",
    ),
    "moment_expected": _(
        "error_moment_expected", default="Give day and time, e.g. 14/12/2026 19:00."
    ),
    "time_invalid": _(
        "error_time_invalid", default="Write hours and minutes, e.g. 19:30."
    ),
    "cut_off_after_meeting": _(
        "error_cut_off_after_meeting",
        default="Items are taken up to a time before the meeting begins.",
    ),
    "candidates_missing": _(
        "error_candidates_missing", default="Enter who stands, one name on each line."
    ),
    "candidate_twice": _(
        "error_candidate_twice", default="This name stands twice in the list."
    ),
    "seats_missing": _(
        "error_seats_missing", default="Say how many are to be elected: one or more."
    ),
    "not_in_office": _(
        "error_not_in_office", default="Choose somebody who is in office on ${day}."
    ),
    "meeting_unknown": _(
        "error_meeting_unknown", default="Choose a meeting of the same body."
    ),
    "secret_names_nobody": _(
        "error_secret_names_nobody",
        default="A secret ballot names nobody: enter only how many papers there were.",
    ),
    "advice_asked_already": _(
        "error_advice_asked_already",
        default="This service was asked already: open its advice to ask again.",
    ),
    "moment_invalid": _(
        "error_moment_invalid",
        default="Write day and time, e.g. 2026-12-14T19:05, or leave it empty for now.",
    ),
    "moment_to_come": _(
        "error_moment_to_come", default="This time is still to come: enter it then."
    ),
    "nothing_rectified": _(
        "error_nothing_rectified",
        default="The text is the same as before: write what is to stand there.",
    ),
    "meeting_of_list": _(
        "error_meeting_of_list", default="Choose one of the meetings of the list."
    ),
    "not_confirmed": _(
        "error_not_confirmed",
        default="Tick the box, so that it is not done by mistake.",
    ),
    "nothing_ticked": _(
        "error_nothing_ticked", default="Tick at least one item of the list."
    ),
    "file_empty": _("error_file_empty", default="This file is empty."),
    "file_too_large": _(
        "error_file_too_large", default="A file has at most ${limit} MB."
    ),
    "annex_type_refused": _(
        "error_annex_type_refused",
        default="This kind of file is not taken. These are: ${allowed}.",
    ),
    "annex_differs": _(
        "error_annex_differs",
        default="This file is not what the ending of its name says: it is damaged, or "
        "was renamed. Save it anew in its program, as one of: ${allowed}.",
    ),
}

#: Why a step in the life of an item or a meeting is refused.
STEP_TEXTS: Mapping[str, Message] = {
    "step_refused": _("error_step_refused", default="This step is not possible now."),
    "step_reason_missing": _(
        "error_step_reason_missing", default="Write the reason, please."
    ),
    "step_text_too_long": _(
        "error_step_text_too_long", default="At most ${limit} characters, please."
    ),
    "title_missing": _(
        "error_title_missing", default="Give the item a title before you hand it in."
    ),
    "item_changed": _(
        "error_item_changed",
        default="A colleague changed this item meanwhile. Look at both versions, then "
        "save again.",
    ),
    "decision_missing": _(
        "error_decision_missing",
        default="Write the draft of the decision first: it is what the body votes on.",
    ),
    "advice_missing": _(
        "error_advice_missing",
        default="Wait for the advice of ${services}, or for the end of its time.",
    ),
    "meeting_missing": _("error_meeting_missing", default="Choose a meeting."),
    "meeting_takes_no_items": _(
        "error_meeting_takes_no_items",
        default="This meeting is over or cancelled: choose a coming one.",
    ),
    "meeting_of_another_body": _(
        "error_meeting_of_another_body",
        default="This meeting is another body's: choose one of the item's own body.",
    ),
    "meeting_not_convened": _(
        "error_meeting_not_convened",
        default="Councillors add items between the convocation and the sitting.",
    ),
    "meeting_not_frozen": _(
        "error_meeting_not_frozen", default="Fix the agenda of the meeting first."
    ),
    "meeting_frozen": _(
        "error_meeting_frozen",
        default="The agenda is fixed. Release it first if it must change.",
    ),
    "meeting_not_sitting": _(
        "error_meeting_not_sitting",
        default="This is done while the meeting sits: open the sitting first.",
    ),
    "call_not_open": _(
        "error_call_not_open",
        default="The meeting is not convened: its members are not called.",
    ),
    "nothing_registered": _(
        "error_nothing_registered",
        default="No decision of this meeting has a number yet. End the sitting first.",
    ),
    "hand_over_time": _(
        "error_hand_over_time",
        default="Give a time after the meeting was convened, and not in the future.",
    ),
    "not_decided": _(
        "error_not_decided",
        default="Nothing was decided on this item yet: it has no number.",
    ),
    "decision_registered": _(
        "error_decision_registered",
        default="This decision has its number in the register: its texts and annexes "
        "stay. Put a clerical error right with: Rectify a clerical error. What changes "
        "the substance is a new decision.",
    ),
    "sitting_went_on": _(
        "error_sitting_went_on",
        default="A colleague worked on this item meanwhile. Look at it as it is now, "
        "then do what is still to be done.",
    ),
    "sitting_ended": _(
        "error_sitting_ended",
        default="This sitting was ended already: its numbers are given, and nothing was "
        "done twice.",
    ),
    "meeting_decided": _(
        "error_meeting_decided",
        default="The sitting is over. Go back to it, with a reason, to change this.",
    ),
    "result_against": _(
        "error_result_against",
        default="The vote said otherwise: decide as it did, or correct the vote.",
    ),
    "urgency_missing": _(
        "error_urgency_missing",
        default="This item came after the agenda was fixed: the urgency must be voted "
        "and carried first.",
    ),
    "not_remotely": _(
        "error_not_remotely",
        default="The law wants the members in the room for: ${items}. Hold the meeting "
        "there, or take these items off.",
    ),
    "not_the_day": _(
        "error_not_the_day", default="The day of this meeting has not come yet."
    ),
    "chair_missing": _(
        "error_chair_missing",
        default="Name who presides and who keeps the minutes first.",
    ),
    "sitting_open": _(
        "error_sitting_open",
        default="Points that are still open: ${points}. Each is listed with its address.",
    ),
    "minutes_not_approved": _(
        "error_minutes_not_approved",
        default="The meeting is closed once its minutes are approved.",
    ),
    "minutes_not_in_order": _(
        "error_minutes_not_in_order",
        default="The minutes are not at this point yet: they are drafted, submitted, "
        "approved at a later sitting, signed, then published.",
    ),
    "minutes_changed": _(
        "error_minutes_changed",
        default="A colleague changed the minutes meanwhile. Look at them again, then "
        "write.",
    ),
    "section_unknown": _(
        "error_section_unknown", default="The minutes have no such section any more."
    ),
    "signatory_missing": _(
        "error_signatory_missing",
        default="Name who signs: somebody who holds the office on that day.",
    ),
    "item_not_public": _(
        "error_item_not_public",
        default="This item belongs to the closed session: the public never reads it.",
    ),
    "item_withdrawn": _(
        "error_item_withdrawn",
        default="This item was withdrawn: nothing is decided on it, and the public no "
        "longer reads it.",
    ),
    "body_not_public": _(
        "error_body_not_public",
        default="The public reads nothing of this body. A single decision can be "
        "released once it is taken.",
    ),
    "annex_not_publishable": _(
        "error_annex_not_publishable",
        default="An annex is confidential, or was not marked as one to be published.",
    ),
    "annex_kind_unknown": _(
        "error_annex_kind_unknown",
        default="${annex}: the public gets PDF, JPEG or PNG files; save it as PDF.",
    ),
    "annex_office_file": _(
        "error_annex_office_file",
        default="${annex}: an office file may hold comments, earlier wordings and "
        "names; save it as PDF.",
    ),
    "annex_encrypted": _(
        "error_annex_encrypted",
        default="${annex}: the file is locked by a password or by rights; save it "
        "without them.",
    ),
    "annex_unreadable": _(
        "error_annex_unreadable",
        default="${annex}: the file can't be read, or not be cleaned; save it as PDF "
        "anew.",
    ),
    "annex_page_unreadable": _(
        "error_annex_page_unreadable",
        default="${annex}: page ${page} can't be read; save the file as PDF anew.",
    ),
    "annex_hidden_layers": _(
        "error_annex_hidden_layers",
        default="${annex}: the file has layers that are not shown; print it to a PDF.",
    ),
    "annex_covered": _(
        "error_annex_covered",
        default="${annex}: on page ${page} words are only covered, and a copy would show "
        "them; take them out for good, then save the file as PDF anew.",
    ),
    "annex_changed": _(
        "error_annex_changed",
        default="${annex}: the file was changed after you confirmed it; read it, then "
        "confirm again.",
    ),
    "annex_picture_too_large": _(
        "error_annex_picture_too_large",
        default="${annex}: the picture has too many pixels; make it smaller.",
    ),
    "annex_too_slow": _(
        "error_annex_too_slow",
        default="${annex}: the file takes too long to be cleaned; save it as PDF anew.",
    ),
    "publication_withdrawn": _(
        "error_publication_withdrawn",
        default="What stood here was withdrawn from the public.",
    ),
    "not_yet_public": _(
        "error_not_yet_public", default="Convene the meeting of this item first."
    ),
    "public_text_missing": _(
        "error_public_text_missing",
        default="Write the title and the text that the public is to read.",
    ),
    "copy_in_use": _(
        "error_copy_in_use",
        default="This item was postponed and goes on as a copy that was changed since. "
        "Withdraw that copy first, or leave the item postponed.",
    ),
    "not_sent_on": _(
        "error_not_sent_on",
        default="An item goes to another body once it is accepted for an agenda, or "
        "once its own body adopted it.",
    ),
    "goes_on_already": _(
        "error_goes_on_already",
        default="This item goes on already. Open what was made from it, or withdraw "
        "that first.",
    ),
    "whole_voted": _(
        "error_whole_voted",
        default="The whole was voted on already: take this vote back first.",
    ),
    "election_unfinished": _(
        "error_election_unfinished",
        default="The election is not over: hold the next round, or postpone the item.",
    ),
    "election_over": _(
        "error_election_over",
        default="This election is over. Take its last round back if it was entered "
        "wrongly.",
    ),
    "round_followed": _(
        "error_round_followed",
        default="A later round rests on this one: take that one back first.",
    ),
    "agenda_not_empty": _(
        "error_agenda_not_empty",
        default="Take the items off the agenda first, so that none is lost.",
    ),
    "meeting_convened": _(
        "error_meeting_convened",
        default="The members were called to this day. Call the convocation back first, "
        "with its reason, to choose another.",
    ),
    "agenda_changed": _(
        "error_agenda_changed",
        default="A colleague changed the agenda meanwhile. Look at both versions, then "
        "decide again.",
    ),
    "closed_session_first": _(
        "error_closed_session_first",
        default="The closed session comes after the open one, except in disciplinary "
        "matters.",
    ),
    "session_closed": _(
        "error_session_closed",
        default="The sitting goes on without the public already.",
    ),
    "session_not_closed": _(
        "error_session_not_closed", default="The sitting is public: nothing to open."
    ),
    "not_on_agenda": _("error_not_on_agenda", default="This is not there any more."),
    "advice_text_missing": _(
        "error_advice_text_missing",
        default="Give the reasons: an advice that is not simply favourable needs them.",
    ),
    "advice_unknown": _("error_advice_unknown", default="Choose one of: ${allowed}."),
    "advice_by_rule": _(
        "error_advice_by_rule",
        default="A rule asks for this advice: it can't be called off.",
    ),
    "deliberations_id_taken": _(
        "error_deliberations_id_taken",
        default="Something else stands at the address “${id}”.",
    ),
}

ERROR_TEXTS: Mapping[str, Message] = {**VALUE_TEXTS, **STEP_TEXTS, **LAW_TEXTS}


@implementer(IErrorTexts)
class ErrorTexts:
    """The texts of the codes of deliberations."""

    def get(self, code: str) -> Message | None:
        """Return the text of a code, None when it is not one of deliberations."""
        return ERROR_TEXTS.get(code)
