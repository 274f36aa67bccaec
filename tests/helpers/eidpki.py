"""A public key infrastructure with the shape of the Belgian identity card's.

A root, two authorities for citizens below it, and cards: a certificate to sign in and
one to sign. All keys are made here; nobody has these numbers.
"""

from collections.abc import Iterable
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.oid import NameOID
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from pathlib import Path

import hashlib


NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
YEAR = timedelta(days=365)
AUTHENTICATION = "2.16.56.12.1.1.2.2"
SIGNATURE = "2.16.56.12.1.1.2.1"


def number(day: str, counter: int, since_2000: bool = False) -> str:
    """Return a national number with its check digits; ``day`` is YYMMDD."""
    first = f"{day}{counter:03}"
    checked = int(("2" if since_2000 else "") + first)
    return f"{first}{97 - checked % 97:02}"


@dataclass(frozen=True)
class Person:
    """What a card says of somebody."""

    given: str
    surname: str
    number: str

    @property
    def full_name(self) -> str:
        """First names and last name."""
        return f"{self.given} {self.surname}"

    def subject(self, kind: str) -> x509.Name:
        """Return the subject of one of the person's certificates."""
        first = self.given.split()[0]
        names = [
            (NameOID.COUNTRY_NAME, "BE"),
            (NameOID.COMMON_NAME, f"{first} {self.surname} ({kind})"),
            (NameOID.SURNAME, self.surname),
            (NameOID.GIVEN_NAME, self.given),
            (NameOID.SERIAL_NUMBER, self.number),
        ]
        return x509.Name(x509.NameAttribute(oid, value) for oid, value in names)


ELODIE = Person("Élodie Marie", "Lefèvre", number("850730", 33))


@dataclass(frozen=True)
class Card:
    """One certificate of a card, and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        """The certificate as text."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def fingerprint(self) -> str:
        """What nginx calls its fingerprint."""
        der = self.certificate.public_bytes(serialization.Encoding.DER)
        return hashlib.sha1(der, usedforsecurity=False).hexdigest()

    @property
    def serial(self) -> str:
        """What nginx calls its serial number."""
        text = f"{self.certificate.serial_number:X}"
        return "0" * (len(text) % 2) + text

    def files(self, folder: Path) -> tuple[str, str]:
        """Write certificate and key; return their paths."""
        paths = folder / f"{self.serial}.pem", folder / f"{self.serial}.key"
        paths[0].write_bytes(self.pem)
        paths[1].write_bytes(_private(self.key))
        return str(paths[0]), str(paths[1])


@dataclass
class Authority:
    """Who issues certificates and says which are revoked."""

    name: str
    above: "Authority | None" = None
    now: datetime = NOW
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def __post_init__(self) -> None:
        above = self.above or self
        builder = _builder(self.subject, above.subject, self.key, self.now - 2 * YEAR)
        builder = builder.not_valid_after(self.now + 8 * YEAR)
        depth = 0 if self.above else None
        builder = builder.add_extension(x509.BasicConstraints(True, depth), True)
        builder = builder.add_extension(_usage("key_cert_sign", "crl_sign"), True)
        if self.above:
            url = f"http://crl.eid.example/{above.file}.crl"
            builder = builder.add_extension(_points(url), False)
        self.certificate = builder.sign(above.key, hashes.SHA256())

    @property
    def subject(self) -> x509.Name:
        """Its name."""
        return x509.Name(
            [
                x509.NameAttribute(NameOID.COUNTRY_NAME, "BE"),
                x509.NameAttribute(NameOID.COMMON_NAME, self.name),
            ]
        )

    @property
    def serial(self) -> int:
        """The serial number of its certificate."""
        return self.certificate.serial_number

    @property
    def file(self) -> str:
        """The name of its files."""
        return self.name.lower().replace(" ", "-")

    @property
    def pem(self) -> bytes:
        """Its certificate as text."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def card(
        self,
        person: Person = ELODIE,
        kind: str = "Authentication",
        *,
        usage: str = "digital_signature",
        policy: str = AUTHENTICATION,
        purpose: x509.ObjectIdentifier | None = ExtendedKeyUsageOID.CLIENT_AUTH,
        begins: datetime | None = None,
        ends: datetime | None = None,
    ) -> Card:
        """Issue a certificate; by default one to sign in with, valid now."""
        key = ec.generate_private_key(ec.SECP256R1())
        begins = begins or self.now - YEAR
        subject = person.subject(kind)
        builder = _builder(subject, self.subject, key, begins)
        builder = builder.not_valid_after(ends or self.now + YEAR)
        builder = builder.add_extension(_usage(*usage.split()), True)
        if policy:
            named = x509.PolicyInformation(x509.ObjectIdentifier(policy), None)
            builder = builder.add_extension(x509.CertificatePolicies([named]), False)
        if purpose is not None:
            builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), False)
        points = _points(f"http://crl.eid.example/{self.file}.crl")
        builder = builder.add_extension(points, False)
        return Card(builder.sign(self.key, hashes.SHA256()), key)

    def signature(self, person: Person = ELODIE) -> Card:
        """Issue the card's other certificate: to sign papers, not to sign in."""
        return self.card(
            person, "Signature", usage="content_commitment", policy=SIGNATURE
        )

    def crl(
        self,
        *revoked: Card | int,
        since: datetime | None = None,
        until: datetime | None = None,
        key: ec.EllipticCurvePrivateKey | None = None,
        scope: str = "",
    ) -> bytes:
        """Return who is revoked; by default since an hour and for a day.

        :param revoked: cards or serial numbers.
        :param key: signs it instead of the authority's.
        :param scope: one of ``SCOPES``; by default it says all.
        """
        since = since or self.now - timedelta(hours=1)
        one = x509.RevokedCertificateBuilder().revocation_date(since)
        entries = []
        for each in revoked:
            serial = each if isinstance(each, int) else each.certificate.serial_number
            entries.append(one.serial_number(serial).build())
        builder = x509.CertificateRevocationListBuilder(
            self.subject, since, until or since + timedelta(days=1), [], entries
        )
        if scope:
            builder = builder.add_extension(SCOPES[scope], critical=True)
        made = builder.sign(key or self.key, hashes.SHA256())
        return made.public_bytes(serialization.Encoding.DER)


