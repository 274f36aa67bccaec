"""The errors of ordering, named after the rule that was broken."""

from plonegov.core.errors import PlonegovError
from plonegov.core.errors import RecordNotFound


class DocumentUnknown(PlonegovError):
    """The town issues no document with this id."""

    code = "document_unknown"
    status = 404


class DocumentRetired(PlonegovError):
    """The town issued this document, but does no more."""

    code = "document_retired"
    status = 410


class ReferenceInvalid(RecordNotFound):
    """The text is no reference of an order: length, alphabet or check character."""

    code = "reference_invalid"


class RemediesUnknown(PlonegovError):
    """The suite knows no text on remedies for the country."""

    code = "remedies_unknown"
    status = 500


class OrderChanged(PlonegovError):
    """Somebody did something with the order since the asker looked at it."""

    code = "order_changed"
    status = 409


class TransitionRefused(PlonegovError):
    """Base of the rules that hold at an order's transitions."""

    code = "transition_refused"
    status = 422


class MotiveMissing(TransitionRefused):
    """A rejection needs its reasons, in fact and in law
    (BE: law of 29-07-1991, art. 2 and 3)."""

    code = "motive_missing"


class MotiveUnknown(TransitionRefused):
    """The kind of a rejection's reason is none of ``domain.motives``."""

    code = "motive_unknown"


class QuestionMissing(TransitionRefused):
    """Asking the citizen needs a question."""

    code = "question_missing"


class ReasonMissing(TransitionRefused):
    """Reopening an order needs a reason."""

    code = "reason_missing"


class TextExpected(TransitionRefused):
    """What is given with a transition as a text is none."""

    code = "text_expected"


class TextTooLong(TransitionRefused):
    """A text given with a transition is longer than it may be."""

    code = "text_too_long"


class RelationNotChecked(TransitionRefused):
    """No clerk has accepted a proof of what the applicant is to the person."""

    code = "relation_not_checked"


class AddressProtectionNotChecked(TransitionRefused):
    """The clerk has not ticked that no address protection stands in the way."""

    code = "address_protection_not_checked"


class FindingsNotConfirmed(TransitionRefused):
    """A certificate states only what the clerk confirmed against the register."""

    code = "findings_not_confirmed"


class DocumentNotIssued(TransitionRefused):
    """There is no document to hand over yet."""

    code = "document_not_issued"


class RegisteredAddressMissing(TransitionRefused):
    """The town is not sure enough of the applicant to post a document anywhere but to
    the address that the register gives."""

    code = "registered_address_missing"


class IdentityNotReached(TransitionRefused):
    """The town is not sure enough of the applicant to mail a document or to let it be
    downloaded."""

    code = "identity_not_reached"


class IdentityDocumentMissing(TransitionRefused):
    """A document is handed over at the desk against an identity document only."""

    code = "identity_document_missing"


class ActNotAttached(TransitionRefused):
    """The act from the register is not attached yet."""

    code = "act_not_attached"


class ActNotSealed(PlonegovError):
    """An act leaves the town as its register made it: nothing is put on it."""

    code = "act_not_sealed"
    status = 409


class ClerkAway(PlonegovError):
    """Who is away takes no order: it would be given back at once."""

    code = "clerk_away"
    status = 409


class OrderAnonymised(TransitionRefused):
    """The order's personal data were erased: it can't be taken up again."""

    code = "order_anonymised"


class DirectOrderRefused(PlonegovError):
    """An order is made by the counter's form only, never by the questions' own form."""

    code = "direct_order_refused"
    status = 403


class AddressMissing(PlonegovError):
    """A link can't be mailed without an address."""

    code = "no_mail_address"
    status = 422


class RevealReasonMissing(PlonegovError):
    """Revealing a national number needs a reason that its owner can read."""

    code = "reveal_reason_missing"
    status = 422


class CounterIdTaken(PlonegovError):
    """Something that is no counter stands at the counter's address."""

    code = "counter_id_taken"
    status = 409


class QuestionUnknown(PlonegovError):
    """The form has no question with this id."""

    code = "question_unknown"
    status = 404


class QuestionNotOwn(PlonegovError):
    """A catalogue question may be reworded, but not retyped, moved or removed: a
    finding or the law may rest on it."""

    code = "question_not_own"
    status = 403


class QuestionsFull(PlonegovError):
    """The form holds as many questions as citizens can be asked."""

    code = "questions_full"
    status = 422


class NothingToPublish(PlonegovError):
    """No change of the form waits to be published."""

    code = "nothing_to_publish"
    status = 409


class EditionChanged(PlonegovError):
    """The pending version changed since it was shown: publish what one has seen."""

    code = "edition_changed"
    status = 409


class VersionUnknown(PlonegovError):
    """The form had no such published version."""

    code = "version_unknown"
    status = 404


class FormChanged(PlonegovError):
    """The questions changed since they were answered; nothing was sent."""

    code = "form_changed"
    status = 409
