"""What is wrong with a single value, as a code whose text is in ``core.messages``."""

from plonegov.core.errors import PlonegovError
from typing import Any


class InvalidValue(ValueError):
    """A value breaks the rule of its kind.

    ``code`` is the id of the message, ``context`` the values that the message shows
    (what would have been right, never what was typed).
    """

    def __init__(self, code: str, **context: Any) -> None:
        super().__init__(code)
        self.code = code
        self.context = context


class InvalidNumber(InvalidValue):
    """An identity number is not one."""


class SealedValueDamaged(PlonegovError):
    """An encrypted value was changed, or its key file was."""

    code = "sealed_value_damaged"
    status = 500


class KeyUnknown(PlonegovError):
    """The town has no key with this id, or it is retired already."""

    code = "key_unknown"
    status = 404


class KeyIsCurrent(PlonegovError):
    """The town's current key can't be retired: new values are made with it."""

    code = "key_is_current"
    status = 409


class KeyInUse(PlonegovError):
    """Records refer to a key, so it can't be retired."""

    code = "key_in_use"
    status = 409


class KeyFileDamaged(PlonegovError):
    """A key file does not hold a whole key (32 bytes)."""

    code = "key_file_damaged"
    status = 500
