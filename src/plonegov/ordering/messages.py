"""The texts of ordering's errors: what is wrong, and what would be right."""

from collections.abc import Mapping
from plonegov.core.interfaces import IErrorTexts
from plonegov.ordering import _
from zope.i18nmessageid import Message
from zope.interface import implementer


#: Faults of a single value, beside those that core knows.
VALUE_TEXTS: Mapping[str, Message] = {
    "birth_date_differs": _(
        "error_birth_date_differs",
        default="This number belongs to another birth date; check both.",
    ),
    "answer_type_refused": _(
        "error_answer_type_refused", default="An answer of this kind is not expected."
    ),
    "answer_refused": _(
        "error_answer_refused", default="This answer is not right for the question."
    ),
    "document_differs": _(
        "error_document_differs",
        default="The order is for another document than its address says.",
    ),
    "identity_on_paper": _(
        "error_identity_on_paper",
        default="A paper shows nobody: choose “At the desk”, or no identity document.",
    ),
    "received_at_desk": _(
        "error_received_at_desk",
        default="An order at the desk is of today: choose “On paper”, or leave the day "
        "empty.",
    ),
}

#: Faults of what an editor types about a form's questions.
FORM_TEXTS: Mapping[str, Message] = {
    "too_few_choices": _(
        "error_too_few_choices", default="Give at least ${least} choices, please."
    ),
    "choice_twice": _(
        "error_choice_twice", default="This choice stands in the list already."
    ),
    "question_unknown": _(
        "error_question_unknown", default="The form has no such question (any more)."
    ),
    "question_not_own": _(
        "error_question_not_own",
        default="This question comes from the catalogue. You can change its words, "
        "but not its place, and you can't remove it.",
    ),
    "questions_full": _(
        "error_questions_full",
        default="The form asks ${limit} questions already; that is the most.",
    ),
    "nothing_to_publish": _(
        "error_nothing_to_publish",
        default="Nothing waits to be published: it was published or dropped meanwhile.",
    ),
    "edition_changed": _(
        "error_edition_changed",
        default="Somebody changed the questions since this page was shown. Nothing "
        "was published. Look at the difference again, please.",
    ),
    "version_unknown": _(
        "error_version_unknown", default="There is no such version of the questions."
    ),
    "form_changed": _(
        "error_form_changed",
        default="The municipality changed these questions after you answered them. "
        "Nothing was sent; please look at them again.",
    ),
}

#: Faults of what the clerk confirms.
FINDING_TEXTS: Mapping[str, Message] = {
    "number_invalid": _("error_number_invalid", default="Write digits only."),
    "rows_invalid": _("error_rows_invalid", default="A table of rows is expected."),
    "too_many_rows": _("error_too_many_rows", default="At most ${limit} rows, please."),
}

#: Faults of files.
FILE_TEXTS: Mapping[str, Message] = {
    "too_many_files": _(
        "error_too_many_files", default="At most ${limit} files, please."
    ),
    "file_empty": _("error_file_empty", default="This file is empty."),
    "file_not_pdf": _(
        "error_file_not_pdf",
        default="Attach the act as the register gave it: a PDF file.",
    ),
    "file_too_large": _(
        "error_file_too_large", default="A file has at most ${limit} MB."
    ),
    "storage_full": _(
        "error_storage_full",
        default="The municipality has no room left for files at the moment. Please "
        "send the order without this file, or hand the paper in at the desk.",
    ),
    "file_type_refused": _(
        "error_file_type_refused",
        default="Only a PDF or a photo (JPEG, PNG or HEIC), please: this is another "
        "type.",
    ),
    "file_type_differs": _(
        "error_file_type_differs",
        default="The file is of another type than it says.",
    ),
    "base64_invalid": _(
        "error_base64_invalid", default="The file's data are not valid base64."
    ),
}

#: Faults of the request as a whole: who may order what, and how.
REQUEST_TEXTS: Mapping[str, Message] = {
    "relation_not_entitled": _(
        "error_relation_not_entitled",
        default=(
            "In this capacity the document cannot be ordered online; come to the desk "
            "with a written, signed request."
        ),
    ),
    "minor_needs_representative": _(
        "error_minor_needs_representative",
        default="For a minor, only a parent or guardian may order.",
    ),
    "relation_refused": _(
        "error_relation_refused", default="${reason} Legal source: ${law}."
    ),
    "person_refused": _(
        "error_person_refused", default="${reason} Legal source: ${law}."
    ),
    "act_refused": _("error_act_refused", default="${reason} Legal source: ${law}."),
    "heir_of_deceased_only": _(
        "error_heir_of_deceased_only",
        default="Only a person who has died has heirs: state that, or choose again.",
    ),
    "subject_is_applicant": _(
        "error_subject_is_applicant",
        default="Both numbers are the same: choose “Myself”.",
    ),
    "subject_differs": _(
        "error_subject_differs",
        default="You said that the document is about you, but this is different.",
    ),
    "applicant_is_minor": _(
        "error_applicant_is_minor",
        default="You must be 18 to order; a parent or guardian can order for you.",
    ),
    "deceased_not_allowed": _(
        "error_deceased_not_allowed",
        default="This document is issued about living persons only.",
    ),
    "minor_by_birth_date": _(
        "error_minor_by_birth_date",
        default="By the birth date this person is of age.",
    ),
    "email_required": _(
        "error_email_required",
        default="For this document we need your e-mail address.",
    ),
    "email_missing": _(
        "error_email_missing",
        default="To send it by e-mail we need your e-mail address.",
    ),
    "address_missing": _(
        "error_address_missing",
        default="To send it by post we need your address.",
    ),
    "copies_out_of_range": _(
        "error_copies_out_of_range", default="From 1 to ${most} copies, please."
    ),
    "delivery_not_offered": _(
        "error_delivery_not_offered",
        default="This document is not delivered in that way; choose one of: ${allowed}.",
    ),
    "delivery_needs_identity": _(
        "error_delivery_needs_identity",
        default="By mail or as a download this document comes only to who has shown who "
        "he or she is: choose the post or the desk.",
    ),
    "email_blocked": _(
        "error_email_blocked",
        default="Nothing can be ordered with this mail address for the moment: its owner "
        "told us that orders were not his or hers. Leave it out, or come to the desk.",
    ),
    "draft_mail_blocked": _(
        "error_draft_mail_blocked",
        default="We send nothing to this mail address for the moment: its owner told us "
        "that it was not he or she who ordered. Give another one, please.",
    ),
    "mandate_missing": _(
        "error_mandate_missing",
        default="Attach the signed power of attorney, please.",
    ),
}

