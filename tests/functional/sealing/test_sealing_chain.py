"""The registers are compared without the write lock, and chained under it."""

from plonegov.core.ops.writelock import town_lock
from plonegov.core.registers import chain
from plonegov.core.registers import sealed
from plonegov.core.registers.errors import RegistersChanged
from plonegov.core.registers.register import ANNOTATION
from plonegov.core.registers.sealed import SealedKind
from zope.annotation.interfaces import IAnnotations

import dataclasses
import pytest
import shutil
import transaction


TOWN = "exempleville"
KIND = SealedKind("residence", {"fr": "Résidence"}, "population")


@pytest.fixture(autouse=True)
def no_chain(portal):
    yield
    shutil.rmtree(chain._path(TOWN).parent, ignore_errors=True)


def enter(number):
    code = sealed.new_document_code()
    document = sealed.enter(code, f"{number:064}", KIND, who="clerk", initials="A.E.")
    transaction.commit()
    return document


@pytest.fixture
def meanwhile(monkeypatch):
    """Return a function that has something done once, between comparing and locking."""

    def arrange(action):
        examine = chain.examine

        def examined(municipality_id):
            found = examine(municipality_id)
            with town_lock("plone", timeout=1):  # nobody holds it while it compares
                monkeypatch.undo()
                transaction.begin()
                action()
                transaction.commit()
            return found

        monkeypatch.setattr(chain, "examine", examined)

    return arrange


def test_what_comes_in_meanwhile_is_chained_with_it(portal, meanwhile):
    enter(1)
    meanwhile(lambda: enter(2))
    assert len(chain.seal_town(portal).entries) == 2
    assert chain.seal_town(portal) is None and chain.verify(TOWN) == []


def test_what_is_rectified_meanwhile_is_chained_too(portal, meanwhile):
    document = enter(1)
    chain.seal_town(portal)
    meanwhile(lambda: sealed.revoke(document.code, "Wrong.", who="clerk"))
    assert len(chain.seal_town(portal).entries) == 1
    assert chain.verify(TOWN) == []


def test_who_chained_meanwhile_is_followed(portal, meanwhile):
    enter(1)
    meanwhile(lambda: chain.seal(TOWN))
    assert chain.seal_town(portal) is None
    enter(2)
    assert chain.seal_town(portal).number == 2
    assert chain.verify(TOWN) == []


def test_what_was_changed_stops_it(portal):
    enter(1)
    chain.seal_town(portal)
    (year,) = IAnnotations(portal)[ANNOTATION]["sealed"].values()
    (entry,) = year.versions[1]
    year.versions[1] = (dataclasses.replace(entry, digest="f" * 64),)
    transaction.commit()
    with pytest.raises(RegistersChanged):
        chain.seal_town(portal)
