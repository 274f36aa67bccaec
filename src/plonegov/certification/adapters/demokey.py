"""A key and a certification authority made for a demonstration; nobody trusts them."""

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import (
    serialize_key_and_certificates,
)
from cryptography.x509.oid import NameOID
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from plonegov.core.municipality.model import Municipality
from plonegov.core.ops.files import town_folder
from plonegov.core.ops.files import write_private
from plonegov.core.pdf.letterhead import town_name

import secrets


#: What stands in each name, so that no reader shows it as a real one.
MARK = "DEMO, worth nothing"
VALID = timedelta(days=3650)
SKEW = timedelta(days=1)


def ensure_demo_key(path: Path, town: Municipality, now: datetime) -> None:
    """Make the key and its self-made authority where they are missing."""
    if path.exists():
        return
    town_folder("keys", town.id)
    password = secrets.token_urlsafe(24).encode()
    root_key, key = _new_key(), _new_key()
    root = _name(town, f"{MARK}: authority")
    authority = _builder(root, root, root_key, now).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    authority_cert = _usage(authority, signs=False).sign(root_key, hashes.SHA256())
    leaf = _builder(_name(town, f"{MARK}: seal"), root, key, now).add_extension(
        x509.BasicConstraints(ca=False, path_length=None), critical=True
    )
    certificate = _usage(leaf, signs=True).sign(root_key, hashes.SHA256())
    data = serialize_key_and_certificates(
        MARK.encode(),
        key,
        certificate,
        [authority_cert],
        BestAvailableEncryption(password),
    )
    write_private(path.with_suffix(".password"), password)
    write_private(path, data)


def _new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _name(town: Municipality, common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, town.country),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, f"DEMO {town_name(town)}"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    now: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - SKEW)
        .not_valid_after(now + VALID)
    )


def _usage(builder: x509.CertificateBuilder, *, signs: bool) -> x509.CertificateBuilder:
    """Add what the key is for: sealing documents, or certificates and their lists."""
    usage = x509.KeyUsage(
        digital_signature=signs,
        content_commitment=signs,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs,
        crl_sign=not signs,
        encipher_only=False,
        decipher_only=False,
    )
    return builder.add_extension(usage, critical=True)
