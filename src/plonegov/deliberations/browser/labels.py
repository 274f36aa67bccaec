"""The words for ids of deliberations, in one place for pages and lists."""

from plonegov.deliberations import _
from zope.i18nmessageid import Message


ITEM_STATES: dict[str, Message] = {
    "drafted": _("item_state_drafted", default="Being written"),
    "proposed": _("item_state_proposed", default="Handed in"),
    "reviewed_1": _("item_state_reviewed_1", default="Approved"),
    "reviewed_2": _("item_state_reviewed_2", default="Approved twice"),
    "validated": _("item_state_validated", default="Ready for an agenda"),
    "presented": _("item_state_presented", default="On an agenda"),
    "frozen": _("item_state_frozen", default="On a fixed agenda"),
    "returned": _("item_state_returned", default="Back with its service"),
    "accepted": _("item_state_accepted", default="Adopted"),
    "accepted_modified": _(
        "item_state_accepted_modified", default="Adopted with changes"
    ),
    "refused": _("item_state_refused", default="Rejected"),
    "postponed": _("item_state_postponed", default="Postponed"),
    "withdrawn": _("item_state_withdrawn", default="Withdrawn"),
}

MEETING_STATES: dict[str, Message] = {
    "created": _("meeting_state_created", default="Being prepared"),
    "convened": _("meeting_state_convened", default="Convened"),
    "frozen": _("meeting_state_frozen", default="Agenda fixed"),
    "sitting": _("meeting_state_sitting", default="Sitting"),
    "decided": _("meeting_state_decided", default="Held"),
    "closed": _("meeting_state_closed", default="Closed"),
    "cancelled": _("meeting_state_cancelled", default="Cancelled"),
}

ADVICE_STATES: dict[str, Message] = {
    "asked": _("advice_state_asked", default="Asked"),
    "given": _("advice_state_given", default="Given"),
    "withdrawn": _("advice_state_withdrawn", default="Called off"),
}

#: Colour and icon of a state's tag; the others are neutral.
TAGS: dict[str, str] = {
    "proposed": "info",
    "reviewed_1": "info",
    "reviewed_2": "info",
    "presented": "info",
    "frozen": "info",
    "convened": "info",
    "sitting": "warn",
    "returned": "warn",
    "accepted": "ok",
    "accepted_modified": "ok",
    "decided": "ok",
    "closed": "ok",
    "refused": "danger",
    "cancelled": "danger",
}

#: What an item's or a meeting's transition is called on its button.
ITEM_STEPS: dict[str, Message] = {
    "propose": _("item_step_propose", default="Hand in"),
    "review_1": _("item_step_review_1", default="Approve"),
    "review_2": _("item_step_review_2", default="Approve"),
    "validate": _("item_step_validate", default="Accept for an agenda"),
    "send_back": _("item_step_send_back", default="Send back to its service"),
    "present": _("item_step_present", default="Put on an agenda"),
    "take_off": _("item_step_take_off", default="Take off the agenda"),
    "return_to_service": _(
        "item_step_return_to_service", default="Return to its service to be changed"
    ),
    "resubmit": _("item_step_resubmit", default="Hand in again"),
    "accept": _("item_step_accept", default="Adopted"),
    "accept_modified": _("item_step_accept_modified", default="Adopted with changes"),
    "refuse": _("item_step_refuse", default="Rejected"),
    "postpone": _("item_step_postpone", default="Postpone"),
    "withdraw": _("item_step_withdraw", default="Withdraw"),
    "reconsider": _("item_step_reconsider", default="Take the decision back"),
}

MEETING_STEPS: dict[str, Message] = {
    "convene": _("meeting_step_convene", default="Convene"),
    "recall": _("meeting_step_recall", default="Call the convocation back"),
    "freeze": _("meeting_step_freeze", default="Fix the agenda"),
    "unfreeze": _("meeting_step_unfreeze", default="Open the agenda again"),
    "open": _("meeting_step_open", default="Open the sitting"),
    "decide": _("meeting_step_decide", default="End the sitting"),
    "resume": _("meeting_step_resume", default="Go back to the sitting"),
    "close": _("meeting_step_close", default="Close the meeting"),
    "reopen": _("meeting_step_reopen", default="Reopen"),
    "cancel": _("meeting_step_cancel", default="Cancel the meeting"),
}

