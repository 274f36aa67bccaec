"""The texts of what may be wrong with a typed value."""

from plonegov.core import _
from zope.i18nmessageid import Message


TYPED_TEXTS: dict[str, Message] = {
    "too_long": _("error_too_long", default="At most ${limit} characters, please."),
    "control_characters": _(
        "error_control_characters",
        default="This text holds invisible control characters; type it anew, please.",
    ),
    "name_without_letter": _(
        "error_name_without_letter", default="A name holds at least one letter."
    ),
    "date_invalid": _(
        "error_date_invalid",
        default="There is no such day; write year, month and day, e.g. 1985-07-30.",
    ),
    "date_too_late": _("error_date_too_late", default="At the latest ${latest}."),
    "date_too_early": _("error_date_too_early", default="At the earliest ${earliest}."),
    "unknown_choice": _("error_unknown_choice", default="Choose one of: ${allowed}."),
    "unknown_key": _("error_unknown_key", default="Nothing of this name is expected."),
    "object_expected": _(
        "error_object_expected", default="An object with named values is expected."
    ),
    "list_expected": _("error_list_expected", default="A list is expected."),
    "text_expected": _("error_text_expected", default="A text is expected."),
    "boolean_expected": _(
        "error_boolean_expected", default="Only true or false is expected."
    ),
    "whole_number_expected": _(
        "error_whole_number_expected", default="Write a whole number, e.g. 1."
    ),
    "number_too_small": _("error_number_too_small", default="At least ${least}."),
    "number_too_large": _("error_number_too_large", default="At most ${most}."),
    "too_many_values": _(
        "error_too_many_values", default="At most ${limit} values, please."
    ),
}
