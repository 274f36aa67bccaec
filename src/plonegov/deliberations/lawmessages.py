"""The texts of the rules of law that may be broken: what is wrong, and what is right."""

from collections.abc import Mapping
from plonegov.deliberations import _
from zope.i18nmessageid import Message


#: Rules of law that are broken.
LAW_TEXTS: Mapping[str, Message] = {
    "rule_set_unknown": _(
        "error_rule_set_unknown", default="No rules are known under ${rules}."
    ),
    "no_rule_in_force": _(
        "error_no_rule_in_force",
        default="The rules of this body say nothing on this for that day (${subject}).",
    ),
    "rule_broken": _("error_rule_broken", default="The law does not allow this."),
    "quorum_not_reached": _(
        "error_quorum_not_reached",
        default="Too few members are in the room (${present}): nothing can be decided.",
    ),
    "convocation_too_late": _(
        "error_convocation_too_late",
        default="${given} clear days are too few: the law asks for ${needed}. The last "
        "day was ${latest}. Choose a later day, or record the urgency with its reason.",
    ),
    "convocation_incomplete": _(
        "error_convocation_incomplete",
        default="The convocation lacks something that the law wants in it (${missing}).",
    ),
    "notes_missing": _(
        "error_notes_missing",
        default="The law wants an explanation or a draft of each item with the "
        "convocation. These have neither text nor annex: ${items}.",
    ),
    "call_too_early": _(
        "error_call_too_early",
        default="A further call follows the sitting that lacked its quorum (${failed}).",
    ),
    "late_item_too_late": _(
        "error_late_item_too_late",
        default="A councillor's item had to come by ${latest}.",
    ),
    "late_item_not_allowed": _(
        "error_late_item_not_allowed",
        default="A councillor adds an item with a note that explains it; members of the "
        "college do not.",
    ),
    "item_not_listed": _(
        "error_item_not_listed",
        default="What is not on the agenda waits for the next meeting.",
    ),
    "too_many_votes": _(
        "error_too_many_votes",
        default="There are ${votes} votes, but only ${allowed} may vote: count again.",
    ),
    "member_votes_twice": _(
        "error_member_votes_twice", default="A member is counted twice: ${member}."
    ),
    "member_not_entitled": _(
        "error_member_not_entitled",
        default="This member takes no part in the vote: absent, barred or not in office.",
    ),
    "ballot_must_be_secret": _(
        "error_ballot_must_be_secret",
        default="This is voted on in secret: enter only how many papers there were.",
    ),
    "ballot_must_be_public": _(
        "error_ballot_must_be_public",
        default="This is voted on in public, unless the law or enough members want it "
        "in secret.",
    ),
    "ballot_must_be_named": _(
        "error_ballot_must_be_named",
        default="Enough members asked for a vote by name: enter how each voted.",
    ),
    "proxy_not_allowed": _(
        "error_proxy_not_allowed",
        default="The law does not let this member vote in the other's name.",
    ),
    "candidate_not_listed": _(
        "error_candidate_not_listed",
        default="A vote was counted for somebody who does not stand in this round.",
    ),
    "parts_not_voted": _(
        "error_parts_not_voted",
        default="Vote first on the parts for which a separate vote was asked: "
        "${parts}.",
    ),
    "remote_not_allowed": _(
        "error_remote_not_allowed", default="The law wants the members in the room."
    ),
    "session_vote_missing": _(
        "error_session_vote_missing",
        default="The law leaves it to the members whether the public is kept out: enter "
        "their vote at the item.",
    ),
    "closed_session_not_allowed": _(
        "error_closed_session_not_allowed",
        default="This is dealt with in public, or only after the public part.",
    ),
}
