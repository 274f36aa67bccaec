"""The texts of core's error codes: each says what would have been right."""

from plonegov.core import _
from plonegov.core.identity.messages import NUMBER_TEXTS
from plonegov.core.interfaces import IErrorTexts
from plonegov.core.registers.messages import REGISTER_TEXTS
from plonegov.core.typed.messages import TYPED_TEXTS
from zope.i18nmessageid import Message
from zope.interface import implementer


ERROR_TEXTS: dict[str, Message] = {
    "error": _(
        "error_error",
        default="This could not be done. Please try again, or contact the service.",
    ),
    "invalid_input": _(
        "error_invalid_input",
        default="Some answers need your attention: each of them says what is expected.",
    ),
    "required": _("error_required", default="Please fill this in."),
    "record_not_found": _(
        "error_record_not_found",
        default="Nothing was found here. Please check the reference and the link.",
    ),
    "action_not_allowed": _(
        "error_action_not_allowed",
        default="This can only be done by the people in charge of it.",
    ),
    "emblem_refused": _(
        "error_emblem_refused",
        default="The emblem must be a plain SVG drawing, without scripts, styles or "
        "references to other files (found: ${found}).",
    ),
    "port_not_configured": _(
        "error_port_not_configured",
        default="This function (${port}) is not set up on this site. The IT staff "
        "must name one of its implementations in the settings.",
    ),
    "no_municipality": _(
        "error_no_municipality",
        default="This site has no municipality. The IT staff must apply one to it.",
    ),
    "key_file_exposed": _(
        "error_key_file_exposed",
        default="The municipality's keys are refused, because other accounts of the "
        "machine may read them. The IT staff must set mode 0700 on their folder and "
        "0600 on the files.",
    ),
    "key_missing": _(
        "error_key_missing",
        default="A key of the municipality is not on this machine. The IT staff must "
        "restore it from the backup of the keys.",
    ),
    "key_file_damaged": _(
        "error_key_file_damaged",
        default="A key of the municipality is damaged. The IT staff must restore it "
        "from the backup of the keys.",
    ),
    "key_unknown": _(
        "error_key_unknown",
        default="The municipality has no key ${key_id} that is in use. It has: ${known}.",
    ),
    "key_is_current": _(
        "error_key_is_current",
        default="The key ${key_id} is the current one. Make another one first: "
        "plonegov keys rotate.",
    ),
    "key_in_use": _(
        "error_key_in_use",
        default="Records still need the key ${key_id}: ${count}. Encrypt their values "
        "with the current key (plonegov keys reencrypt); the links that citizens were "
        "given need it until their orders are removed.",
    ),
    "sealed_value_damaged": _(
        "error_sealed_value_damaged",
        default="An encrypted value can't be read with its key. The IT staff must "
        "restore both from the same backup.",
    ),
    "read_log_unwritable": _(
        "error_read_log_unwritable",
        default="This can't be shown now, because reading it could not be logged. "
        "Please try again later.",
    ),
    "limit_reached": _(
        "error_limit_reached",
        default="This was done too often today from your address or connection. Please "
        "try again tomorrow, or call or visit the service.",
    ),
    "tally_unwritable": _(
        "error_tally_unwritable",
        default="This can't be taken now, because something is wrong on our side. "
        "Please try again later.",
    ),
    "media_type_not_json": _(
        "error_media_type_not_json",
        default="Send the body as JSON, with the header Content-Type: application/json.",
    ),
    "body_not_json": _(
        "error_body_not_json",
        default='The body must be a JSON object, for example {"text": "..."}.',
    ),
    "town_busy": _(
        "error_town_busy",
        default="Too many changes are being saved at this moment. Please try again in "
        "a few seconds.",
    ),
    "disk_full": _(
        "error_disk_full",
        default="The municipality's server has no room left, so nothing was saved. "
        "Please try again later.",
    ),
    "storage_away": _(
        "error_storage_away",
        default="The data can't be reached at this moment, and nothing was saved. "
        "Please try again.",
    ),
    "national_number_country": _(
        "error_national_number_country",
        default="No identity number of this country can be given here: please leave "
        "it empty.",
    ),
    "enterprise_number_country": _(
        "error_enterprise_number_country",
        default="The enterprise numbers of this country are not known here: please "
        "leave it empty.",
    ),
    "enterprise_number": _(
        "error_enterprise_number",
        default="Please give the enterprise number as the register writes it, for "
        "example ${example}: one of the digits is wrong, or there are too few or too "
        "many.",
    ),
    **NUMBER_TEXTS,
    **REGISTER_TEXTS,
    **TYPED_TEXTS,
    "country_unknown": _(
        "error_country_unknown",
        default="Please give a country by its two letters, for example BE for Belgium.",
    ),
    "postal_code": _(
        "error_postal_code",
        default="Please give a postal code of the country, for example ${example}.",
    ),
    "postal_code_other": _(
        "error_postal_code_other",
        default="A postal code has at most 10 letters and digits, for example SW1A 2AA.",
    ),
    "phone_number": _(
        "error_phone_number",
        default="Please give a telephone number with its area code, for example "
        "${example}; a number abroad begins with + and the country's code.",
    ),
    "email_address": _(
        "error_email_address",
        default="Please give an e-mail address, for example name@example.org.",
    ),
    "currency_unknown": _(
        "error_currency_unknown",
        default="A currency is given by its three letters, for example EUR.",
    ),
    "currency_mixed": _(
        "error_currency_mixed",
        default="Only amounts in the same currency (${currency}) can be added.",
    ),
    "money_amount": _(
        "error_money_amount",
        default="An amount has a point and as many decimals as its currency, for "
        "example 5.00.",
    ),
    "calendar_unknown": _(
        "error_calendar_unknown",
        default="The public holidays of this country (${country}) or region are not "
        "known; BE, for example, is Belgium.",
    ),
    "seal_area_missing": _(
        "error_seal_area_missing",
        default="This page leaves no place for the seal.",
    ),
    "seal_key_unusable": _(
        "error_seal_key_unusable",
        default="The town can't seal at the moment. The IT service can mend it "
        "(${reason}).",
    ),
    "pdf_resource_refused": _(
        "error_pdf_resource_refused",
        default="The document could not be drawn up, because a picture or style that "
        "it needs is missing or not allowed. The IT staff must look at the log.",
    ),
    "mail_address_invalid": _(
        "error_mail_address_invalid",
        default="A mail needs one e-mail address, for example name@example.org.",
    ),
    "mail_link_invalid": _(
        "error_mail_link_invalid",
        default="A mail's link must be a web address. The IT staff must look at the "
        "log.",
    ),
    "picture_unreadable": _(
        "error_picture_unreadable",
        default="We can't open this photo: it is damaged or too large. Please take it "
        "again, or save it as JPEG or PDF and choose that file.",
    ),
    "opening_hours": _(
        "error_opening_hours",
        default="Opening hours are written as in OpenStreetMap, for example "
        "Mo-Fr 09:00-12:00,13:30-16:30.",
    ),
}


@implementer(IErrorTexts)
class ErrorTexts:
    """The texts of one add-on's error codes."""

    def __init__(self, texts: dict[str, Message]) -> None:
        self.texts = texts

    def get(self, code: str) -> Message | None:
        """Return the text of a code, or None."""
        return self.texts.get(code)


error_texts = ErrorTexts(ERROR_TEXTS)
