"""The suite's errors: a code, an HTTP status and the values of its message.

An error's text is not here but in the add-on's ``messages.py``, so that this
module and every ``domain`` package stay free of Zope. An add-on's own errors
derive from ``PlonegovError`` and are named after the rule that was broken.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field
from typing import Any


@dataclass(frozen=True)
class Fault:
    """One wrong value of an input.

    ``field`` is a dotted path (``applicant.birth_date``), ``code`` the id of the
    message, ``context`` the values that the message shows (never what was typed).
    """

    field: str
    code: str
    context: dict[str, Any] = field(default_factory=dict)


class _ErrorType(type):
    """An error made of one of its own kind is that error.

    ``Products.CMFCore.WorkflowTool`` raises what a subscriber of a transition raised
    anew as ``type(error)(error)``, which would lose its values.
    """

    def __call__(cls, *args: Any, **values: Any) -> Any:
        if len(args) == 1 and not values and type(args[0]) is cls:
            return args[0]
        return super().__call__(*args, **values)


class PlonegovError(Exception, metaclass=_ErrorType):
    """A rule of the suite was broken.

    ``code`` is the stable id (REST answers it as ``type``), ``status`` the HTTP
    status, ``context`` the values that the message shows.
    """

    code = "error"
    status = 400

    def __init__(self, **context: Any) -> None:
        super().__init__(self.code)
        self.context = context

    def __str__(self) -> str:
        values = ", ".join(f"{key}={value}" for key, value in self.context.items())
        return f"{self.code} ({values})" if values else self.code


class InvalidInput(PlonegovError):
    """Some values are wrong; ``faults`` says which, in the order of the form."""

    code = "invalid_input"

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__()
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return ", ".join(f"{fault.field}: {fault.code}" for fault in self.faults)


class RecordNotFound(PlonegovError):
    """There is no such record, or the asker may not know that there is one."""

    code = "record_not_found"
    status = 404


class ActionNotAllowed(PlonegovError):
    """The person may not do this here."""

    code = "action_not_allowed"
    status = 403


class PortNotConfigured(PlonegovError):
    """The town's registry names no implementation of a port, or an unknown one."""

    code = "port_not_configured"
    status = 500


class NoMunicipality(PlonegovError):
    """The current site has no municipality profile applied."""

    code = "no_municipality"
    status = 500


class KeyFileExposed(PlonegovError):
    """A key file may be read by others than its owner."""

    code = "key_file_exposed"
    status = 503


class KeyMissing(PlonegovError):
    """The town's key named by a record is not on this machine."""

    code = "key_missing"
    status = 503


class ReadLogUnwritable(PlonegovError):
    """A read that must be logged could not be, so it was refused."""

    code = "read_log_unwritable"
    status = 503


class TownBusy(PlonegovError):
    """The town's write lock was not free in time, or too many wait for it."""

    code = "town_busy"
    status = 503


class LimitReached(PlonegovError):
    """This was done so often today already that more looks like misuse."""

    code = "limit_reached"
    status = 429


class TallyUnwritable(PlonegovError):
    """What must be counted could not be, so it was refused."""

    code = "tally_unwritable"
    status = 503
