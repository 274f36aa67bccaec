"""Extracts of decisions and signed minutes bear the town's seal, and who signs them."""

from datetime import date
from helpers import authorities
from helpers import councils
from helpers.councils import acting
from helpers.sealing import read_qr
from io import BytesIO
from plone import api
from plonegov.certification.api import verifying
from plonegov.certification.jobs import AddProofs
from plonegov.core.identity.keys import TownKeys
from plonegov.core.ops.interfaces import IJob
from plonegov.core.pdf.errors import SealKeyUnusable
from plonegov.core.pdf.interfaces import ISealer
from plonegov.core.registers import chain
from plonegov.core.registers import proofs
from plonegov.core.registers import sealed
from plonegov.deliberations.api import agenda
from plonegov.deliberations.api import documents
from plonegov.deliberations.api import extracting
from plonegov.deliberations.api import items
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import minuting
from plonegov.deliberations.api import numbering
from plonegov.deliberations.api import votes
from pypdf import PdfReader
from zope.component import getUtility

import pdfstructure
import pytest
import transaction


TOWN = "exempleville"


@pytest.fixture
def meeting(portal):
    """A sitting with two accepted items, decided."""
    councils.add_staff(portal)
    mayor = councils.function("mayor", "Aubry")
    members = councils.seat()
    held = councils.plan(portal)
    first, second = (
        councils.validated(portal, title=name) for name in ("Voirie", "Eau")
    )
    councils.sit(portal, held, members[:5], first, second)
    with acting(portal, "secretary"):
        for item in (first, second):
            votes.hold(item, {"mode": "show_of_hands"})
            items.change(item, "accept")
        minuting.renew(held)
        meetings.change(held, "decide")
    transaction.commit()
    held.mayor = mayor
    return held


def run(portal, name):
    done = getUtility(IJob, name=f"plonegov.deliberations.{name}").run(portal)
    transaction.begin()
    return done


def ask(portal, meeting):
    with acting(portal, "secretary"):
        extracting.ask(meeting)
    transaction.commit()
    return run(portal, "make_extracts")


def sign(portal, meeting):
    with acting(portal, "secretary"):
        minuting.submit(meeting)
        minuting.approve(meeting, councils.plan(portal).getId())
        minuting.sign(meeting, date.today(), {"mayor": meeting.mayor})
    transaction.commit()
    return run(portal, "seal_minutes")


def codes(meeting):
    return [item.extracts[-1]["code"] for item in agenda.items_of(meeting)]


def text(pdf):
    return pdfstructure.text(PdfReader(BytesIO(pdf)))


def test_each_extract_is_sealed_registered_and_names_who_signs(portal, meeting):
    assert ask(portal, meeting) == "2 made"
    first, _second = agenda.items_of(meeting)
    pdf = extracting.extract(first)
    code = first.extracts[-1]["code"]
    assert read_qr(pdf).endswith(f"/verify/{code}")
    found = verifying.by_file(pdf)
    assert (found.verdict, found.document.code) == ("genuine", code)
    kind = found.document.kind
    assert (kind.kind, kind.service) == ("extract", first.service)
    year, number = first.registered
    assert kind.title["fr"].startswith("Extrait")
    assert kind.title["fr"].endswith(f"{year}/{number}")
    assert "DEMO" in text(pdf) and "Aubry" in text(pdf)
    assert sealed.find(code).initials == ""


def test_extracts_made_anew_replace_the_former_ones(portal, meeting):
    ask(portal, meeting)
    before = codes(meeting)
    ask(portal, meeting)
    after = codes(meeting)
    for old, new in zip(before, after, strict=True):
        assert sealed.find(old).replaced_by == new
        assert sealed.find(new).standing == "valid"


def test_a_rectified_decision_has_its_extract_replaced_and_no_other(portal, meeting):
    ask(portal, meeting)
    first, second = agenda.items_of(meeting)
    old, kept = codes(meeting)
    former = extracting.extract(first)
    with acting(portal, "secretary"):
        numbering.rectify(first, "Faute", {"decision": "<p>Autrement.</p>"})
    transaction.commit()
    assert run(portal, "make_extracts") == "1 made"
    new = first.extracts[-1]["code"]
    assert sealed.find(old).replaced_by == new
    assert verifying.by_file(former).verdict == "replaced"
    assert "Autrement." in text(extracting.extract(first))
    assert second.extracts[-1]["code"] == kept
    assert sealed.find(kept).standing == "valid"


