"""The texts of what can go wrong with a register."""

from plonegov.core import _
from zope.i18nmessageid import Message


REGISTER_TEXTS: dict[str, Message] = {
    "entry_unknown": _(
        "error_entry_unknown",
        default="The register has no number ${number} in ${year}.",
    ),
    "entry_cancelled": _(
        "error_entry_cancelled",
        default="Number ${number} of ${year} was cancelled: it stays as it is.",
    ),
    "registers_changed": _(
        "error_registers_changed",
        default="A register is not what was sealed (${problems}).",
    ),
    "sealed_document_unknown": _(
        "error_sealed_document_unknown",
        default="The town sealed no document with this code.",
    ),
    "sealed_document_over": _(
        "error_sealed_document_over",
        default="This document was revoked or replaced before.",
    ),
    "reason_of_entry_missing": _(
        "error_reason_of_entry_missing",
        default="Write why the register is changed, please.",
    ),
}
