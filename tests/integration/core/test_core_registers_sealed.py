"""The register of sealed documents, and the chain over all registers of a town."""

from plonegov.core.municipality.example import TOWN
from plonegov.core.ops.home import home
from plonegov.core.registers import chain
from plonegov.core.registers import sealed
from plonegov.core.registers.errors import ReasonOfEntryMissing
from plonegov.core.registers.errors import RegistersChanged
from plonegov.core.registers.errors import SealedDocumentOver
from plonegov.core.registers.errors import SealedDocumentUnknown
from plonegov.core.registers.register import ANNOTATION
from plonegov.core.registers.register import Register
from plonegov.core.registers.sealed import SealedKind
from zope.annotation.interfaces import IAnnotations

import dataclasses
import pytest
import shutil


KIND = SealedKind("residence", {"fr": "Résidence"}, "population")


@pytest.fixture(autouse=True)
def no_chain(portal):
    yield
    shutil.rmtree(home() / "registers", ignore_errors=True)


def enter(number):
    code = sealed.new_document_code()
    return sealed.enter(code, f"{number:064}", KIND, who="clerk", initials="A.E.")


def test_a_document_is_found_by_its_code_and_by_its_file(portal):
    first, second = enter(1), enter(2)
    assert (first.number, second.number) == (1, 2)
    assert sealed.find(first.code) == first
    assert sealed.find_digest(second.digest) == second
    assert sealed.find_digest("f" * 64) is None
    assert list(sealed.documents(first.year)) == [first, second]
    with pytest.raises(SealedDocumentUnknown):
        sealed.find(sealed.new_document_code())


@pytest.mark.parametrize("change", [str.lower, lambda code: f"{code[:4]} - {code[4:]}"])
def test_a_code_is_read_as_people_type_it(portal, change):
    code = sealed.new_document_code()
    assert sealed.read_code(change(code)) == code
    wrong = ("0" if code[0] != "0" else "1") + code[1:]
    assert sealed.read_code(wrong) is None


def test_what_was_revoked_or_replaced_says_why_and_stays_so(portal):
    first, second, third = enter(1), enter(2), enter(3)
    with pytest.raises(ReasonOfEntryMissing):
        sealed.revoke(first.code, " ", who="clerk")
    assert sealed.revoke(first.code, "Wrong", who="clerk").standing == "revoked"
    replaced = sealed.replace(second.code, third.code, "Name misspelt", who="clerk")
    assert (replaced.standing, replaced.replaced_by) == ("replaced", third.code)
    assert replaced.reason == "Name misspelt"
    for code in (first.code, second.code):
        with pytest.raises(SealedDocumentOver):
            sealed.revoke(code, "again", who="clerk")
    with pytest.raises(SealedDocumentUnknown):
        sealed.replace(third.code, "x" * 20, "Unknown", who="clerk")
    assert sealed.find(third.code).standing == "valid"


def test_people_are_forgotten_and_the_chain_holds(portal):
    first = enter(1)
    chain.seal(TOWN)
    sealed.revoke(first.code, "Wrong", who="other-clerk")
    chain.seal(TOWN)
    assert chain.verify(TOWN) == []
    assert sealed.forget(first.code) and not sealed.forget(first.code)
    assert chain.verify(TOWN) == []
    known = sealed.find(first.code)
    assert (known.initials, known.standing) == ("", "revoked")
    text = (home() / "registers" / TOWN / "chain.jsonl").read_text()
    assert "clerk" not in text and first.code not in text


def test_whom_somebody_exchanged_is_found(portal):
    first = enter(1)
    people = sealed._made("people")
    salt, _person = people[first.code][0]
    people[first.code] = ((salt, {"who": "another", "initials": "A.E."}),)
    assert any("people" in problem for problem in chain.verify(TOWN))


def test_each_link_holds_what_came_since_the_last_one(portal):
    assert chain.seal(TOWN) is None and chain.verify(TOWN) == []
    enter(1)
    Register("council").allocate(2026, "uid", "d")
    first = chain.seal(TOWN)
    assert [key[:3] for key, _digest in first.entries] == [
        ("council", 2026, 1),
        ("sealed", first.entries[1][0][1], 1),
    ]
    assert chain.seal(TOWN) is None
    Register("council").rectify(2026, 1, "e", "Name misspelt")
    second = chain.seal(TOWN)
    assert (second.number, second.before) == (2, first.hash)
    assert chain.verify(TOWN) == []


def touched(portal):
    """Change an entry as somebody with the database in hands would."""
    held = IAnnotations(portal)[ANNOTATION]["council"][2026]
    (entry,) = held.versions[1]
    held.versions[1] = (dataclasses.replace(entry, digest="x"),)


def cut_off(portal):
    path = home() / "registers" / TOWN / "chain.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


def spoilt(portal):
    path = home() / "registers" / TOWN / "chain.jsonl"
    path.write_bytes(b"nothing\n")


@pytest.mark.parametrize("touch", [touched, cut_off, spoilt])
def test_what_somebody_touched_is_found_and_not_sealed_over(portal, touch):
    for number in (1, 2, 3):
        Register("council").allocate(2026, f"uid-{number}", "d")
        chain.seal(TOWN)
    touch(portal)
    assert chain.verify(TOWN)
    Register("council").allocate(2026, "uid", "d")
    with pytest.raises((RegistersChanged, ValueError)):
        chain.seal(TOWN)


def test_a_link_that_a_crash_left_unfinished_is_made_anew(portal):
    Register("council").allocate(2026, "uid", "d")
    chain.seal(TOWN)
    path = home() / "registers" / TOWN / "chain.jsonl"
    path.write_bytes(path.read_bytes() + b'{"number": 2')
    assert chain.verify(TOWN) == []
    Register("council").allocate(2026, "uid", "d")
    assert chain.seal(TOWN).number == 2
    assert chain.verify(TOWN) == []
