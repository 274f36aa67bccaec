"""The words for ids of orders, in one place for pages and lists."""

from plonegov.ordering import _
from zope.i18nmessageid import Message


STATE_TITLES: dict[str, Message] = {
    "submitted": _("clerk_state_submitted", default="New"),
    "in_progress": _("clerk_state_in_progress", default="In progress"),
    "awaiting_citizen": _(
        "clerk_state_awaiting_citizen", default="Waiting for citizen"
    ),
    "ready": _("clerk_state_ready", default="Ready"),
    "delivered": _("clerk_state_delivered", default="Delivered"),
    "rejected": _("clerk_state_rejected", default="Rejected"),
    "withdrawn": _("clerk_state_withdrawn", default="Withdrawn"),
    "expired": _("clerk_state_expired", default="Expired"),
}

#: What must be done next, in words.
NEXT_STEPS: dict[str, Message] = {
    "submitted": _("todo_submitted", default="Take it and check the register"),
    "in_progress": _("todo_in_progress", default="Confirm, make the document"),
    "awaiting_citizen": _("todo_awaiting_citizen", default="Wait for the answer"),
    "ready": _("todo_ready", default="Post it or hand it over"),
    "delivered": _("todo_nothing", default="Nothing"),
    "rejected": _("todo_nothing", default="Nothing"),
    "withdrawn": _("todo_nothing", default="Nothing"),
    "expired": _("todo_nothing", default="Nothing"),
}

RELATIONS: dict[str, Message] = {
    "self": _("relation_self", default="For himself or herself"),
    "spouse": _("relation_spouse", default="Spouse or legal cohabitant"),
    "parent": _("relation_parent", default="Parent"),
    "child": _("relation_child", default="Child"),
    "guardian": _("relation_guardian", default="Guardian"),
    "heir": _("relation_heir", default="Heir"),
    "lawyer": _("relation_lawyer", default="Lawyer"),
    "notary": _("relation_notary", default="Notary"),
    "mandatary": _("relation_mandatary", default="Holder of a mandate"),
    "other": _("relation_anybody", default="Anyone else"),
}

#: Where a country's law draws the circle otherwise, as in ``words.ABOUT_IN``.
RELATIONS_IN: dict[str, dict[str, Message]] = {
    "FR": {
        "spouse": _("relation_spouse_fr", default="Spouse or PACS partner"),
        "parent": _("relation_parent_fr", default="Parent or grandparent"),
        "child": _("relation_child_fr", default="Child or grandchild"),
    },
}


def relation_title(relation: str, country: str) -> Message:
    """Return what an applicant is to the subject, as the country says it.

    :param country: the town's, ISO 3166-1 alpha-2.
    """
    return RELATIONS_IN.get(country, {}).get(relation, RELATIONS[relation])


#: What the law says to who asks, and the colour of its tag.
OUTCOMES: dict[str, tuple[Message, str]] = {
    "allowed": (_("outcome_allowed", default="Yes"), "ok"),
    "proof_needed": (_("outcome_proof", default="Yes, with a proof"), "warn"),
    "refused": (_("outcome_refused", default="Not online"), "danger"),
}

#: What a clerk may accept besides the papers that the law names.
SEEN: dict[str, Message] = {
    "register": _("seen_register", default="The register shows it"),
    "desk": _("seen_desk", default="A paper seen at the desk"),
}

DELIVERY: dict[str, Message] = {
    "post": _("delivery_post", default="By post"),
    "counter": _("delivery_counter", default="At the counter"),
    "email": _("delivery_email", default="By e-mail"),
    "download": _("delivery_download", default="As a download"),
}

#: How sure the town is of who ordered.
IDENTITIES: dict[str, Message] = {
    "none": _("reached_none", default="Nothing shown"),
    "email": _("reached_email", default="Mail address confirmed"),
    "account": _("reached_account", default="Signed in with an account"),
    "substantial": _("reached_substantial", default="Identity proved"),
    "high": _("reached_high", default="Identity proved (high level)"),
}

#: How an order came in (``domain.model.Channel``).
CHANNELS: dict[str, Message] = {
    "web": _("channel_web", default="On the website"),
    "rest": _("channel_rest", default="Through another program"),
    "desk": _("channel_desk", default="At the desk"),
    "paper": _("channel_paper", default="On paper"),
}

#: What a person showed at the desk (``domain.identity.IdentityDocument``).
IDENTITY_DOCUMENTS: dict[str, Message] = {
    "identity_card": _("seen_identity_card", default="Identity card"),
    "passport": _("seen_passport", default="Passport"),
    "residence_permit": _("seen_residence_permit", default="Residence permit"),
    "other": _("identity_document_other", default="Other official document"),
}

