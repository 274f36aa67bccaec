"""Why a step in the life of an item, a meeting or an advice is refused."""

from plonegov.core.errors import PlonegovError


class StepRefused(PlonegovError):
    """A rule of a transition does not hold."""

    code = "step_refused"
    status = 409


class ReasonMissing(StepRefused):
    """The step needs a reason."""

    code = "step_reason_missing"
    status = 400


class TextTooLong(StepRefused):
    """A reason is longer than anybody reads."""

    code = "step_text_too_long"
    status = 400


class TitleMissing(StepRefused):
    """An item needs a title before it is handed in."""

    code = "title_missing"


class ItemChanged(StepRefused):
    """Somebody else wrote in the item meanwhile: ``who`` (an account) and ``when`` (ISO),
    ``serial`` is its count of changes now."""

    code = "item_changed"


class DecisionMissing(StepRefused):
    """An item has no text of a decision."""

    code = "decision_missing"


class AdviceMissing(StepRefused):
    """An advice that a rule asks for is not given, and its time is not over."""

    code = "advice_missing"


class MeetingMissing(StepRefused):
    """The item stands on no agenda, or no meeting is named."""

    code = "meeting_missing"


class MeetingTakesNoItems(StepRefused):
    """The meeting is decided, closed or cancelled."""

    code = "meeting_takes_no_items"


class MeetingOfAnotherBody(StepRefused):
    """The item is for another body."""

    code = "meeting_of_another_body"


class MeetingNotConvened(StepRefused):
    """Councillors add items to the agenda of a meeting that is convened, before it sits."""

    code = "meeting_not_convened"


class MeetingNotFrozen(StepRefused):
    """The agenda of the item's meeting is not fixed yet."""

    code = "meeting_not_frozen"


class MeetingFrozen(StepRefused):
    """The agenda of the meeting is fixed."""

    code = "meeting_frozen"


class MeetingNotSitting(StepRefused):
    """Items are decided while their meeting sits."""

    code = "meeting_not_sitting"


class NotDecided(StepRefused):
    """The item has no number of the register: nothing was decided on it yet."""

    code = "not_decided"


class DecisionRegistered(StepRefused):
    """The decision has its number in the register: what it says and what is annexed to it
    change by a rectification only."""

    code = "decision_registered"


class SittingWentOn(StepRefused):
    """The item was voted on, decided or changed by somebody else meanwhile."""

    code = "sitting_went_on"


class SittingEnded(StepRefused):
    """The sitting was ended already; nothing is done twice."""

    code = "sitting_ended"


class MeetingDecided(StepRefused):
    """The meeting is over: what was decided stays."""

    code = "meeting_decided"


class ResultAgainst(StepRefused):
    """The result of the vote says otherwise."""

    code = "result_against"


class UrgencyMissing(StepRefused):
    """An unlisted item needs the vote on its urgency."""

    code = "urgency_missing"


class NotRemotely(StepRefused):
    """The law wants the members in the room for some of the items."""

    code = "not_remotely"


class NotTheDay(StepRefused):
    """The day of the meeting has not come."""

    code = "not_the_day"


class ChairMissing(StepRefused):
    """Who presides and who keeps the minutes must be named."""

    code = "chair_missing"


class SittingOpen(StepRefused):
    """Something of the sitting is still open; ``points`` says what."""

    code = "sitting_open"


class MinutesNotApproved(StepRefused):
    """A meeting is closed when its minutes are approved."""

    code = "minutes_not_approved"


class MinutesNotInOrder(StepRefused):
    """The minutes are not at this point: drafted, submitted, approved, signed, published
    follow one another."""

    code = "minutes_not_in_order"


class MinutesChanged(StepRefused):
    """The minutes were changed by somebody else meanwhile."""

    code = "minutes_changed"


class SectionUnknown(StepRefused):
    """The minutes have no such section (any more)."""

    code = "section_unknown"
    status = 404


class SignatoryMissing(StepRefused):
    """Nobody signs, or who signs does not hold the office on that day."""

    code = "signatory_missing"


class ItemNotPublic(StepRefused):
    """The item belongs to the closed session."""

    code = "item_not_public"


class ItemWithdrawn(StepRefused):
    """The item was withdrawn: nothing of it is decided, now or later."""

    code = "item_withdrawn"


class BodyNotPublic(StepRefused):
    """The public reads nothing of the body."""

    code = "body_not_public"


class NotYetPublic(StepRefused):
    """The meeting of the item is not convened yet."""

    code = "not_yet_public"


class PublicTextMissing(StepRefused):
    """An item needs a public title and a public text of its own."""

    code = "public_text_missing"


class CopyInUse(StepRefused):
    """The copy of a postponed item went on: two of it would live."""

    code = "copy_in_use"


class NotSentOn(StepRefused):
    """An item goes to another body once it is accepted for an agenda, or was adopted."""

    code = "not_sent_on"


class GoesOnAlready(StepRefused):
    """The item goes on as a copy already; ``copy`` is its key."""

    code = "goes_on_already"


class WholeVoted(StepRefused):
    """The whole of an item was voted on: its parts come before."""

    code = "whole_voted"


class ElectionUnfinished(StepRefused):
    """An election has seats left and a further round to come."""

    code = "election_unfinished"


class ElectionOver(StepRefused):
    """An election has no further round."""

    code = "election_over"


class RoundFollowed(StepRefused):
    """A later round of an election rests on this one."""

    code = "round_followed"


class AgendaNotEmpty(StepRefused):
    """A meeting with items can't be cancelled: they would be lost."""

    code = "agenda_not_empty"


class MeetingConvened(StepRefused):
    """The members were called to this day: it does not change behind their back."""

    code = "meeting_convened"


class AgendaChanged(StepRefused):
    """The agenda was changed by somebody else meanwhile."""

    code = "agenda_changed"


class ClosedSessionFirst(StepRefused):
    """The closed session comes after the open one, except in disciplinary matters
    (CDLD, article L1122-22)."""

    code = "closed_session_first"


class SessionClosed(StepRefused):
    """The sitting goes on without the public already."""

    code = "session_closed"


class SessionNotClosed(StepRefused):
    """The public is there already."""

    code = "session_not_closed"


class NotOnAgenda(StepRefused):
    """The agenda has no such row."""

    code = "not_on_agenda"


class AdviceTextMissing(StepRefused):
    """An advice that is not simply favourable needs its reasons."""

    code = "advice_text_missing"


class AdviceUnknown(StepRefused):
    """There is no such kind of advice."""

    code = "advice_unknown"


class AdviceByRule(StepRefused):
    """A rule asks for the advice: it can't be called off."""

    code = "advice_by_rule"


class DeliberationsIdTaken(PlonegovError):
    """Something else stands at the address of the town's deliberations."""

    code = "deliberations_id_taken"
    status = 409


class CallNotOpen(StepRefused):
    """Members are called, and the proof of it kept, while their meeting is convened."""

    code = "call_not_open"


class NothingRegistered(StepRefused):
    """No decision of the meeting has a number of the register yet."""

    code = "nothing_registered"


class AnnexRefused(StepRefused):
    """A file can't be cleaned, so that the public gets no copy of it; its ``code`` is a
    ``domain.cleaning.Trouble``."""

    code = "annex_unreadable"
    status = 422


class AnnexNotPublishable(StepRefused):
    """An annex is confidential, or nobody said that it may be published."""

    code = "annex_not_publishable"


class PublicationWithdrawn(PlonegovError):
    """What stood here was withdrawn from the public."""

    code = "publication_withdrawn"
    status = 410
