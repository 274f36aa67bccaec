"""Profile folders are searched in order and merged by id; the first wins."""

from plonegov.municipalities.loader.folders import find_profiles
from plonegov.municipalities.loader.folders import search_path

import logging
import os
import pytest


@pytest.fixture
def places(tmp_path, monkeypatch):
    """The folders of PLONEGOV_PROFILES and of the instance."""
    stated, instance = tmp_path / "stated", tmp_path / "home"
    monkeypatch.setenv("PLONEGOV_PROFILES", str(stated))
    monkeypatch.setenv("PLONEGOV_HOME", str(instance))
    return stated, instance / "profiles"


def profile(folder, name):
    path = folder / name
    path.mkdir(parents=True)
    (path / "municipality.toml").write_text(f'id = "{name}"\n')
    return path


def test_the_order_of_the_search(places, tmp_path):
    path = search_path(tmp_path / "first")
    assert path[:3] == [tmp_path / "first", *places]
    assert [folder.parent.name for folder in path[3:4]] == ["municipalities"]
    assert (path[-1].parent / "setup.py").is_file()


def test_several_folders_may_be_stated(monkeypatch, tmp_path):
    folders = [tmp_path / "a", tmp_path / "b"]
    monkeypatch.setenv("PLONEGOV_PROFILES", os.pathsep.join(map(str, folders)))
    assert search_path()[:2] == folders


def test_all_folders_are_merged(places):
    stated, instance = places
    profile(stated, "here")
    profile(instance, "there")
    assert {"here", "there", "seneffe"} <= set(find_profiles())


def test_the_first_wins_and_the_shadowed_one_is_logged(places, caplog):
    stated, instance = places
    wanted = profile(stated, "seneffe")
    shadowed = profile(instance, "seneffe")
    with caplog.at_level(logging.INFO):
        assert find_profiles()["seneffe"].path == wanted
    assert str(shadowed) in caplog.text


def test_a_name_with_an_underscore_is_no_profile(places):
    profile(places[0], "_template")
    assert "_template" not in find_profiles()


def test_a_folder_without_facts_is_no_profile(places):
    (places[0] / "notes").mkdir(parents=True)
    assert "notes" not in find_profiles()
