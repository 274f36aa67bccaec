"""An error names the line in which the wrong value stands, however it is written."""

from plonegov.core.municipality.example import FACTS
from plonegov.core.municipality.locate import line_of
from plonegov.core.municipality.locate import lines_of
from plonegov.municipalities.loader.writer import write

import pytest
import tomllib


TEXT = '''\
# a comment with = and [brackets]
name = { fr = "a ] } , b", nl = 'c # d', "en" = "x\\"y" }
documents = [
    { id = "one", delivery_prices = { post = "1.00", email = "0.00" } },  # first
    # second
    { id = "two", price = "7.123" },
    # third
    { id = "three" }
]
text = """
id = "no key"
"""  # after
empty = []
a.b = 1
days = [1,
  2]
[contact]
email = "a@b.example"
[[services]]
id = "s"
title = { fr = "Un" }
contact = { phone = "1" }
[[services]]
id = "t"
[services.contact]
phone = "2"
[services.contact.deeper]
x = 2026-11-22T10:00:00Z
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("name", 2),
        ("name.nl", 2),
        ("name.en", 2),
        ("name.es", 2),
        ("documents", 3),
        ("documents[0].delivery_prices.email", 4),
        ("documents[1]", 6),
        ("documents[1].id", 6),
        ("documents[1].price", 6),
        ("documents[2].id", 8),
        ("documents[2].price", 8),
        ("text", 10),
        ("id", 1),
        ("empty", 13),
        ("a.b", 14),
        ("days[1]", 16),
        ("contact.email", 18),
        ("services[0].title.fr", 21),
        ("services[0].contact.phone", 22),
        ("services[1].id", 24),
        ("services[1].contact.phone", 26),
        ("services[1].contact.deeper.x", 28),
        ("services[1].title.fr", 23),
    ],
)
def test_the_line_of_a_key(path, line):
    tomllib.loads(TEXT)
    assert line_of(TEXT, path) == line


def test_every_value_of_a_canonical_file_is_found():
    text = write(FACTS)
    lines, found = text.splitlines(), lines_of(text)
    for index, document in enumerate(FACTS["documents"]):
        assert f'"{document["id"]}"' in lines[found[f"documents[{index}].id"] - 1]
    for language, name in FACTS["name"].items():
        assert name in lines[found[f"name.{language}"] - 1]
    assert "#1f5f3f" in lines[found["theme.brand"] - 1]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment", "a = 1"])
def test_the_end_of_the_text_is_an_end(text):
    assert line_of(text, "b") == 1