#: What is to be done next with an item, by who must do it, or by its state.
NEXT_STEPS: dict[str, Message] = {
    "validated": _("item_next_validated", default="Put it on an agenda"),
    "presented": _("item_next_presented", default="The agenda is prepared"),
    "returned": _("item_next_returned", default="Its service changes it"),
    "drafter": _("item_next_drafter", default="Its service writes it"),
    "reviewer": _("item_next_reviewer", default="Its service's reviewer approves it"),
    "second_reviewer": _(
        "item_next_second_reviewer", default="The second reviewer approves it"
    ),
    "secretary": _("item_next_secretary", default="The secretary accepts it"),
    "body": _("item_next_body", default="The body decides"),
    "nobody": _("item_next_nobody", default="Nothing"),
}


def next_step(actor: str, state: str) -> Message:
    """Return what is to be done next with an item, in words."""
    return NEXT_STEPS.get(state) or NEXT_STEPS[actor]


PRIVACIES: dict[str, Message] = {
    "open": _("privacy_open", default="Public session"),
    "closed": _("privacy_closed", default="Closed session"),
}

MATTERS: dict[str, Message] = {
    "ordinary": _("matter_ordinary", default="Ordinary matter"),
    "budget": _("matter_budget", default="Budget"),
    "accounts": _("matter_accounts", default="Accounts"),
    "regulation": _("matter_regulation", default="Regulation"),
    "appointment": _("matter_appointment", default="Appointment"),
    "presentation": _("matter_presentation", default="Presentation of candidates"),
    "executive": _("matter_executive", default="Election of the mayor or deputies"),
    "standby": _("matter_standby", default="Placing on availability"),
    "suspension": _(
        "matter_suspension", default="Suspension in the service's interest"
    ),
    "dismissal": _("matter_dismissal", default="Dismissal"),
    "discipline": _("matter_discipline", default="Disciplinary matter"),
    "hearing": _("matter_hearing", default="Hearing of a person from outside"),
    "person": _("matter_person", default="Other question about a person"),
}

OPINIONS: dict[str, Message] = {
    "favourable": _("opinion_favourable", default="Favourable"),
    "with_remarks": _("opinion_with_remarks", default="Favourable with remarks"),
    "unfavourable": _("opinion_unfavourable", default="Unfavourable"),
    "none": _("opinion_none", default="No opinion"),
}

MODES: dict[str, Message] = {
    "show_of_hands": _("mode_show_of_hands", default="Show of hands"),
    "named": _("mode_named", default="By name"),
    "secret": _("mode_secret", default="Secret, on paper"),
}

CHOICES: dict[str, Message] = {
    "for": _("choice_for", default="For"),
    "against": _("choice_against", default="Against"),
    "abstain": _("choice_abstain", default="Abstention"),
}

#: Papers and voices as they are counted.
COUNTS: dict[str, Message] = {
    "in_favour": _("count_in_favour", default="In favour"),
    "against": _("count_against", default="Against"),
    "abstained": _("count_abstained", default="Abstentions"),
    "blank": _("count_blank", default="Blank"),
    "void": _("count_void", default="Void"),
}

VERDICTS: dict[str, Message] = {
    "carried": _("verdict_carried", default="Carried"),
    "rejected": _("verdict_rejected", default="Rejected"),
    "tied": _("verdict_tied", default="Tied: nothing is decided yet"),
    "elected": _("verdict_elected", default="Elected"),
    "next_round": _("verdict_next_round", default="A further round is needed"),
}

INTERESTS: dict[str, Message] = {
    "personal": _("interest_personal", default="A personal interest"),
    "representative": _(
        "interest_representative", default="Sits for the town in the organisation"
    ),
    "own_accounts": _("interest_own_accounts", default="Answers for the accounts"),
}