def _scope(**limits: bool | list[x509.GeneralName]) -> x509.IssuingDistributionPoint:
    known = dict.fromkeys(
        (
            "only_contains_user_certs",
            "only_contains_ca_certs",
            "indirect_crl",
            "only_contains_attribute_certs",
        ),
        False,
    )
    names = dict.fromkeys(("full_name", "relative_name", "only_some_reasons"))
    return x509.IssuingDistributionPoint(**{**known, **names, **limits})


#: Lists that don't say all.
SCOPES: dict[str, x509.ExtensionType] = {
    "authorities": _scope(only_contains_ca_certs=True),
    "delta": x509.DeltaCRLIndicator(1),
    "elsewhere": _scope(
        full_name=[x509.UniformResourceIdentifier("http://crl.eid.example/else.crl")]
    ),
    "indirect": _scope(indirect_crl=True),
    "users": _scope(only_contains_user_certs=True),
}


class Country:
    """A root with two authorities for citizens."""

    def __init__(self, now: datetime = NOW) -> None:
        self.root = Authority("Belgium Root CA", now=now)
        self.citizens = Authority("Citizen CA", self.root, now)
        self.others = Authority("Foreigner CA", self.root, now)

    @property
    def authorities(self) -> tuple[Authority, ...]:
        """All three."""
        return self.root, self.citizens, self.others


SECRET = "a-secret-of-the-tests-0123456789-abcdef"
SETTINGS = """url = "{url}"
proxies = ["127.0.0.1", "::1"]
secret = "{secret}"
"""


def write_settings(
    home: Path,
    town: str,
    authorities: Iterable[Authority],
    url: str = "https://eid.exempleville.example",
    more: str = "",
) -> Path:
    """Write a town's settings and its authorities' certificates; return the file."""
    folder = home / "keys" / town
    for each in (folder, folder / "eid"):
        each.mkdir(mode=0o700, parents=True, exist_ok=True)
    for authority in authorities:
        (folder / "eid" / f"{authority.file}.pem").write_bytes(authority.pem)
    path = folder / "eid.toml"
    path.write_text(SETTINGS.format(url=url, secret=SECRET) + more, "utf-8")
    path.chmod(0o600)
    return path


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    begins: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
    )


def _points(url: str) -> x509.CRLDistributionPoints:
    name = x509.UniformResourceIdentifier(url)
    return x509.CRLDistributionPoints(
        [x509.DistributionPoint([name], None, None, None)]
    )


def _usage(*names: str) -> x509.KeyUsage:
    known = (
        "digital_signature content_commitment key_encipherment data_encipherment "
        "key_agreement key_cert_sign crl_sign encipher_only decipher_only"
    )
    return x509.KeyUsage(**{name: name in names for name in known.split()})
