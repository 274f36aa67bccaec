"""What can go wrong with a proof: of who somebody is, or of a seal."""

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
    """What is needed to check the proof does not answer; nothing was decided.

    Not 503: nginx would take that for a process that is down, and ask another one.
    """

    code = "sign_in_away"
    status = 502


class SignInWayUnknown(PlonegovError):
    """The town has no such way to sign in."""

    code = "sign_in_way_unknown"
    status = 404


class SettingsWrong(PlonegovError):
    """A private file of the town's settings, or one beside it, can't be used.

    The context has ``file``, ``key``, ``found`` and ``allowed``.
    """

    code = "settings_wrong"
    status = 500


class AuthorityUnavailable(PlonegovError):
    """An authority gave no answer, or none that can be used; ``reason`` says why.

    It is asked again later.
    """

    code = "authority_unavailable"
    status = 503


class ProofsRefused(PlonegovError):
    """A file with its proofs would not be valid; ``reason`` says why. It stays as it is."""

    code = "proofs_refused"
    status = 500


#: Why a card, or the answer of a provider, is not accepted.
REASONS = (
    "card_authority",
    "card_early",
    "card_expired",
    "card_forged",
    "card_kind",
    "card_missing",
    "card_revoked",
    "card_signature",
    "card_subject",
    "cancelled",
    "provider_error",
    "answer_wrong",
    "level_low",
    "claims_wrong",
    "number_wrong",
)


def refusal_of(code: str) -> PlonegovError | None:
    """Return the error of a code that an address brings, None if it is of none."""
    errors = (SignInOver(), SignInAway(), SignInWayUnknown(way=""))
    errors += tuple(map(SignInRefused, REASONS))
    return {error.code: error for error in errors}.get(code)
