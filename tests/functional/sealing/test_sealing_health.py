"""Green or red, with what to do: what is found of the health of a town's seal."""

from datetime import datetime
from datetime import timedelta
from datetime import UTC
from helpers import authorities
from plonegov.certification.adapters import asking
from plonegov.core.api import municipality
from plonegov.core.ops.findings import State
from plonegov.core.ops.interfaces import IHealthCheck
from plonegov.core.registers import proofs
from plonegov.municipalities.doctor import addons
from zope.component import getUtility
from zope.i18n import translate
from zope.interface.verify import verifyObject

import pytest
import time_machine


TOWN = "exempleville"


@pytest.fixture
def check():
    return getUtility(IHealthCheck, name="plonegov.certification")


@pytest.fixture
def seen(portal, check):
    """Return a function that tells the findings by the last word of their ids."""

    def look():
        return named(check.look(portal))

    return look


def named(findings):
    return {
        each.id.rpartition(".")[2]: (
            each.state,
            " ".join(
                translate(text, target_language="en")
                for text in (each.seen, each.remedy)
                if text is not None
            ),
        )
        for each in findings
    }


def test_a_town_in_order_is_green(town, seen, check, there):
    assert verifyObject(IHealthCheck, check)
    found = seen() | named(check.probe(municipality(), datetime.now(UTC)))
    assert {name: state for name, (state, _said) in found.items()} == dict.fromkeys(
        ("key", "chain", "settings", "waiting", "authority"), State.OK
    )
    assert "Whole: 2 certificates." in found["chain"][1]
    assert f"{there.address}/tsa answers" in found["authority"][1]


def test_a_town_that_seals_nothing_is_green(portal, choose, seen, check):
    choose("")
    assert {name: state for name, (state, _said) in seen().items()} == {
        "settings": State.OK,
        "waiting": State.OK,
    }
    assert check.probe(municipality(), datetime.now(UTC)) == []


def test_a_town_without_a_key_seals_nothing_and_is_green(portal, choose, seen):
    choose("pkcs12")
    state, said = seen()["key"]
    assert (state, said) == (State.OK, "The town has none, and seals nothing.")


def test_a_key_that_is_made_when_it_is_needed_is_no_fault(portal, keys, seen):
    for file in keys.glob("demo-seal.*"):
        file.unlink()
    assert seen()["key"][0] is State.OK
    assert not (keys / "demo-seal.p12").exists()


def missing(keys, there):
    (keys / "seal.p12").unlink()


def exposed(keys, there):
    (keys / "seal.password").chmod(0o644)


def of_another_key(keys, there):
    (keys / "seal.password").write_bytes(b"another")


def damaged(keys, there):
    (keys / "seal.p12").write_bytes(b"damaged")


def expired(keys, there):
    authorities.write_seal_key(TOWN, there.pki, days=-1)


def ends_soon(keys, there):
    authorities.write_seal_key(TOWN, there.pki, days=29)


def without_its_root(keys, there):
    authorities.write_seal_key(TOWN, there.pki, whole=False)


def readable_settings(keys, there):
    (keys / "seal.toml").chmod(0o604)


def unknown_settings(keys, there):
    authorities.name_authority(TOWN, there.address, 'urls = ""\n')


def nobody_trusted(keys, there):
    (keys / "tsa-roots" / "root.pem").unlink()


CASES = [
    (missing, "key", State.BAD, "seal.p12 and seal.password"),
    (exposed, "key", State.BAD, "set mode 0600"),
    (of_another_key, "key", State.BAD, "into seal.password"),
    (damaged, "key", State.BAD, "backup of the keys"),
    (expired, "key", State.BAD, "Ask for a new certificate"),
    (ends_soon, "key", State.SOON, "Ask for a new certificate"),
    (without_its_root, "chain", State.BAD, "Test root"),
    (readable_settings, "settings", State.BAD, "mode is 0604; allowed: 0600."),
    (unknown_settings, "settings", State.BAD, "timestamp.urls"),
    (nobody_trusted, "settings", State.BAD, "tsa-roots"),
]


@pytest.mark.parametrize(("harm", "name", "state", "words"), CASES)
def test_what_is_wrong_is_told_with_its_remedy(
    town, keys, there, seen, harm, name, state, words
):
    harm(keys, there)
    found = seen()
    assert found[name][0] is state and words in found[name][1]
    others = {each for key, (each, _said) in found.items() if key != name}
    assert others == {State.OK}


def test_who_waits_for_more_than_a_day_is_told(town, sealed_order, seen):
    sealed_order()
    state, said = seen()["waiting"]
    assert state is State.OK and "1 sealed documents wait" in said
    (waiting,) = proofs.waiting()
    with time_machine.travel(waiting.since + timedelta(days=1, minutes=1)):
        state, said = seen()["waiting"]
    assert state is State.BAD and "add_proofs" in said


def silent(there):
    there.silent.add("/tsa")


def dead(there):
    there.server.shutdown()
    there.server.server_close()


def wants_an_account(there):
    there.account = authorities.ACCOUNT


def stranger(there):
    key, certificate = authorities.Pki("").issue("Stranger", stamps=True)
    there.stamper = authorities.stamper(key, certificate)


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (silent, "gives no answer (TimeoutError"),
        (dead, "gives no answer"),
        (wants_an_account, "401"),
        (stranger, "into tsa-roots"),
    ],
)
def test_an_authority_that_does_not_help_is_told(
    town, there, check, harm, words, monkeypatch
):
    monkeypatch.setattr(asking, "SECONDS", 1)
    harm(there)
    begin = datetime.now(UTC)
    state, said = named(check.probe(municipality(), datetime.now(UTC)))["authority"]
    assert state is State.BAD and words in said
    assert datetime.now(UTC) - begin < timedelta(seconds=10)


def test_the_doctor_tells_it_line_by_line(town, keys, there):
    ends_soon(keys, there)
    lines = {line.name: line for line in addons.seen(town, TOWN)}
    line = lines[f"Seal key of {TOWN}"]
    assert (line.mark, line.ok) == ("warn", True)
    assert "Ask for a new certificate" in line.note
    exposed(keys, there)
    lines = {line.name: line for line in addons.seen(town, TOWN)}
    assert lines[f"Seal key of {TOWN}"].mark == "BAD"
    (line,) = addons.answered(municipality())
    assert (line.name, line.mark) == (f"Time-stamping authority of {TOWN}", "ok")
