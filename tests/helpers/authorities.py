"""A small public key infrastructure that answers over HTTP: certificates with a list of
revoked ones, and a time-stamping authority (RFC 3161) by pyHanko's own."""

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from contextlib import contextmanager
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization import NoEncryption
from cryptography.hazmat.primitives.serialization import PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import (
    serialize_key_and_certificates,
)
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.oid import NameOID
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from pathlib import Path
from plonegov.core.ops.files import town_folder
from plonegov.core.ops.files import write_private
from pyhanko.sign.timestamps import DummyTimeStamper

import base64
import socket
import threading


PASSWORD = b"a password"
ACCOUNT = ("commune", "secret-canary")


class Pki:
    """A root whose certificates name its list of revoked ones at an address, if any.

    ``issued`` are the numbers of the last certificates by name; those in ``revoked``
    stand in the list.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.issued: dict[str, int] = {}
        self.revoked: list[int] = []
        self.key = _new_key()
        self.root = self._certificate("Test root", self.key, ca=True)

    def issue(
        self,
        name: str,
        *,
        days: int = 365,
        stamps: bool = False,
        rsa_key: bool = False,
    ):
        """Return a key and its certificate; one that stamps is of RSA, as pyHanko's."""
        of_rsa = stamps or rsa_key
        key = rsa.generate_private_key(65537, 2048) if of_rsa else _new_key()
        return key, self._certificate(name, key, days=days, stamps=stamps)

    def crl(self) -> bytes:
        """Return the list of revoked certificates (DER)."""
        now = datetime.now(UTC)
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.root.subject)
            .last_update(now - timedelta(hours=1))
            .next_update(now + timedelta(days=7))
            .add_extension(x509.CRLNumber(1), critical=False)
        )
        for serial in self.revoked:
            builder = builder.add_revoked_certificate(
                x509.RevokedCertificateBuilder()
                .serial_number(serial)
                .revocation_date(now - timedelta(hours=2))
                .build()
            )
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def _certificate(self, name, key, *, days=3650, ca=False, stamps=False):
        now = datetime.now(UTC)
        issuer = _name("Test root")
        builder = (
            x509.CertificateBuilder()
            .subject_name(_name(name))
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=400))
            .not_valid_after(now + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca, None), critical=True)
            .add_extension(_usage(ca), critical=True)
        )
        if self.address and not ca:
            url = x509.UniformResourceIdentifier(f"{self.address}/root.crl")
            point = x509.DistributionPoint([url], None, None, None)
            builder = builder.add_extension(
                x509.CRLDistributionPoints([point]), critical=False
            )
        if stamps:
            builder = builder.add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]),
                critical=True,
            )
        made = builder.sign(self.key, hashes.SHA256())
        self.issued[name] = made.serial_number
        return made


class Authorities:
    """What listens on ``address``: ``/tsa`` and ``/root.crl``; ``asked`` are the paths.

    ``answers`` are bodies that stand for the real ones, by path; a path in ``silent``
    gets none until the server ends. ``account`` is asked for when it is set.
    """

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers: dict[str, bytes] = {}
        self.silent: set[str] = set()
        self.account: tuple[str, str] | None = None
        self.ended = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://localhost:{self.server.server_port}"
        self.pki = Pki(self.address)
        key, certificate = self.pki.issue("Test time stamps", stamps=True)
        self.stamper = stamper(key, certificate)

    def answer(self, path: str, body: bytes) -> bytes:
        """Return the body of an answer."""
        self.asked.append(path)
        if path in self.silent:
            self.ended.wait(120)
        if path in self.answers:
            return self.answers[path]
        if path == "/tsa":
            request = tsp.TimeStampReq.load(body)
            return self.stamper.request_tsa_response(request).dump()
        return self.pki.crl()

    def _handler(self):
        authorities = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                given = self.headers.get("Authorization", "")
                if authorities.account and given != _basic(authorities.account):
                    self.send_error(401)
                    return
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self._reply(authorities.answer(self.path, body), "timestamp-reply")

            def do_GET(self):
                self._reply(authorities.answer(self.path, b""), "pkix-crl")

            def _reply(self, body, kind):
                try:
                    self.send_response(200)
                    self.send_header("Content-Type", f"application/{kind}")
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                except OSError:
                    pass  # who asked did not wait

            def log_message(self, *arguments):
                pass

        return Handler


@contextmanager
def authorities():
    """Yield authorities that answer until the end."""
    found = Authorities()
    thread = threading.Thread(target=found.server.serve_forever)
    thread.start()
    try:
        yield found
    finally:
        found.ended.set()
        found.server.shutdown()
        thread.join()
        found.server.server_close()


class Silent:
    """A server that takes connections, reads what comes, and never says a word.

    ``open`` tells how many wait for it now, ``taken`` how many came in all.
    """

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}/tsa"
        self.open = self.taken = 0
        self.guard = threading.Lock()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _address = self.listener.accept()
            except OSError:
                return
            with self.guard:
                self.open, self.taken = self.open + 1, self.taken + 1
            threading.Thread(target=self._read, args=(connection,), daemon=True).start()

    def _read(self, connection: socket.socket) -> None:
        with connection:
            try:
                while connection.recv(4096):
                    pass
            except OSError:
                pass
        with self.guard:
            self.open -= 1


def write_seal_key(
    municipality_id: str, pki: Pki, *, days: int = 365, whole: bool = True
) -> Path:
    """Give a town a key to seal with, and its password; return the key's path.

    :param whole: with the certificate of the root.
    """
    key, certificate = pki.issue("Exempleville", days=days)
    above = [pki.root] if whole else []
    data = serialize_key_and_certificates(
        b"seal", key, certificate, above, BestAvailableEncryption(PASSWORD)
    )
    folder = town_folder("keys", municipality_id)
    write_private(folder / "seal.password", PASSWORD)
    write_private(folder / "seal.p12", data)
    return folder / "seal.p12"


def write_settings(municipality_id: str, text: str) -> Path:
    """Write a town's ``seal.toml``; return its path."""
    path = town_folder("keys", municipality_id) / "seal.toml"
    write_private(path, text.encode())
    return path


def trust(municipality_id: str, pki: Pki) -> None:
    """Let a town trust the authority's time stamps."""
    folder = town_folder("keys", municipality_id) / "tsa-roots"
    folder.mkdir(mode=0o700, exist_ok=True)
    write_private(folder / "root.pem", pki.root.public_bytes(Encoding.PEM))


def name_authority(municipality_id: str, url: str, more: str = "") -> Path:
    """Let a town ask an authority for time stamps."""
    return write_settings(municipality_id, f'[timestamp]\nurl = "{url}"\n{more}')


def stamper(key: rsa.RSAPrivateKey, certificate: x509.Certificate) -> DummyTimeStamper:
    """Return what makes time stamps with a key."""
    return DummyTimeStamper(_asn1(certificate), _asn1_key(key))


def _new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "BE"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, common_name),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _usage(ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=not ca,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )


def _basic(account: tuple[str, str]) -> str:
    return "Basic " + base64.b64encode(":".join(account).encode()).decode()


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def _asn1_key(key: rsa.RSAPrivateKey) -> asn1_keys.PrivateKeyInfo:
    data = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return asn1_keys.PrivateKeyInfo.load(data)
