"""``municipality.toml`` has one form: the same facts always give the same text."""

from copy import deepcopy
from hypothesis import given
from hypothesis import strategies as st
from pathlib import Path
from plonegov.core.municipality.example import FACTS
from plonegov.core.municipality.schema import SCHEMA
from plonegov.core.theme.svg import checked
from plonegov.municipalities.loader.writer import EXPLAINED
from plonegov.municipalities.loader.writer import write

import pytest
import tomllib


PROFILES = Path(__file__).parents[3] / "profiles"
SHIPPED = sorted(PROFILES.glob("[!_]*/municipality.toml"))

TEXTS = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\r"), max_size=20
)
IDS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,9}", fullmatch=True)
LANGUAGES = st.dictionaries(st.sampled_from(["fr", "nl", "en", "es"]), TEXTS)
CONTACT = st.fixed_dictionaries(
    {}, optional={"email": TEXTS, "phone": TEXTS, "opening_hours": TEXTS}
)
DOCUMENT = st.fixed_dictionaries(
    {"id": IDS, "service": IDS},
    optional={
        "price": TEXTS,
        "delay_days": st.integers(0, 365),
        "delivery_prices": st.dictionaries(st.sampled_from(["post", "email"]), TEXTS),
    },
)
SERVICE = st.fixed_dictionaries(
    {"id": IDS, "title": LANGUAGES},
    optional={
        "closing_days": st.lists(TEXTS),
        "contact": CONTACT,
        "address": CONTACT,
    },
)
ANY_FACTS = st.fixed_dictionaries(
    {"id": IDS, "name": LANGUAGES, "postal_codes": st.lists(TEXTS)},
    optional={
        "holiday_region": TEXTS,
        "closing_days": st.lists(TEXTS),
        "contact": CONTACT,
        "limits": st.dictionaries(IDS, st.integers()),
        "theme": st.dictionaries(TEXTS.filter(bool), TEXTS),
        "services": st.lists(SERVICE),
        "documents": st.lists(DOCUMENT),
    },
)


@given(ANY_FACTS)
def test_reading_what_was_written_gives_the_same_facts(facts):
    before = deepcopy(facts)
    text = write(facts)
    assert tomllib.loads(text) == facts == before
    assert write(tomllib.loads(text)) == text


@given(st.permutations(list(FACTS)))
def test_the_order_of_the_facts_does_not_matter(names):
    assert write({name: FACTS[name] for name in names}) == write(FACTS)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.parent.name)
def test_every_profile_of_the_suite_is_in_this_form(file):
    text = file.read_text(encoding="utf-8")
    assert write(tomllib.loads(text)) == text
    assert len(text.splitlines()) <= 72


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.parent.name)
def test_every_emblem_is_stored_as_it_is_written(file):
    drawing = file.with_name("emblem.svg").read_bytes()
    assert f"{checked(drawing)}\n".encode() == drawing


def test_the_suite_has_profiles():
    assert "seneffe" in [file.parent.name for file in SHIPPED]


def test_comments_are_the_words_of_the_schema():
    rows = {key.path: key.allowed for key in SCHEMA}
    assert rows.keys() >= EXPLAINED
    text = write(FACTS)
    for path in EXPLAINED - {"contact.opening_hours"}:
        assert f"  # {rows[path]}\n" in text


def test_texts_stand_on_one_line_and_documents_in_one_array():
    lines = write(FACTS).splitlines()
    assert lines.count("[[services]]") == 2
    assert '    { id = "residence", service = "population" },' in lines
    name = next(line for line in lines if line.startswith("name = "))
    assert name.startswith('name = { fr = "Exempleville", nl = "Voorbeeldstad", en = ')
    first = lines.index(next(line for line in lines if line.startswith("[")))
    assert lines.index("documents = [") < first
