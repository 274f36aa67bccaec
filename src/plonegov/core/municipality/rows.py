"""How a row of ``schema`` is written: kinds of values, and the tests that rows share."""

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from plonegov.core.languages import LANGUAGES
from plonegov.core.municipality import values
from typing import Any


DELIVERIES = ("post", "counter", "email", "download")

Facts = Mapping[str, Any]
Test = Callable[[Any, Facts], bool]


def _texts(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(text, str) and text.strip() for text in value.values()
    )


def _list_of(kind: type) -> Callable[[Any], bool]:
    return lambda value: (
        isinstance(value, list) and all(isinstance(item, kind) for item in value)
    )


#: Kind of a value: its name in an error, and its test.
KINDS: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "text": ("a text", lambda value: isinstance(value, str)),
    "texts": ("a table: one text per language", _texts),
    "list": ("a list of texts", _list_of(str)),
    "number": (
        "a whole number",
        lambda value: isinstance(value, int) and not isinstance(value, bool),
    ),
    "table": ("a table", lambda value: isinstance(value, dict)),
    "tables": ("a list of tables", _list_of(dict)),
}


def _always(value: Any, facts: Facts) -> bool:
    return True


@dataclass(frozen=True)
class Key:
    """One key: ``path`` is dotted, ``[]`` stands for each item of a list.

    ``test`` gets the value and all facts of the file; it is called when the value
    is of its ``kind``. ``allowed`` completes "allowed is ...".
    """

    path: str
    kind: str
    allowed: str
    example: Any = None
    required: bool = False
    test: Test = _always

    @property
    def kind_name(self) -> str:
        """The kind in words."""
        return KINDS[self.kind][0]

    def holds(self, value: Any) -> bool:
        """Tell whether a value is of the row's kind."""
        return KINDS[self.kind][1](value)


def languages(value: Any, facts: Facts) -> bool:
    chosen = list(value)
    return (
        bool(chosen)
        and len(set(chosen)) == len(chosen)
        and set(chosen) <= set(LANGUAGES)
    )


def content_languages(value: Any, facts: Facts) -> bool:
    return languages(value, facts) and set(value) <= set(
        facts.get("interface_languages", ())
    )


def complete_texts(value: Any, facts: Facts) -> bool:
    return set(value) == set(facts.get("interface_languages", ()))


def legal_language(value: Any, facts: Facts) -> bool:
    return value in facts.get("interface_languages", ())


def known_service(value: Any, facts: Facts) -> bool:
    services = facts.get("services", ())
    return value in [item.get("id") for item in services if isinstance(item, dict)]


def price(value: Any, facts: Facts) -> bool:
    return values.is_price(value)


def prices(value: Any, facts: Facts) -> bool:
    return all(
        key in DELIVERIES and isinstance(price, str) and values.is_price(price)
        for key, price in value.items()
    )


def postal_codes(value: Any, facts: Facts) -> bool:
    country = str(facts.get("country", ""))
    return bool(value) and all(values.is_postal_code(code, country) for code in value)


def between(least: int, most: int) -> Test:
    return lambda value, facts: least <= value <= most


def of_country(test: Callable[[Any, str], bool]) -> Test:
    return lambda value, facts: test(value, str(facts.get("country", "")))


def plain(test: Callable[[Any], bool]) -> Test:
    return lambda value, facts: test(value)


EVERY_LANGUAGE = "one text for each of interface_languages, no other language"
ID = "an id of a-z, 0-9 and hyphens, beginning with a letter or digit"
