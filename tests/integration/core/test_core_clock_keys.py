from datetime import datetime
from datetime import timedelta
from datetime import UTC
from plonegov.core import api
from plonegov.core.errors import NoMunicipality
from plonegov.core.errors import ReadLogUnwritable
from plonegov.core.identity.current import town_keys
from plonegov.core.interfaces import IClock
from plonegov.core.interfaces import IErrorTexts
from plonegov.core.municipality.facts import settings
from plonegov.core.ops.home import home
from plonegov.core.ops.readlog import log_read
from plonegov.core.ops.readlog import verify
from plonegov.core.testing import TOWN
from zope.component import getUtility
from zope.interface.verify import verifyObject

import json
import pytest
import shutil


@pytest.fixture
def audit(portal):
    folder = home() / "audit" / TOWN
    shutil.rmtree(folder, ignore_errors=True)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_the_clock_of_a_town_is_the_machines(portal):
    assert verifyObject(IClock, api.port(IClock))
    now = api.now()
    assert now.tzinfo is UTC
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=5)


def test_the_texts_of_core_are_registered(portal):
    texts = getUtility(IErrorTexts, name="plonegov.core")
    assert verifyObject(IErrorTexts, texts)
    assert texts.get("key_missing").domain == "plonegov.core"


def test_the_keys_are_those_of_the_sites_municipality(portal):
    keys = town_keys()
    assert keys.municipality_id == TOWN
    sealed = keys.encrypt("85073003328")
    assert (home() / "keys" / TOWN / f"{sealed.key_id}.key").exists()
    assert town_keys().decrypt(sealed) == "85073003328"


def test_a_read_is_in_the_towns_log_at_once(portal, audit):
    log_read("open_order", "7K3M9QXW2RA", "clerk", "192.0.2.7", reason="handling")
    log_read("reveal_number", "7K3M9QXW2RA", "clerk", "192.0.2.7")
    (chain,) = audit.glob("reads-*.log")
    entries = [json.loads(line) for line in chain.read_text().splitlines()]
    assert [entry["action"] for entry in entries] == ["open_order", "reveal_number"]
    assert datetime.fromisoformat(entries[0]["time"]).tzinfo is not None
    assert verify(TOWN) == []


def test_a_read_that_can_t_be_logged_is_refused(portal, audit):
    audit.parent.mkdir(exist_ok=True)
    audit.write_text("a file where the folder should be")
    try:
        with pytest.raises(ReadLogUnwritable):
            log_read("open_order", "7K3M9QXW2RA", "clerk", "192.0.2.7")
    finally:
        audit.unlink()


def test_a_site_without_municipality_has_no_keys_and_no_log(portal):
    settings().municipality_id = ""
    with pytest.raises(NoMunicipality):
        town_keys()
    with pytest.raises(NoMunicipality):
        log_read("open_order", "7K3M9QXW2RA", "clerk", "192.0.2.7")
