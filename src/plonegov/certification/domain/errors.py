"""What can go wrong when somebody proves who he or she is."""

from plonegov.core.errors import PlonegovError


class SignInOver(PlonegovError):
    """The code of a sign-in is unknown, was used, is too old or of another browser."""

    code = "sign_in_over"
    status = 410


class SignInRefused(PlonegovError):
    """The proof of identity is not accepted; ``reason`` in the context says why.

    The texts of the reasons are the codes ``sign_in_<reason>``.
    """

    status = 403

    def __init__(self, reason: str) -> None:
        self.code = f"sign_in_{reason}"
        super().__init__(reason=reason)


class SignInAway(PlonegovError):
    """What is needed to check the proof does not answer; nothing was decided."""

    code = "sign_in_away"
    status = 503


#: Why a proof is not accepted.
REASONS = (
    "cancelled",
    "provider_error",
    "answer_wrong",
    "level_low",
    "claims_wrong",
    "number_wrong",
)


def refusal_of(code: str) -> PlonegovError | None:
    """Return the error of a code that an address brings, None if it is of none."""
    errors = (SignInOver(), SignInAway(), *map(SignInRefused, REASONS))
    return {error.code: error for error in errors}.get(code)


class SignInWayUnknown(PlonegovError):
    """The town has no such way to sign in."""

    code = "sign_in_way_unknown"
    status = 404


class IdentitySettingsWrong(PlonegovError):
    """A file of the town's sign-in settings can't be used.

    The context has ``file``, ``key``, ``found`` and ``allowed``.
    """

    code = "identity_settings_wrong"
    status = 503
