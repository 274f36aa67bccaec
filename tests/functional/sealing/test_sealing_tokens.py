"""A key that never leaves its device seals as well as one in a file."""

from concurrent.futures import ThreadPoolExecutor
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from helpers import authorities
from helpers import softhsm
from plonegov.certification.adapters import tokens
from plonegov.certification.api import verifying
from plonegov.certification.jobs import AddProofs
from plonegov.core.api import port
from plonegov.core.ops.files import write_private
from plonegov.core.pdf.errors import SealKeyUnusable
from plonegov.core.pdf.interfaces import IPdfRenderer
from plonegov.core.pdf.interfaces import ISealer
from zope.interface.verify import verifyObject

import asyncio
import pytest
import time_machine
import transaction


PAGE = """<html lang="en"><head><title>A paper</title></head><body>
<h1>A paper</h1><input name="seal" title="Seal" type="text"
style="appearance: auto" /></body></html>"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return who certified the keys of two tokens: the device finds them only once."""
    folder = tmp_path_factory.mktemp("softhsm")
    softhsm.configure(folder)
    pki = authorities.Pki("")
    for kind in ("ec", "rsa"):
        key, certificate = pki.issue("Exempleville", rsa_key=kind == "rsa")
        assert isinstance(key, rsa.RSAPrivateKey) == (kind == "rsa")
        softhsm.make_token(folder, kind, key, certificate)
    return pki


@pytest.fixture(params=["ec", "rsa"])
def kind(request):
    return request.param


@pytest.fixture
def token(kind, made, keys, choose):
    """Give the town a token; return its name."""
    (keys / "seal-roots").mkdir(mode=0o700)
    root = made.root.public_bytes(Encoding.DER)
    write_private(keys / "seal-roots" / "root.der", root)
    write_private(keys / "seal.pin", f"{softhsm.PIN}\n".encode())
    authorities.write_settings("exempleville", softhsm.settings(kind))
    choose("pkcs11")
    return kind


@pytest.fixture
def paper(portal):
    return port(IPdfRenderer).render(PAGE, title="A paper", language="en")


def only_ec(test):
    return pytest.mark.parametrize("kind", ["ec"])(test)


def test_a_token_seals_and_its_session_stays_open(token, sealed_order):
    assert verifyObject(ISealer, port(ISealer)) and port(ISealer).is_ready()
    order = sealed_order()
    assert verifying.by_file(order.issued.data).verdict == "genuine"
    opened = list(tokens._SESSIONS.opened.values())[-1]
    sealed_order()
    assert list(tokens._SESSIONS.opened.values())[-1] is opened


@only_ec
def test_its_seals_get_proofs_as_others(token, portal, sealed_order, there):
    authorities.trust("exempleville", there.pki)
    stamps = f'[timestamp]\nurl = "{there.address}/tsa"\n'
    text = softhsm.settings(token) + stamps
    authorities.write_settings("exempleville", text)
    order = sealed_order()
    assert AddProofs().run(portal) == "1 proved"
    transaction.begin()
    assert verifying.by_file(order.issued.data).verdict == "genuine"


@only_ec
def test_who_seals_at_the_same_time_waits_for_the_session(token, paper):
    found = []

    def seal(_number):
        with tokens.token_signer("exempleville") as signer:
            found.append(signer)
            assert tokens._SESSIONS.lock.locked()
            return asyncio.run(signer.async_sign_raw(b"data", "sha256"))

    with ThreadPoolExecutor(4) as pool:
        assert len(list(pool.map(seal, range(12)))) == 12
    assert len(set(map(id, found))) == 1


@only_ec
@pytest.mark.parametrize(
    ("file", "text", "reason"),
    [
        ("seal.pin", "135790", "pin"),
        ("seal.toml", "key = 3", "settings"),
        ("seal.toml", "", "settings"),
        ("seal.toml", softhsm.settings("another"), "token"),
        ("seal.toml", softhsm.settings("{token}", "another"), "key"),
        (
            "seal.toml",
            softhsm.settings("{token}").replace(softhsm.module(), "/no/module.so"),
            "module",
        ),
        (
            "seal.toml",
            softhsm.settings("{token}").replace(softhsm.module(), "/etc/hostname"),
            "module",
        ),
    ],
)
def test_what_is_wrong_is_named(token, keys, paper, file, text, reason):
    path = keys / file
    before = path.read_bytes()
    write_private(path, text.replace("{token}", token).encode())
    for _ in range(2):
        with pytest.raises(SealKeyUnusable) as refused:
            port(ISealer).seal(paper)
        assert refused.value.context == {"reason": reason}
    write_private(path, before)
    assert port(ISealer).seal(paper).startswith(paper)


@only_ec
def test_a_pin_that_others_may_read_opens_nothing(token, keys, paper):
    (keys / "seal.pin").chmod(0o644)
    with pytest.raises(SealKeyUnusable) as refused:
        port(ISealer).seal(paper)
    assert refused.value.context == {"reason": "exposed"}


@only_ec
def test_a_token_whose_certificate_ended_seals_nothing(token, paper):
    with time_machine.travel("2040-01-01"), pytest.raises(SealKeyUnusable) as refused:
        port(ISealer).seal(paper)
    assert refused.value.context == {"reason": "expired"}


@only_ec
def test_a_session_that_ended_is_opened_anew(token, paper):
    port(ISealer).seal(paper)
    list(tokens._SESSIONS.opened.values())[-1].session.close()
    with pytest.raises(SealKeyUnusable) as refused:
        port(ISealer).seal(paper)
    assert refused.value.context == {"reason": "token"}
    assert port(ISealer).seal(paper).startswith(paper)
