"""What can go wrong with a register."""

from plonegov.core.errors import PlonegovError


class EntryUnknown(PlonegovError):
    """No entry of the register has this number."""

    code = "entry_unknown"
    status = 404


class EntryCancelled(PlonegovError):
    """The number was cancelled: it is neither rectified nor cancelled again."""

    code = "entry_cancelled"
    status = 409


class ReasonOfEntryMissing(PlonegovError):
    """A rectification or cancellation needs its reason."""

    code = "reason_of_entry_missing"


class RegistersChanged(PlonegovError):
    """What was sealed is not what stands there; ``problems`` says it line by line."""

    code = "registers_changed"
    status = 409


class SealedDocumentUnknown(PlonegovError):
    """No sealed document has this code."""

    code = "sealed_document_unknown"
    status = 404


class SealedDocumentOver(PlonegovError):
    """The document was revoked or replaced before."""

    code = "sealed_document_over"
    status = 409
