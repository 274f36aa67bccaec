"""Time stamps and lists are appended to sealed files later; nothing is lost meanwhile."""

from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives.serialization import Encoding
from helpers import authorities
from helpers.sealing import a_comment
from helpers.sealing import one_byte
from io import BytesIO
from plonegov.certification.adapters import asking
from plonegov.certification.adapters import proving
from plonegov.certification.api import verifying
from plonegov.certification.domain.errors import AuthorityUnavailable
from plonegov.certification.domain.errors import ProofsRefused
from plonegov.certification.domain.errors import SettingsWrong
from plonegov.certification.jobs import AddProofs
from plonegov.core.registers import proofs
from plonegov.core.registers import sealed
from plonegov.ordering.api import seals
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation import validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

import pytest
import subprocess
import transaction


TOWN = "exempleville"


@pytest.fixture
def order(town, sealed_order):
    return sealed_order()


@pytest.fixture
def run(town):
    """Return a function that runs the job."""

    def go():
        try:
            return AddProofs().run(town)
        finally:
            transaction.begin()

    return go


def stamps(pdf):
    return PdfFileReader(BytesIO(pdf)).embedded_timestamp_signatures


def revisions(pdf):
    """Return a PDF as it was after each of its revisions."""
    mark = b"%%EOF"
    ends = [at + len(mark) for at in range(len(pdf)) if pdf.startswith(mark, at)]
    return [pdf if end == ends[-1] else pdf[: end + 1] for end in ends]


def trusting(there):
    """Return a context that trusts the authorities, and asks nobody."""
    root = there.pki.root.public_bytes(Encoding.DER)
    return ValidationContext(trust_roots=[Certificate.load(root)])


def pdfsig(pdf, tmp_path):
    file = tmp_path / "sealed.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(
        ["pdfsig", "-nocert", file], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_proofs_are_appended_and_the_verdict_stays(order, run, tmp_path):
    before, serial = order.issued.data, order._p_serial
    assert [each.code for each in proofs.waiting()] == [order.seal_code]
    assert run() == "1 proved"
    after = order.issued.data
    assert after.startswith(before) and len(stamps(after)) == 1
    assert order.issued.getSize() == len(after)
    assert order._p_serial == serial
    found = verifying.by_file(after)
    assert (found.verdict, found.document.code) == ("genuine", order.seal_code)
    assert verifying.by_file(before).verdict == "genuine"
    assert "Signature is Valid." in pdfsig(after, tmp_path)
    assert proofs.waiting() == [] and run() is None


def test_each_revision_is_valid_by_itself(order, run, there, tmp_path):
    run()
    data, trusted = order.issued.data, trusting(there)
    _page, seal, shown, stamped = revisions(data)
    assert stamped == data
    for revision in (seal, shown, stamped):
        reader = PdfFileReader(BytesIO(revision))
        (found,) = reader.embedded_regular_signatures
        assert validate_pdf_signature(found, trusted).bottom_line
        assert verifying.by_file(revision).verdict == "genuine"
        assert "Signature is Valid." in pdfsig(revision, tmp_path)
    (stamp,) = stamps(stamped)
    status = validate_pdf_timestamp(stamp, trusted)
    assert status.intact and status.valid and status.trusted
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE


def test_the_lists_of_both_certificates_are_in_the_file(order, run, there):
    run()
    store = PdfFileReader(BytesIO(order.issued.data)).root["/DSS"]
    assert len(store["/CRLs"]) >= 1
    names = {f"/{each}" for each in ("root.crl", "tsa")}
    assert set(there.asked) == names
    assert len(store["/Certs"]) == 3  # the root, the seal's and the authority's


@pytest.mark.parametrize("change", [one_byte, a_comment])
def test_a_file_changed_after_its_proofs_is_told(order, run, change):
    run()
    assert verifying.by_file(change(order.issued.data)).verdict == "changed"


def test_without_an_authority_nothing_waits(town, keys, sealed_order):
    (keys / "seal.toml").unlink()
    placed = sealed_order()
    assert sealed.find(placed.seal_code) and proofs.waiting() == []


def test_a_revoked_or_erased_document_waits_no_longer(order, run, there):
    sealed.revoke(order.seal_code, "Wrong.", who="clerk")
    transaction.commit()
    before = order.issued.data
    assert run() is None and proofs.waiting() == []
    assert order.issued.data == before and there.asked == []


def test_who_made_it_anew_meanwhile_wins(order, run, there, monkeypatch):
    prove = proving.Prover.prove

    def slow(prover, pdf):
        transaction.begin()
        seals.seal(order)
        transaction.commit()
        return prove(prover, pdf)

    monkeypatch.setattr(proving.Prover, "prove", slow)
    first = order.seal_code
    run()
    assert order.seal_code != first and stamps(order.issued.data) == []
    assert order.seal_code in {each.code for each in proofs.waiting()}


def dead(there):
    there.server.shutdown()
    there.server.server_close()


def silent(there):
    there.silent.add("/tsa")


def long(there):
    there.answers["/tsa"] = b"0" * (asking.MOST + 1)


def no_list(there):
    there.answers["/root.crl"] = b"no list"


def wants_an_account(there):
    there.account = authorities.ACCOUNT


@pytest.mark.parametrize("fault", [dead, silent, long, no_list, wants_an_account])
def test_an_authority_that_fails_loses_nothing(order, run, there, fault, monkeypatch):
    monkeypatch.setattr(asking, "SECONDS", 1)
    fault(there)
    before = order.issued.data
    with pytest.raises(AuthorityUnavailable):
        run()
    assert order.issued.data == before
    assert [each.code for each in proofs.waiting()] == [order.seal_code]


def revoked(there):
    there.pki.revoked.append(there.pki.issued["Exempleville"])


def stranger(there):
    key, certificate = authorities.Pki(there.address).issue("Stranger", stamps=True)
    there.stamper = authorities.stamper(key, certificate)


def garbage(there):
    there.answers["/tsa"] = b"0\x80garbage"


@pytest.mark.parametrize("fault", [revoked, stranger, garbage])
def test_what_would_not_be_valid_is_not_kept(order, run, there, fault):
    fault(there)
    before = order.issued.data
    with pytest.raises(ProofsRefused):
        run()
    assert order.issued.data == before
    assert [each.code for each in proofs.waiting()] == [order.seal_code]


def test_an_account_is_sent_to_the_authority(order, run, there):
    there.account = authorities.ACCOUNT
    user, password = authorities.ACCOUNT
    more = f'user = "{user}"\npassword = "{password}"\n'
    authorities.name_authority(TOWN, f"{there.address}/tsa", more)
    assert run() == "1 proved"


def test_settings_that_others_may_read_ask_nobody(order, run, there, keys):
    (keys / "seal.toml").chmod(0o640)
    with pytest.raises(SettingsWrong) as wrong:
        run()
    assert wrong.value.context["found"] == "0640" and there.asked == []


def test_without_trusted_certificates_nobody_is_asked(order, run, there, keys):
    (keys / "tsa-roots" / "root.pem").write_bytes(b"none")
    with pytest.raises(SettingsWrong):
        run()
    assert there.asked == []
