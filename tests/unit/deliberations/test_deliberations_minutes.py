"""Minutes keep what a hand wrote, and go their way step by step."""

from hypothesis import given
from hypothesis import strategies
from pathlib import Path
from plonegov.deliberations.domain import minutes
from plonegov.deliberations.domain.minutes import check_step
from plonegov.deliberations.domain.minutes import MinutesState
from plonegov.deliberations.domain.minutes import renewed
from plonegov.deliberations.domain.refusals import MinutesNotInOrder
from plonegov.deliberations.domain.refusals import SectionUnknown
from string import Formatter

import pytest
import tomllib


FIRST = (("opening", "<p>Présents</p>"), ("A", "<p>Point A</p>"), ("B", "<p>B</p>"))


def texts(sections):
    return [(section.key, section.text) for section in sections]


def test_what_is_generated_again_replaces_what_no_hand_wrote():
    sections = renewed((), FIRST)
    changed = (("opening", "<p>Tous</p>"), FIRST[1])
    assert texts(renewed(sections, changed)) == list(changed)


def test_what_a_hand_wrote_survives_and_says_that_its_source_changed():
    sections = minutes.written(renewed((), FIRST), "A", "<p>Main</p>")
    assert [(each.edited, each.outdated) for each in sections] == [
        (False, False),
        (True, False),
        (False, False),
    ]
    again = renewed(sections, (FIRST[0], ("A", "<p>Autre</p>"), FIRST[2]))
    assert again[1].text == "<p>Main</p>"
    assert again[1].outdated
    taken = minutes.taken_anew(again, "A", "<p>Autre</p>")
    assert (taken[1].text, taken[1].edited) == ("<p>Autre</p>", False)
    assert [each.outdated for each in taken] == [False, False, False]


def test_a_section_whose_item_is_gone_stays_last_if_a_hand_wrote_it():
    sections = minutes.written(renewed((), FIRST), "A", "<p>Main</p>")
    again = renewed(sections, (FIRST[0],))
    assert texts(again) == [FIRST[0], ("A", "<p>Main</p>")]
    assert again[1].outdated


def test_a_section_that_is_not_there_is_told():
    for change in (minutes.written, minutes.taken_anew):
        with pytest.raises(SectionUnknown):
            change(renewed((), FIRST), "Z", "<p>x</p>")


@given(strategies.lists(strategies.sampled_from(["A", "B", "C"]), max_size=6))
def test_generating_again_is_the_same_as_generating_once(keys):
    generated = [(key, f"<p>{key}</p>") for key in dict.fromkeys(keys)]
    once = renewed((), generated)
    assert renewed(once, generated) == once


@pytest.mark.parametrize("old", MinutesState)
@pytest.mark.parametrize("new", MinutesState)
def test_the_minutes_go_step_by_step(old, new):
    allowed = {
        ("drafted", "submitted"),
        ("submitted", "approved"),
        ("submitted", "drafted"),
        ("approved", "signed"),
        ("signed", "published"),
    }
    if (old, new) in allowed:
        check_step(old, new)
    else:
        with pytest.raises(MinutesNotInOrder):
            check_step(old, new)


WORDS = Path(minutes.__file__).parents[1] / "documents" / "words"


def words(language):
    text = (WORDS / f"{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["words"]


@pytest.mark.parametrize("language", ["nl", "en", "es"])
def test_each_language_says_the_same_of_a_sitting(language):
    french, other = words("fr"), words(language)
    assert list(french) == list(other)
    for name, sentence in french.items():
        assert _places(sentence) == _places(other[name]), name


def _places(sentence):
    return {name for _text, name, _form, _how in Formatter().parse(sentence) if name}
