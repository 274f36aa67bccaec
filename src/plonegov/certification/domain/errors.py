"""What can go wrong with the proofs of a seal."""

from plonegov.core.errors import PlonegovError


class SealSettingsWrong(PlonegovError):
    """A value of ``seal.toml`` is wrong: ``file``, ``key``, ``found``, ``allowed``."""

    code = "seal_settings_wrong"
    status = 503


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
