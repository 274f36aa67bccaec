"""The errors of deliberations, named after the rule that was broken."""

from plonegov.core.errors import PlonegovError


class RuleSetUnknown(PlonegovError):
    """The suite has no rule set with this id."""

    code = "rule_set_unknown"
    status = 404


class NoRuleInForce(PlonegovError):
    """The rule set says nothing on this subject for this day or this case."""

    code = "no_rule_in_force"
    status = 422


class RuleBroken(PlonegovError):
    """Base of the rules of law on meetings and votes."""

    code = "rule_broken"
    status = 422


class QuorumNotReached(RuleBroken):
    """Too few members are present in person: the item can't be decided."""

    code = "quorum_not_reached"


class ConvocationTooLate(RuleBroken):
    """There are too few clear days between the call and the sitting."""

    code = "convocation_too_late"


class ConvocationIncomplete(RuleBroken):
    """The call lacks something that the law wants in it."""

    code = "convocation_incomplete"


class NotesMissing(RuleBroken):
    """The law wants a note or a draft of each item with the call."""

    code = "notes_missing"


class CallTooEarly(RuleBroken):
    """A further call follows a sitting that lacked its quorum, never precedes it."""

    code = "call_too_early"


class LateItemTooLate(RuleBroken):
    """A councillor's item came too late to be added to the agenda."""

    code = "late_item_too_late"


class LateItemNotAllowed(RuleBroken):
    """This person may not add an item to the agenda, or not without a note."""

    code = "late_item_not_allowed"


class ItemNotListed(RuleBroken):
    """What is not on the agenda can't be decided, urgent or not."""

    code = "item_not_listed"


class TooManyVotes(RuleBroken):
    """There are more votes than members who may vote."""

    code = "too_many_votes"


class MemberVotesTwice(RuleBroken):
    """One member has two votes in the same ballot."""

    code = "member_votes_twice"


class MemberNotEntitled(RuleBroken):
    """Somebody who is absent, barred by an interest or no member takes no part."""

    code = "member_not_entitled"


class BallotMustBeSecret(RuleBroken):
    """The law, or enough members, want a secret ballot."""

    code = "ballot_must_be_secret"


class BallotMustBePublic(RuleBroken):
    """A secret ballot needs a ground in the law."""

    code = "ballot_must_be_public"


class BallotMustBeNamed(RuleBroken):
    """Enough members asked for a vote by name."""

    code = "ballot_must_be_named"


class ProxyNotAllowed(RuleBroken):
    """The law does not let this member vote in the other's name."""

    code = "proxy_not_allowed"


class CandidateNotListed(RuleBroken):
    """A vote was counted for somebody who does not stand in this round."""

    code = "candidate_not_listed"


class PartsNotVoted(RuleBroken):
    """The parts whose separate vote was asked for come before the vote on the whole."""

    code = "parts_not_voted"


class RemoteNotAllowed(RuleBroken):
    """The law wants the members in the room."""

    code = "remote_not_allowed"


class SessionVoteMissing(RuleBroken):
    """The law leaves it to a vote whether the public is kept out."""

    code = "session_vote_missing"


class ClosedSessionNotAllowed(RuleBroken):
    """The item is discussed in public."""

    code = "closed_session_not_allowed"
