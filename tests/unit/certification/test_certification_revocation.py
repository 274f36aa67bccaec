"""Lists and certificates that are odd decide nothing: what can't be read is refused."""

from asn1crypto.crl import CertificateList
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from helpers.eidpki import Country
from helpers.eidpki import NOW
from helpers.eidpki import YEAR
from plonegov.certification.domain.eidcard import check_kind
from plonegov.certification.domain.eidcard import POLICIES
from plonegov.certification.domain.eidcard import read_identity
from plonegov.certification.domain.errors import SignInRefused
from plonegov.certification.domain.revocation import covers
from plonegov.certification.domain.revocation import is_current
from plonegov.certification.domain.revocation import is_issued_by
from plonegov.certification.domain.revocation import points_of
from plonegov.certification.domain.revocation import read_list

import pytest


COUNTRY = Country()
CITIZENS = COUNTRY.citizens
CARD = CITIZENS.card()
# Ends of the object identifiers of extensions: 2.5.29.<number>.
USAGE, CONSTRAINTS, PURPOSE, POINTS = 0x0F, 0x13, 0x25, 0x1F
SCOPE, NUMBER, UNKNOWN = 0x1C, 0x14, 0x7F


def renamed(data, old, new):
    """Return DER in which one extension has the name of another."""
    names = [bytes((0x55, 0x1D, number)) for number in (old, new)]
    assert names[0] in data
    return data.replace(*names)


def certificate(one, old, new):
    data = one.public_bytes(Encoding.DER)
    return x509.load_der_x509_certificate(renamed(data, old, new))


def built(*extensions):
    """Return a list of the citizens' authority with extensions."""
    builder = x509.CertificateRevocationListBuilder(CITIZENS.subject, NOW, NOW + YEAR)
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    return builder.sign(CITIZENS.key, hashes.SHA256()).public_bytes(Encoding.DER)


def test_a_number_of_the_list_limits_nothing():
    numbered = read_list(built((x509.CRLNumber(7), False)))
    assert is_issued_by(numbered, CITIZENS.certificate)
    assert covers(numbered, CARD.certificate)


def test_a_list_with_an_extension_twice_covers_nothing():
    issued = (x509.IssuerAlternativeName([x509.DNSName("a.example")]), False)
    data = built(issued, (x509.CRLNumber(7), False))
    assert covers(read_list(data), CARD.certificate)
    assert not covers(read_list(renamed(data, NUMBER, 0x12)), CARD.certificate)


def test_a_list_that_never_ends_does_not_count():
    plain = CertificateList.load(CITIZENS.crl())
    del plain["tbs_cert_list"]["next_update"]
    endless = read_list(plain.dump(force=True))
    assert endless.next_update_utc is None
    assert not is_current(endless, NOW)


def test_a_list_with_a_weak_signature_is_nobodys():
    sha256, sha224 = (bytes.fromhex(f"2a8648ce3d04030{end}") for end in (2, 1))
    weak = read_list(CITIZENS.crl().replace(sha256, sha224))
    assert weak.signature_hash_algorithm.name == "sha224"
    assert not is_issued_by(weak, CITIZENS.certificate)


def test_who_may_not_sign_lists_or_has_no_key_for_it_signed_none():
    right = read_list(CITIZENS.crl())
    assert is_issued_by(right, CITIZENS.certificate)
    # Where the use of a key is not limited it may sign lists (RFC 5280, 4.2.1.3).
    assert is_issued_by(right, certificate(CITIZENS.certificate, USAGE, UNKNOWN))
    twice = certificate(CITIZENS.certificate, CONSTRAINTS, USAGE)
    assert not is_issued_by(right, twice)
    for key, usage in ((X25519PrivateKey.generate(), True), (CITIZENS.key, False)):
        issuer = (
            x509.CertificateBuilder()
            .subject_name(CITIZENS.subject)
            .issuer_name(COUNTRY.root.subject)
            .public_key(key.public_key())
            .serial_number(7)
            .not_valid_before(NOW)
            .not_valid_after(NOW + YEAR)
            .add_extension(
                x509.KeyUsage(
                    True, False, False, False, False, True, usage, False, False
                ),
                True,
            )
            .sign(COUNTRY.root.key, hashes.SHA256())
        )
        assert not is_issued_by(right, issuer)


def test_a_list_for_users_alone_covers_who_is_no_authority():
    scope = read_list(CITIZENS.crl(scope="users"))
    assert covers(scope, CARD.certificate)
    assert not covers(scope, CITIZENS.certificate)
    # Nothing says that this one is an authority.
    assert covers(scope, certificate(CITIZENS.certificate, CONSTRAINTS, UNKNOWN))


def test_addresses_are_those_that_can_be_read():
    assert points_of(CARD.certificate) == ["http://crl.eid.example/citizen-ca.crl"]
    assert points_of(COUNTRY.root.certificate) == []
    assert points_of(certificate(CARD.certificate, PURPOSE, POINTS)) == []


def test_a_certificate_with_an_extension_twice_signs_nobody_in():
    twice = certificate(CARD.certificate, PURPOSE, USAGE)
    with pytest.raises(SignInRefused) as caught:
        check_kind(twice, POLICIES)
    assert caught.value.context["reason"] == "card_kind"


def test_a_name_that_is_no_text_names_nobody():
    data = CARD.certificate.public_bytes(Encoding.DER)
    surname = "Lefèvre".encode()
    changed = data.replace(surname, b"\xff" * len(surname))
    with pytest.raises(SignInRefused) as caught:
        read_identity(x509.load_der_x509_certificate(changed))
    assert caught.value.context["reason"] == "card_subject"