#: Errors that are no fault of one value.
RULE_TEXTS: Mapping[str, Message] = {
    "document_unknown": _(
        "error_document_unknown", default="The town issues no such document."
    ),
    "document_retired": _(
        "error_document_retired", default="This document is no longer issued."
    ),
    "reference_invalid": _(
        "error_reference_invalid",
        default="This is no reference of an order: check its 11 characters.",
    ),
    "registered_address_missing": _(
        "error_registered_address_missing",
        default="Enter the address that the register gives: without a surer identity "
        "the document is posted to no other.",
    ),
    "identity_not_reached": _(
        "error_identity_not_reached",
        default="The applicant has not shown who he or she is: this document can't be "
        "mailed or downloaded. Post it to the registered address, or hand it over at "
        "the desk.",
    ),
    "differs_from_identity": _(
        "error_differs_from_identity",
        default="This is not what your proof of identity says. Leave it out: it is taken "
        "from there.",
    ),
    "identity_document_missing": _(
        "error_identity_document_missing",
        default="Say which identity document was shown at the desk.",
    ),
    "remedies_unknown": _(
        "error_remedies_unknown",
        default="No text on remedies is known for this country.",
    ),
    "order_changed": _(
        "error_order_changed",
        default="This order was changed after you opened it. Look at what was done, "
        "then decide again.",
    ),
    "transition_refused": _(
        "error_transition_refused", default="This step is not possible now."
    ),
    "motive_missing": _(
        "error_motive_missing",
        default="A rejection needs its reasons in fact and in law.",
    ),
    "motive_unknown": _(
        "error_motive_unknown", default="Choose a kind of reason from the list."
    ),
    "question_missing": _("error_question_missing", default="Write the question."),
    "reason_missing": _("error_reason_missing", default="Write the reason."),
    "text_too_long": _(
        "error_text_too_long", default="At most ${limit} characters, please."
    ),
    "relation_not_checked": _(
        "error_relation_not_checked",
        default="Accept first what shows the applicant's relation to the person.",
    ),
    "proof_not_named": _("error_proof_not_named", default="Choose what you saw."),
    "basis_missing": _(
        "error_basis_missing", default="Write the legal basis: the act and the article."
    ),
    "address_protection_not_checked": _(
        "error_address_protection_not_checked",
        default="Check first that no address is protected, and tick it.",
    ),
    "finding_missing": _(
        "error_finding_missing",
        default="The certificate can't be drawn up: ${finding} is not confirmed yet.",
    ),
    "finding_unknown": _(
        "error_finding_unknown",
        default="The certificate can't be drawn up: it has no place for ${finding}.",
    ),
    "findings_not_confirmed": _(
        "error_findings_not_confirmed",
        default="Confirm the findings against the register first.",
    ),
    "document_not_issued": _(
        "error_document_not_issued", default="Produce the document first."
    ),
    "act_not_attached": _(
        "error_act_not_attached",
        default="Attach the act from the register first.",
    ),
    "act_not_sealed": _(
        "error_act_not_sealed",
        default="An act leaves the town as its register made it: it gets no seal.",
    ),
    "clerk_away": _(
        "error_clerk_away",
        default="You said that you are away until ${last}: change that first.",
    ),
    "order_anonymised": _(
        "error_order_anonymised",
        default="The time of this order is over: its personal data are erased. Nothing "
        "can be changed any more.",
    ),
    "direct_order_refused": _(
        "error_direct_order_refused",
        default="Orders are made step by step, from the document's page.",
    ),
    "draft_gone": _(
        "error_draft_gone",
        default="Your answers were kept for a day and are gone; begin anew, please.",
    ),
    "draft_changed": _(
        "error_draft_changed",
        default="The order was changed on another page; check it again, please.",
    ),
    "idempotency_conflict": _(
        "error_idempotency_conflict",
        default="This Idempotency-Key belongs to another order.",
    ),
    "idempotency_key_invalid": _(
        "error_idempotency_key_invalid", default="The Idempotency-Key must be a UUID."
    ),
    "no_mail_address": _(
        "error_no_mail_address",
        default="This order has no e-mail address: enter one first.",
    ),
    "reveal_reason_missing": _(
        "error_reveal_reason_missing",
        default="Choose why you need the number; the citizen can read it.",
    ),
    "counter_id_taken": _(
        "error_counter_id_taken",
        default="Something that is no counter stands at the address “${id}”.",
    ),
}

ERROR_TEXTS: Mapping[str, Message] = {
    **VALUE_TEXTS,
    **FORM_TEXTS,
    **FINDING_TEXTS,
    **FILE_TEXTS,
    **REQUEST_TEXTS,
    **RULE_TEXTS,
}


@implementer(IErrorTexts)
class ErrorTexts:
    """The texts of ordering's codes."""

    def get(self, code: str) -> Message | None:
        """Return the text of a code, None when it is not ordering's."""
        return ERROR_TEXTS.get(code)
