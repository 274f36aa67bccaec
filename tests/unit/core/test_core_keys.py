from base64 import urlsafe_b64decode
from concurrent.futures import ThreadPoolExecutor
from hypothesis import given
from hypothesis import strategies as st
from plonegov.core.errors import KeyFileExposed
from plonegov.core.errors import KeyMissing
from plonegov.core.identity.errors import KeyFileDamaged
from plonegov.core.identity.errors import SealedValueDamaged
from plonegov.core.identity.keys import create_key
from plonegov.core.identity.keys import ensure_key
from plonegov.core.identity.keys import Sealed
from plonegov.core.identity.keys import TownKeys

import os
import pytest
import re


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys-home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLONEGOV_HOME", str(folder))
        create_key("town")
        create_key("other")
        yield folder


@pytest.fixture
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("PLONEGOV_HOME", str(tmp_path))
    return tmp_path


texts = st.text(st.characters(), max_size=40)  # lone surrogates, too
parts = st.lists(texts, max_size=4)


def test_only_the_owner_may_read_what_is_made(own_home):
    old = os.umask(0)
    try:
        key_id = create_key("town")
    finally:
        os.umask(old)
    folder = own_home / "keys" / "town"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert folder.parent.stat().st_mode & 0o777 == 0o700
    assert {path.name for path in folder.iterdir()} == {f"{key_id}.key", "current"}
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert len((folder / f"{key_id}.key").read_bytes()) == 32


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../town", "Town", "a/b", "a\n", "x" * 64]
)
def test_a_folder_is_made_for_a_municipality_id_only(own_home, name):
    with pytest.raises(ValueError):
        create_key(name)
    with pytest.raises(KeyMissing):
        TownKeys(name).encrypt("secret")
    assert list(own_home.iterdir()) == []


def test_a_new_key_is_the_current_one_and_the_old_one_still_opens(own_home):
    first = create_key("town")
    keys = TownKeys("town")
    sealed, mac = keys.encrypt("85073003328"), keys.mac("link", "A", 1)
    second = create_key("town")
    assert keys.current_id == second != first
    assert keys.encrypt("x").key_id == second
    assert keys.decrypt(sealed) == "85073003328"
    assert not keys.verify(mac, "link", "A", 1)
    assert keys.verify(mac, "link", "A", 1, key_id=first)


def test_ensuring_a_key_makes_one_only_when_there_is_none(own_home):
    key_id = ensure_key("town")
    assert ensure_key("town") == key_id == TownKeys("town").current_id


def test_what_is_stored_is_a_tuple_that_reveals_nothing(home):
    sealed = TownKeys("town").encrypt("85073003328")
    stored = sealed.as_tuple()
    assert stored == (sealed.key_id, sealed.token)
    assert "85073003328" not in repr(sealed)
    assert b"85073003328" not in urlsafe_b64decode(sealed.token)
    assert TownKeys("town").decrypt(Sealed(*stored)) == "85073003328"


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_every_text_comes_back(home, text):
    keys = TownKeys("town")
    assert keys.decrypt(keys.encrypt(text)) == text


def test_the_same_text_is_never_encrypted_alike(home):
    keys = TownKeys("town")
    assert keys.encrypt("x").token != keys.encrypt("x").token


@pytest.mark.parametrize(
    "change", [lambda t: t[:-8], lambda t: t[:40] + "é" + t[41:], lambda t: ""]
)
def test_a_changed_value_is_refused(home, change):
    keys = TownKeys("town")
    sealed = keys.encrypt("85073003328")
    with pytest.raises(SealedValueDamaged):
        keys.decrypt(Sealed(sealed.key_id, change(sealed.token)))


def test_another_towns_value_is_not_opened(home):
    with pytest.raises(KeyMissing):
        TownKeys("other").decrypt(TownKeys("town").encrypt("85073003328"))


def test_a_key_copied_to_another_town_opens_nothing(own_home):
    key_id = create_key("town")
    create_key("other")
    file = own_home / "keys" / "town" / f"{key_id}.key"
    copy = own_home / "keys" / "other" / file.name
    copy.write_bytes(file.read_bytes())
    copy.chmod(0o600)
    with pytest.raises(SealedValueDamaged):
        TownKeys("other").decrypt(TownKeys("town").encrypt("85073003328"))


@pytest.mark.parametrize("key_id", ["0" * 16, "", "current", "../../town/current", "é"])
def test_an_unknown_key_is_missing(home, key_id):
    with pytest.raises(KeyMissing):
        TownKeys("town").decrypt(Sealed(key_id, "x"))


def test_a_key_id_leads_to_no_other_folder(home):
    foreign = TownKeys("other").current_id
    with pytest.raises(KeyMissing):
        TownKeys("town").mac("link", "A", key_id=f"../other/{foreign}")


def test_a_town_without_keys_has_none(own_home):
    with pytest.raises(KeyMissing):
        TownKeys("town").encrypt("x")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601])
@pytest.mark.parametrize("name", ["current", "key", "folder"])
def test_keys_that_others_may_touch_are_refused(own_home, mode, name):
    key_id = create_key("town")
    folder = own_home / "keys" / "town"
    keys = TownKeys("town")
    sealed = keys.encrypt("x")
    path = {"current": folder / "current", "key": folder / f"{key_id}.key"}.get(name)
    (path or folder).chmod(mode if path else mode | 0o100)
    with pytest.raises(KeyFileExposed):
        keys.encrypt("x")
    if name != "current":
        with pytest.raises(KeyFileExposed):
            keys.decrypt(sealed)


def test_no_key_is_made_in_a_folder_that_others_may_enter(own_home):
    folder = own_home / "keys" / "town"
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    with pytest.raises(KeyFileExposed):
        create_key("town")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("data", [b"", b"x" * 31, b"x" * 33])
def test_a_key_cut_short_is_refused_not_used(own_home, data):
    key_id = create_key("town")
    (own_home / "keys" / "town" / f"{key_id}.key").write_bytes(data)
    with pytest.raises(KeyFileDamaged):
        TownKeys("town").encrypt("x")


@given(parts)
def test_a_code_is_32_small_letters_and_digits(home, values):
    assert re.fullmatch("[a-z2-7]{32}", TownKeys("town").mac("link", *values))


@given(parts, parts)
def test_codes_agree_only_for_the_same_parts(home, one, two):
    keys = TownKeys("town")
    assert keys.verify(keys.mac("link", *one), "link", *two) is (one == two)


def test_a_code_belongs_to_its_purpose_its_key_and_its_division(home):
    keys, other = TownKeys("town"), TownKeys("other")
    codes = [
        keys.mac("link", "AB", "C"),
        keys.mac("link", "A", "BC"),
        keys.mac("link", "ABC"),
        keys.mac("link", "ABC", ""),
        keys.mac("token", "ABC"),
        keys.mac("tokenA", "BC"),
        other.mac("link", "ABC"),
    ]
    assert len(set(codes)) == len(codes)
    assert keys.mac("link", 7) == keys.mac("link", "7")


@given(texts)
def test_a_wrong_code_is_refused_whatever_its_characters(home, guess):
    assert not TownKeys("town").verify(guess, "link", "A")


def test_threads_and_forks_use_the_same_keys(home):
    keys = TownKeys("town")
    expected = keys.mac("link", "A")
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: keys.mac("link", "A"), range(50))) == {expected}
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(write, keys.mac("link", "A").encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(read, 100).decode() == expected
    os.close(read)
    os.close(write)
