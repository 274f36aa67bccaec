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


class KeyFileDamaged(PlonegovError):
    """A key file does not hold a whole key (32 bytes)."""

    code = "key_file_damaged"
    status = 500
