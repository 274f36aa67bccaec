"""Whether a certificate was revoked, by the list of who issued it (RFC 5280, 6.3).

What can't be decided is refused: a list that is missing, too old, of somebody else, or
of a kind that says less than all.
"""

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.exceptions import UnsupportedAlgorithm
from datetime import datetime
from datetime import timedelta
from plonegov.certification.domain.errors import SignInAway
from plonegov.certification.domain.errors import SignInRefused


#: How far the clocks of town and authority may differ.
TOLERANCE = timedelta(minutes=5)
#: Names of the hashes that a list may be signed with.
HASHES = frozenset({"sha256", "sha384", "sha512", "sha3-256", "sha3-384", "sha3-512"})


def read_list(data: bytes) -> x509.CertificateRevocationList | None:
    """Return a list from DER or PEM, or None if it is none."""
    load = x509.load_pem_x509_crl if data[:5] == b"-----" else x509.load_der_x509_crl
    try:
        return load(data)
    except ValueError:
        return None


def is_issued_by(
    revoked: x509.CertificateRevocationList, issuer: x509.Certificate
) -> bool:
    """Say whether an authority signed a list."""
    if revoked.issuer != issuer.subject or not _may_sign_lists(issuer):
        return False
    try:
        used = revoked.signature_hash_algorithm
        if used is not None and used.name not in HASHES:
            return False
        return revoked.is_signature_valid(issuer.public_key())
    except (InvalidSignature, TypeError, UnsupportedAlgorithm, ValueError):
        return False


def is_current(revoked: x509.CertificateRevocationList, now: datetime) -> bool:
    """Say whether a list counts at a time (aware)."""
    until = revoked.next_update_utc
    if until is None:
        return False
    return revoked.last_update_utc - TOLERANCE <= now < until


def check_revocation(
    certificate: x509.Certificate,
    issuer: x509.Certificate,
    revoked: x509.CertificateRevocationList | None,
    now: datetime,
) -> None:
    """Check that a certificate is not revoked.

    :param revoked: the list of the issuer; None where there is none.
    :raises SignInRefused: ``card_revoked``.
    :raises SignInAway: it can't be decided; ``why`` in the context says what is wrong
        with the list: ``missing``, ``foreign``, ``stale`` or ``partial``.
    """
    if revoked is None:
        raise SignInAway(why="missing")
    if not is_issued_by(revoked, issuer):
        raise SignInAway(why="foreign")
    if not is_current(revoked, now):
        raise SignInAway(why="stale")
    if not covers(revoked, certificate):
        raise SignInAway(why="partial")
    serial = certificate.serial_number
    if revoked.get_revoked_certificate_by_serial_number(serial) is not None:
        raise SignInRefused("card_revoked")


def covers(
    revoked: x509.CertificateRevocationList, certificate: x509.Certificate
) -> bool:
    """Say whether a list tells all about a certificate: it is no change to another
    list, and limited to nothing that leaves the certificate out."""
    try:
        found = list(revoked.extensions)
    except (ValueError, x509.DuplicateExtension):
        return False
    for extension in found:
        if isinstance(extension.value, x509.IssuingDistributionPoint):
            if not _is_within(extension.value, certificate):
                return False
        elif extension.critical:
            return False
    return True


def points_of(certificate: x509.Certificate) -> list[str]:
    """Return the addresses of lists that a certificate names."""
    try:
        points = certificate.extensions.get_extension_for_class(
            x509.CRLDistributionPoints
        ).value
    except (ValueError, x509.DuplicateExtension, x509.ExtensionNotFound):
        return []
    return [
        name.value
        for point in points
        for name in point.full_name or ()
        if isinstance(name, x509.UniformResourceIdentifier)
    ]


def _is_within(
    scope: x509.IssuingDistributionPoint, certificate: x509.Certificate
) -> bool:
    if (
        scope.indirect_crl
        or scope.only_contains_attribute_certs
        or scope.only_some_reasons
        or scope.relative_name is not None
    ):
        return False
    authority = _is_authority(certificate)
    if scope.only_contains_user_certs if authority else scope.only_contains_ca_certs:
        return False
    named = {
        name.value
        for name in scope.full_name or ()
        if isinstance(name, x509.UniformResourceIdentifier)
    }
    return scope.full_name is None or not named.isdisjoint(points_of(certificate))


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        kind = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    except (ValueError, x509.DuplicateExtension, x509.ExtensionNotFound):
        return False
    return kind.value.ca


def _may_sign_lists(issuer: x509.Certificate) -> bool:
    try:
        usage = issuer.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    except (ValueError, x509.DuplicateExtension):
        return False
    return usage.crl_sign
