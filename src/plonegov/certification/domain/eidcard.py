"""What the certificate of a Belgian identity card says, and which one signs in.

A card holds two: one to sign in with (key usage ``digitalSignature``, the name ends
with ``(Authentication)``) and one to sign papers with (``nonRepudiation``), which must
sign nobody in. Their policies are 2.16.56.<root>.1.1.2.2 for citizens and ...7.2 for
foreigners to sign in, ...2.1 and ...7.1 to sign (the CPS of "Citizen CA" and "Foreigner
CA", https://repository.eid.belgium.be).
"""

from collections.abc import Collection
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.oid import NameOID
from plonegov.certification.domain.errors import SignInRefused
from plonegov.core.identity.errors import InvalidNumber
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.identity.numbers import birth_date_of
from plonegov.core.identity.numbers import check_national_number
from plonegov.core.identity.proved import ProvedIdentity

import unicodedata


COUNTRY = "BE"
WAY = "eid"
#: How the name on the certificate to sign in with ends.
ENDING = "(Authentication)"
#: Arcs of the Belgian root certificates' policies, the oldest first.
ROOTS = (1, 9, 10, 12)
#: Policies of certificates to sign in with: citizens, foreigners.
POLICIES = frozenset(
    f"2.16.56.{root}.1.1.{kind}.2" for root in ROOTS for kind in (2, 7)
)
#: Purposes that allow signing in, where purposes are stated.
PURPOSES = frozenset(
    {ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE}
)


def check_kind(certificate: x509.Certificate, policies: Collection[str]) -> None:
    """Check that a certificate is one to sign in with.

    Who issued it is not looked at.

    :param policies: policies of which it must have one, as dotted numbers.
    :raises SignInRefused: ``card_signature`` (it is the one to sign papers with) or
        ``card_kind``.
    """
    if not _signs_in(certificate):
        raise SignInRefused("card_signature")
    purposes = _extension(certificate, x509.ExtendedKeyUsage)
    stated = _extension(certificate, x509.CertificatePolicies) or ()
    limits = _extension(certificate, x509.BasicConstraints)
    known = {policy.policy_identifier.dotted_string for policy in stated}
    if (
        (purposes is not None and PURPOSES.isdisjoint(purposes))
        or known.isdisjoint(policies)
        or (limits is not None and limits.ca)
        or not _text(certificate, NameOID.COMMON_NAME).endswith(ENDING)
    ):
        raise SignInRefused("card_kind")


def read_identity(certificate: x509.Certificate) -> ProvedIdentity:
    """Return whom a certificate names.

    :raises SignInRefused: ``card_subject``, it names nobody with a Belgian number.
    """
    try:
        number = check_national_number(
            _text(certificate, NameOID.SERIAL_NUMBER), COUNTRY
        )
    except InvalidNumber as error:
        raise SignInRefused("card_subject") from error
    last_name = _text(certificate, NameOID.SURNAME)
    if not last_name:
        raise SignInRefused("card_subject")
    return ProvedIdentity(
        level=AssuranceLevel.HIGH,
        way=WAY,
        first_name=_text(certificate, NameOID.GIVEN_NAME),
        last_name=last_name,
        national_number=number,
        country=COUNTRY,
        birth_date=birth_date_of(number, COUNTRY),
    )


def _signs_in(certificate: x509.Certificate) -> bool:
    usage = _extension(certificate, x509.KeyUsage)
    return (
        usage is not None and usage.digital_signature and not usage.content_commitment
    )


def _extension(certificate: x509.Certificate, kind: type):
    """Return the value of an extension, None if it is not there.

    :raises SignInRefused: the extensions can't be read.
    """
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None
    except (ValueError, x509.DuplicateExtension) as error:
        raise SignInRefused("card_kind") from error


def _text(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> str:
    """Return what the subject says under a name; nothing if it says it not once."""
    try:
        found = certificate.subject.get_attributes_for_oid(oid)
    except ValueError as error:
        raise SignInRefused("card_subject") from error
    if len(found) != 1 or not isinstance(found[0].value, str):
        return ""
    return unicodedata.normalize("NFC", " ".join(found[0].value.split()))
