"""Mails are handed over encrypted where possible; a password always is."""

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from plonegov.core.mail.delivery import hand_over
from plonegov.core.mail.delivery import MailPutOff
from plonegov.core.mail.delivery import MailRefused
from plonegov.core.mail.delivery import ServerTrouble
from plonegov.core.mail.delivery import session
from plonegov.core.mail.sender import Server
from smtplistener import serve

import pytest
import ssl


#: A loopback address that is no well-known name of this machine.
ELSEWHERE = "127.0.0.2"


@pytest.fixture(params=["127.0.0.1"])
def listener(request):
    listener, server = serve(request.param)
    yield listener
    server.shutdown()
    server.server_close()


elsewhere = pytest.mark.parametrize("listener", [ELSEWHERE], indirect=True)


@pytest.fixture
def certificate(tmp_path):
    """Return a TLS context with a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "listener")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "listener.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def send(listener, user="", recipient="b@example.org"):
    with session(Server(listener.host, listener.port, user, "secret")) as smtp:
        encrypted = isinstance(smtp.sock, ssl.SSLSocket)
        hand_over(smtp, "a@example.org", recipient, b"Subject: x\r\n\r\nHello\r\n")
    return encrypted


def test_without_encryption_on_offer_it_goes_plain(listener):
    assert not send(listener)
    assert listener.received[0].data == b"Subject: x\r\n\r\nHello\r\n"


def test_encryption_on_offer_is_used_whoever_signed_it(listener, certificate):
    listener.tls = certificate
    assert send(listener)
    assert len(listener.received) == 1


def test_on_this_machine_signing_in_needs_no_encryption(listener):
    listener.sign_in = True
    send(listener, user="town")
    assert len(listener.secrets) == 1


@elsewhere
def test_no_password_crosses_a_network_in_clear(listener):
    listener.sign_in = True
    with pytest.raises(ServerTrouble, match="SMTPNotSupportedError"):
        send(listener, user="town")
    assert listener.secrets == []


@elsewhere
def test_no_password_is_told_to_a_server_that_nobody_vouches_for(listener, certificate):
    listener.sign_in, listener.tls = True, certificate
    with pytest.raises(ServerTrouble, match="SSLCertVerificationError"):
        send(listener, user="town")
    assert listener.secrets == []


def test_a_refused_password_is_trouble_not_a_refused_mail(listener):
    listener.sign_in, listener.answers["auth"] = True, "535 wrong"
    with pytest.raises(ServerTrouble, match="SMTPAuthenticationError"):
        send(listener, user="town")


@pytest.mark.parametrize(
    ("step", "answer", "verdict"),
    [
        ("mail", "550 not you", MailPutOff),
        ("mail", "552 too big", MailRefused),
        ("mail", "451 later", MailPutOff),
        ("rcpt", "550 unknown", MailRefused),
        ("rcpt", "450 later", MailPutOff),
        ("rcpt", "421 closing", ServerTrouble),
        ("data", "554 spam", MailRefused),
        ("data", "452 full", MailPutOff),
        ("connect", "554 no", ServerTrouble),
    ],
)
def test_each_answer_has_its_meaning(listener, step, answer, verdict):
    listener.answers[step] = answer
    with pytest.raises(verdict):
        send(listener)
    assert listener.received == []


def test_implicit_encryption_checks_who_answers(monkeypatch, listener):
    monkeypatch.setattr("plonegov.core.mail.delivery.IMPLICIT_TLS_PORT", listener.port)
    with pytest.raises(ServerTrouble, match="SSLError"):
        send(listener)