EVENTS: dict[str, Message] = {
    "confirmed": _("event_confirmed", default="Mail address confirmed"),
    "disowned": _("event_disowned", default="Owner of the address: not ordered"),
    "address_registered": _(
        "event_address_registered", default="Address of the register entered"
    ),
    "placed": _("event_placed", default="Order placed"),
    "entered_desk": _("event_entered_desk", default="Entered at the desk"),
    "entered_paper": _("event_entered_paper", default="Entered from a paper"),
    "returned_away": _(
        "event_returned_away", default="Given back to the service: the clerk is away"
    ),
    "returned_gone": _(
        "event_returned_gone",
        default="Given back to the service: the clerk left the service",
    ),
    "escalated": _(
        "event_escalated", default="Overdue: given to the head of the service"
    ),
    "taken": _("event_taken", default="Taken"),
    "released": _("event_released", default="Given back to the service"),
    "start": _("event_start", default="Work started"),
    "ask": _("event_ask", default="Information asked for"),
    "answer": _("event_answer", default="Information received"),
    "reject": _("event_reject", default="Rejected"),
    "withdraw": _("event_withdraw", default="Withdrawn"),
    "expire": _("event_expire", default="Expired"),
    "make_ready": _("event_make_ready", default="Document ready"),
    "hand_over": _("event_hand_over", default="Posted or handed over"),
    "reopen": _("event_reopen", default="Reopened"),
    "findings_confirmed": _("event_findings", default="Confirmed against the register"),
    "relation_accepted": _("event_relation_accepted", default="Relation accepted"),
    "relation_taken_back": _(
        "event_relation_taken_back", default="Acceptance of the relation taken back"
    ),
    "act_attached": _("event_act_attached", default="Act attached"),
    "produced": _("event_produced", default="Document made"),
    "sealed": _("event_sealed", default="Document made and sealed"),
    "seal_revoked": _("event_seal_revoked", default="Seal revoked"),
    "paid": _("event_paid", default="Marked as paid"),
    "unpaid": _("event_unpaid", default="Marked as not paid"),
    "address_corrected": _("event_address_corrected", default="E-mail corrected"),
    "link_sent": _("event_link_sent", default="New link sent"),
    "birth_date_wrong": _(
        "event_birth_date_wrong", default="A wrong birth date was typed"
    ),
    "file_added": _("event_file_added", default="File received"),
    "note": _("event_note", default="Internal note"),
    "erased": _("event_erased", default="Personal data erased"),
    "scans_erased": _(
        "event_scans_erased", default="Copies of identity documents erased"
    ),
}

#: What a file of the citizen answers.
FILES: dict[str, Message] = {
    "mandate": _("file_mandate", default="Mandate"),
    "proof": _("file_proof", default="Proof"),
    "identity": _("file_identity", default="Copy of an identity document"),
    "answer": _("file_answer", default="Answer to a question"),
}

#: Why a clerk needs a whole national number (ids as in ``domain.reading``).
REVEAL_REASONS: dict[str, Message] = {
    "register": _("reveal_register", default="Find the person in the register"),
    "same_name": _("reveal_same_name", default="Two persons of the same name"),
    "mistake": _("reveal_mistake", default="The number may hold a mistake"),
    "asked": _("reveal_asked", default="The person asks about it"),
}

#: What handing over is called, by the way in which the document comes.
HAND_OVER: dict[str, Message] = {
    "post": _("action_posted", default="It was posted"),
    "counter": _("action_handed_over", default="It was handed over"),
    "email": _("action_mail", default="Mail the document"),
    "download": _("action_let_download", default="Let it be downloaded"),
}

#: Label of an action and the texts that it asks for (name of the field, label).
ACTIONS: dict[str, tuple[Message, tuple[tuple[str, Message], ...]]] = {
    "take": (_("action_take", default="Take this order"), ()),
    "release": (_("action_release", default="Give back to the service"), ()),
    "ask": (
        _("action_ask", default="Ask for information"),
        (("text", _("field_question", default="What do you need from the citizen?")),),
    ),
    "answer": (
        _("action_answer", default="Note the answer"),
        (("text", _("field_answer", default="What did the citizen answer?")),),
    ),
    "reject": (
        _("action_reject", default="Reject"),
        (
            ("motive_code", _("field_motive_code", default="Kind of reason")),
            ("motive", _("field_fact", default="Reasons in fact")),
            ("law", _("field_law", default="Reasons in law (act and article)")),
        ),
    ),
    "withdraw": (
        _("action_withdraw", default="Withdraw at the citizen's wish"),
        (("text", _("field_withdraw", default="How did the citizen say so?")),),
    ),
    "expire": (_("action_expire", default="Close as expired"), ()),
    "produce": (_("action_produce", default="Make the document"), ()),
    "seal": (_("action_seal", default="Make and seal the document"), ()),
    "make_ready": (_("action_make_ready", default="Mark as ready"), ()),
    "hand_over": (
        _("action_hand_over", default="Posted or handed over"),
        (
            (
                "identity_document",
                _("field_identity_document", default="Identity document shown"),
            ),
        ),
    ),
    "reopen": (
        _("action_reopen", default="Reopen"),
        (("reason", _("field_reason", default="Why is it reopened?")),),
    ),
    "correct_address": (
        _("action_correct_address", default="Correct and send a new link"),
        (("email", _("field_new_email", default="The right e-mail address")),),
    ),
    "send_link": (_("action_send_link", default="Send a new link"), ()),
    "note": (
        _("action_note", default="Add an internal note"),
        (("text", _("field_note", default="Note (no citizen sees it)")),),
    ),
    "pay": (_("action_pay", default="Mark as paid"), ()),
    "unpay": (_("action_unpay", default="Mark as not paid"), ()),
}

#: What making the document is called where a sealed one can be made, and whether one
#: that counts was made before.
MAKE: dict[tuple[str, bool], Message] = {
    ("produce", False): _(
        "action_produce_unsealed", default="Make the document without a seal"
    ),
    ("produce", True): _(
        "action_produce_again",
        default="Make the document without a seal, and revoke the sealed one",
    ),
    ("seal", True): _(
        "action_seal_again", default="Make and seal it anew, and replace the first one"
    ),
}
