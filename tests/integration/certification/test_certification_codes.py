"""A code is good once, for a short time, for what and for whom it was given."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from plonegov.certification.api import codes
from plonegov.certification.api.codes import Purpose
from plonegov.certification.domain.errors import SignInOver
from plonegov.core.api import municipality
from plonegov.core.identity.keys import TownKeys
from plonegov.core.ops.files import town_folder
from plonegov.core.ops.home import home

import os
import pytest
import shutil
import stat
import time


MINE = codes.digest("my browser")
CONTENT = {"number": "85073003328"}


@pytest.fixture
def folder(portal):
    shutil.rmtree(home() / codes.FOLDER, ignore_errors=True)
    return town_folder(codes.FOLDER, municipality().id)


def test_a_code_gives_what_it_stands_for_once(folder):
    code = codes.give(Purpose.PROOF, MINE, CONTENT)
    assert codes.take(code, MINE, Purpose.PROOF) == codes.Kept(CONTENT, MINE)
    with pytest.raises(SignInOver):
        codes.take(code, MINE, Purpose.PROOF)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("purpose", "browser"),
    [(Purpose.CONFIRM, MINE), (Purpose.PROOF, codes.digest("")), (Purpose.PROOF, "")],
)
def test_a_code_for_something_or_somebody_else_is_spent(folder, purpose, browser):
    code = codes.give(Purpose.PROOF, MINE, CONTENT)
    for _ in range(2):
        with pytest.raises(SignInOver):
            codes.take(code, browser, purpose)
    with pytest.raises(SignInOver):
        codes.take(code, MINE, Purpose.PROOF)


def test_where_the_browser_can_t_be_known_it_is_told(folder):
    code = codes.give(Purpose.BEGUN, MINE, CONTENT)
    assert codes.take(code, None, Purpose.BEGUN).browser == MINE


@pytest.mark.parametrize("purpose", Purpose)
def test_a_code_ends_in_time(folder, monkeypatch, purpose):
    code, late = (codes.give(purpose, MINE, CONTENT) for _ in range(2))
    began, lifetime = codes.now(), codes.LIFETIMES[purpose]
    monkeypatch.setattr(codes, "now", lambda: began + lifetime - timedelta(seconds=5))
    assert codes.take(code, MINE, purpose).content == CONTENT
    monkeypatch.setattr(codes, "now", lambda: began + lifetime + timedelta(seconds=5))
    with pytest.raises(SignInOver):
        codes.take(late, MINE, purpose)


@pytest.mark.parametrize("wrong", ["", "x", "../../keys", "é\udcff", "a" * 5000])
def test_what_is_no_code_opens_nothing(folder, wrong):
    with pytest.raises(SignInOver):
        codes.take(wrong, MINE, Purpose.PROOF)


def test_a_code_that_is_swept_while_it_is_taken_is_over(folder, monkeypatch):
    code = codes.give(Purpose.PROOF, MINE, CONTENT)
    read = Path.read_text

    def swept(path, *args):
        path.unlink()
        return read(path, *args)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_text", swept)
        with pytest.raises(SignInOver):
            codes.take(code, MINE, Purpose.PROOF)


def test_the_file_tells_neither_code_nor_content(folder):
    code = codes.give(Purpose.PROOF, MINE, CONTENT)
    [file] = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for text in (code, CONTENT["number"], MINE):
        assert text not in file.name + file.read_text()


def test_a_changed_file_opens_nothing(folder):
    code = codes.give(Purpose.PROOF, MINE, CONTENT)
    [file] = folder.iterdir()
    text = file.read_text()
    file.write_text(f"{text[:-9]}{'A' if text[-9] != 'A' else 'B'}{text[-8:]}")
    with pytest.raises(SignInOver):
        codes.take(code, MINE, Purpose.PROOF)


def test_of_many_who_take_a_code_at_once_one_gets_it(folder, monkeypatch):
    keys = TownKeys(municipality().id)
    monkeypatch.setattr(codes, "town_keys", lambda: keys)
    town, moment = municipality(), codes.now()
    monkeypatch.setattr(codes, "municipality", lambda: town)
    monkeypatch.setattr(codes, "now", lambda: moment)

    def take(code):
        try:
            return codes.take(code, MINE, Purpose.PROOF).content
        except SignInOver:
            return None

    for _ in range(20):
        code = codes.give(Purpose.PROOF, MINE, CONTENT)
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(take, [code] * 8))
        assert found.count(CONTENT) == 1


def test_codes_that_nobody_took_are_swept_away(folder):
    codes.give(Purpose.PROOF, MINE, CONTENT)
    [old] = folder.iterdir()
    past = time.time() - codes.OLDEST.total_seconds() - 1
    os.utime(old, (past, past))
    code = codes.give(Purpose.PROOF, MINE, CONTENT)
    assert [file.name for file in folder.iterdir()] == [codes.digest(code)]