def test_extracts_of_a_sitting_that_goes_on_are_revoked(portal, meeting):
    ask(portal, meeting)
    found = codes(meeting)
    with acting(portal, "secretary"):
        meetings.change(meeting, "resume", reason="Erreur de compte.")
    assert {sealed.find(code).standing for code in found} == {"revoked"}


def test_signed_minutes_are_sealed_and_served(portal, meeting):
    assert sign(portal, meeting) == "1 sealed"
    code = meeting.minutes.sealed["code"]
    with acting(portal, "secretary"):
        pdf = documents.minutes(meeting)
    found = verifying.by_file(pdf)
    assert (found.verdict, found.document.code) == ("genuine", code)
    assert found.document.kind.kind == "minutes"
    assert "Aubry" in text(pdf)
    assert run(portal, "seal_minutes") is None


def test_who_may_not_read_all_gets_no_sealed_minutes(portal, meeting):
    sign(portal, meeting)
    with acting(portal, "drafter"):
        assert verifying.by_file(documents.minutes(meeting)).verdict == "unsealed"


def test_without_a_seal_or_the_right_to_it_papers_are_made_as_before(portal, meeting):
    portal.manage_permission("plonegov: Seal papers", [], acquire=0)
    assert ask(portal, meeting) == "2 made" and codes(meeting) == ["", ""]
    portal.manage_permission("plonegov: Seal papers", ["Secretary"], acquire=0)
    ports = dict(api.portal.get_registry_record("plonegov.core.ports"))
    ports[ISealer.__name__] = ""
    api.portal.set_registry_record("plonegov.core.ports", ports)
    assert ask(portal, meeting) == "2 made" and codes(meeting) == ["", ""]
    assert sign(portal, meeting) is None
    assert list(sealed.documents(date.today().year)) == []


def test_a_key_that_fails_holds_no_extract_back_and_minutes_wait(portal, meeting):
    ask(portal, meeting)
    first, _second = agenda.items_of(meeting)
    old = first.extracts[-1]["code"]
    file = TownKeys(TOWN).folder / "demo-seal.p12"
    file.chmod(0o640)
    try:
        assert ask(portal, meeting) == "2 made" and codes(meeting) == ["", ""]
        with pytest.raises(SealKeyUnusable):
            sign(portal, meeting)
    finally:
        file.chmod(0o600)
        transaction.begin()
    assert sealed.find(old).standing == "revoked"
    assert run(portal, "seal_minutes") == "1 sealed"


def test_their_seals_get_proofs(portal, meeting, there):
    authorities.trust(TOWN, there.pki)
    path = authorities.name_authority(TOWN, f"{there.address}/tsa")
    try:
        ask(portal, meeting)
        sign(portal, meeting)
        assert len(proofs.waiting()) == 3
        assert AddProofs().run(portal) == "3 proved"
    finally:
        path.unlink()
    transaction.begin()
    first, _second = agenda.items_of(meeting)
    for file in (first.extracts[-1]["file"], meeting.minutes.sealed["file"]):
        assert verifying.by_file(file.data).verdict == "genuine"
        assert b"ETSI.RFC3161" in file.data
    assert proofs.waiting() == []


def test_the_tags_survive(portal, meeting):
    ask(portal, meeting)
    first, _second = agenda.items_of(meeting)
    root = PdfReader(BytesIO(extracting.extract(first))).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/StructTreeRoot"]
    (field,) = root["/AcroForm"]["/Fields"]
    assert "/StructParent" in field.get_object()


def test_who_asks_is_kept_where_it_can_be_forgotten(portal, meeting):
    ask(portal, meeting)
    (code, _other) = codes(meeting)
    assert chain.seal(TOWN) is not None
    sealed.forget(code)
    assert sealed.find(code).standing == "valid" and chain.verify(TOWN) == []
