"""The texts of what can go wrong with seals, their verification and signing in."""

from collections.abc import Mapping
from plonegov.certification import _
from plonegov.core.interfaces import IErrorTexts
from zope.i18nmessageid import Message
from zope.interface import implementer


SETTINGS_WRONG = _(
    "error_settings_wrong",
    default="${file}: ${key} is ${found}; allowed: ${allowed}.",
)
ERROR_TEXTS: Mapping[str, Message] = {
    "base64_missing": _(
        "error_base64_missing", default="Send the PDF as text in base64."
    ),
    "verified_file_missing": _(
        "error_verified_file_missing", default="Choose the PDF that you received."
    ),
    "verified_file_too_large": _(
        "error_verified_file_too_large",
        default="The file is too large: at most ${most} MB can be checked.",
    ),
    "examiner_busy": _(
        "error_examiner_busy",
        default="Another file is being checked. Please send yours again in a moment.",
    ),
    "verified_code_missing": _(
        "error_verified_code_missing",
        default="Write the code that stands beside the seal.",
    ),
    "sign_in_over": _(
        "error_sign_in_over",
        default="This sign-in was not finished in time, was used already or was begun "
        "in another browser. Begin again, please.",
    ),
    "sign_in_way_unknown": _(
        "error_sign_in_way_unknown",
        default="One can't sign in here in this way.",
    ),
    "sign_in_away": _(
        "error_sign_in_away",
        default="Who you are can't be checked at this moment. Please try again later, "
        "or go on without it.",
    ),
    "sign_in_card_missing": _(
        "error_card_missing",
        default="No identity card was read.",
    ),
    "sign_in_card_signature": _(
        "error_card_signature",
        default="You chose the card's certificate for signing papers. Close the "
        "browser, begin again and choose the one whose name ends with (Authentication).",
    ),
    "sign_in_card_kind": _(
        "error_card_kind",
        default="The certificate that you chose is not that of an identity card. Close "
        "the browser, begin again and choose the one whose name ends with "
        "(Authentication).",
    ),
    "sign_in_card_authority": _(
        "error_card_authority",
        default="The town does not know who issued the certificate that you chose, so "
        "that it proves nothing here.",
    ),
    "sign_in_card_early": _(
        "error_card_early",
        default="The certificate on your card does not count yet. If the clock of your "
        "computer is right, ask the town's population office.",
    ),
    "sign_in_card_expired": _(
        "error_card_expired",
        default="The certificate on your card has expired. The town's population office "
        "renews it.",
    ),
    "sign_in_card_revoked": _(
        "error_card_revoked",
        default="The certificate on your card was revoked or suspended, as it is when a "
        "card is reported lost. If you have the card, ask the town's population office.",
    ),
    "sign_in_card_subject": _(
        "error_card_subject",
        default="The certificate that you chose holds no name and Belgian national "
        "number that can be read.",
    ),
    "sign_in_card_forged": _(
        "error_card_forged",
        default="The card did not come by the way that the town uses for it. Begin "
        "again; if that does not help, tell the town.",
    ),
    "sign_in_cancelled": _(
        "error_sign_in_cancelled",
        default="You stopped before it was finished. Nothing is lost: begin again, or "
        "go on without it.",
    ),
    "sign_in_provider_error": _(
        "error_sign_in_provider_error",
        default="The service that checks who you are could not do it this time. Begin "
        "again, please, or go on without it.",
    ),
    "sign_in_answer_wrong": _(
        "error_sign_in_answer_wrong",
        default="The answer of the service that checks who you are can't be trusted, "
        "so nothing of it was kept. Begin again, please; if it happens again, tell the "
        "town.",
    ),
    "sign_in_level_low": _(
        "error_sign_in_level_low",
        default="The town must be surer of who you are than this proof makes it. Begin "
        "again with your identity card, for example.",
    ),
    "sign_in_claims_wrong": _(
        "error_sign_in_claims_wrong",
        default="The service that checks who you are did not say enough about you: your "
        "name, and your number or birth date. Come to the counter, please, or go on "
        "without it.",
    ),
    "sign_in_number_wrong": _(
        "error_sign_in_number_wrong",
        default="The identity number that came with your proof is not a right one. "
        "Come to the counter, please, or go on without it.",
    ),
    "settings_wrong": SETTINGS_WRONG,
    "verified_code_mistyped": _(
        "error_verified_code_mistyped",
        default="No document of the town has such a code. Compare its 20 letters and "
        "digits with the paper.",
    ),
    "authority_unavailable": _(
        "error_authority_unavailable",
        default="An authority gave no answer that can be used (${reason}).",
    ),
    "proofs_refused": _(
        "error_proofs_refused",
        default="The proofs of a seal are not valid (${reason}).",
    ),
}


@implementer(IErrorTexts)
class ErrorTexts:
    """The texts of the codes of certification."""

    def get(self, code: str) -> Message | None:
        """Return the text of a code, None when it is not one of certification."""
        return ERROR_TEXTS.get(code)
