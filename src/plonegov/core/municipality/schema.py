"""What may stand in ``municipality.toml``: one table, read by the check.

Each row says what a key holds and what is allowed there, in words that an error
shows and that can stand as a comment in the file.
"""

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from plonegov.core.languages import LANGUAGES
from plonegov.core.municipality import values
from plonegov.core.municipality.closings import are_closings
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


def _languages(value: Any, facts: Facts) -> bool:
    chosen = list(value)
    return (
        bool(chosen)
        and len(set(chosen)) == len(chosen)
        and set(chosen) <= set(LANGUAGES)
    )


def _content_languages(value: Any, facts: Facts) -> bool:
    return _languages(value, facts) and set(value) <= set(
        facts.get("interface_languages", ())
    )


def _complete_texts(value: Any, facts: Facts) -> bool:
    return set(value) == set(facts.get("interface_languages", ()))


def _legal_language(value: Any, facts: Facts) -> bool:
    return value in facts.get("interface_languages", ())


def _known_service(value: Any, facts: Facts) -> bool:
    services = facts.get("services", ())
    return value in [item.get("id") for item in services if isinstance(item, dict)]


def _price(value: Any, facts: Facts) -> bool:
    return values.is_price(value)


def _prices(value: Any, facts: Facts) -> bool:
    return all(
        key in DELIVERIES and isinstance(price, str) and values.is_price(price)
        for key, price in value.items()
    )


def _postal_codes(value: Any, facts: Facts) -> bool:
    country = str(facts.get("country", ""))
    return bool(value) and all(values.is_postal_code(code, country) for code in value)


def _between(least: int, most: int) -> Test:
    return lambda value, facts: least <= value <= most


def _of_country(test: Callable[[Any, str], bool]) -> Test:
    return lambda value, facts: test(value, str(facts.get("country", "")))


def _plain(test: Callable[[Any], bool]) -> Test:
    return lambda value, facts: test(value)


_EVERY_LANGUAGE = "one text for each of interface_languages, no other language"
_HOURS = "opening hours as OpenStreetMap writes them"
_PHONE = "a telephone number of the country or an international one"
_COLOUR = "a colour written #rrggbb"
_CLOSINGS = (
    'days as "2026-05-15", "2026-07-20/2026-07-31", every year "12-24" or '
    '"12-24/01-02"; one entry at most 92 days, at most 60 days of every year in all'
)
_ID = "an id of a-z, 0-9 and hyphens, beginning with a letter or digit"
_HEADS = "account names of who leads the service, each once"
_PRICE = 'an amount as text with at most two decimals ("5.00"), 0 or more'


def _closing_days(prefix: str) -> Key:
    return Key(f"{prefix}closing_days", "list", _CLOSINGS, test=_plain(are_closings))


def _contact(prefix: str) -> tuple[Key, ...]:
    return (
        Key(f"{prefix}contact", "table", "a table of email, phone, website and hours"),
        Key(
            f"{prefix}contact.email",
            "text",
            "an e-mail address",
            "commune@exempleville.example",
            test=_plain(values.is_email),
        ),
        Key(
            f"{prefix}contact.phone",
            "text",
            _PHONE,
            "+32 2 555 00 00",
            test=_of_country(values.is_phone),
        ),
        Key(
            f"{prefix}contact.website",
            "text",
            "an address that begins with https:// or http://",
            "https://exempleville.example",
            test=_plain(values.is_website),
        ),
        Key(
            f"{prefix}contact.opening_hours",
            "text",
            _HOURS,
            "Mo-Fr 09:00-12:00",
            test=_plain(values.is_opening_hours),
        ),
    )


def _address(prefix: str) -> tuple[Key, ...]:
    return (
        Key(f"{prefix}address", "table", "a table of street, number and so on"),
        Key(f"{prefix}address.street", "text", "a street", "Place de l'Exemple"),
        Key(f"{prefix}address.number", "text", "a house number as text", "1"),
        Key(f"{prefix}address.box", "text", "a box as text", "A"),
        Key(
            f"{prefix}address.postal_code",
            "text",
            "a postal code of the country",
            "9999",
            test=_of_country(values.is_postal_code),
        ),
        Key(f"{prefix}address.locality", "text", "a locality", "Exempleville"),
        Key(
            f"{prefix}address.country",
            "text",
            "a country's two capital letters (ISO 3166-1)",
            "BE",
            test=_plain(values.is_country),
        ),
    )


SCHEMA: tuple[Key, ...] = (
    Key("id", "text", _ID, "exempleville", True, _plain(values.is_id)),
    Key("name", "texts", _EVERY_LANGUAGE, {}, True, _complete_texts),
    Key(
        "country",
        "text",
        "a country's two capital letters (ISO 3166-1)",
        "BE",
        True,
        _plain(values.is_country),
    ),
    Key("region", "text", _ID, "wallonia", True, _plain(values.is_id)),
    Key(
        "official_code",
        "text",
        "the municipality's official code: BE and ES 5 digits, FR 5 characters, NL 4",
        "99999",
        True,
        _of_country(values.is_official_code),
    ),
    Key(
        "postal_codes",
        "list",
        "one or more postal codes of the country",
        ["9999"],
        True,
        _postal_codes,
    ),
    Key(
        "localities",
        "list",
        "one or more names",
        ["Exempleville"],
        True,
        lambda value, facts: bool(value) and all(map(str.strip, value)),
    ),
    Key(
        "timezone",
        "text",
        "a name of the IANA time zones",
        "Europe/Brussels",
        True,
        _plain(values.is_timezone),
    ),
    Key(
        "currency",
        "text",
        "a currency's three capital letters (ISO 4217)",
        "EUR",
        True,
        _plain(values.is_currency),
    ),
    Key(
        "interface_languages",
        "list",
        f"one or more of {', '.join(LANGUAGES)}, each once",
        ["fr", "nl", "en", "es"],
        True,
        _languages,
    ),
    Key(
        "content_languages",
        "list",
        "one or more of interface_languages, each once",
        ["fr"],
        True,
        _content_languages,
    ),
    Key(
        "legal_language",
        "text",
        "one of interface_languages",
        "fr",
        True,
        _legal_language,
    ),
    Key(
        "data_protection_contact",
        "text",
        "an e-mail address",
        "dpo@exempleville.example",
        test=_plain(values.is_email),
    ),
    Key(
        "site_url",
        "text",
        "the web address at which the public reaches the site",
        "https://demarches.exempleville.example",
        test=_plain(values.is_website),
    ),
    Key(
        "enterprise_number",
        "text",
        "the town's number in the register of enterprises: BE 10 digits "
        "(0123.456.749), FR the 14 digits of its SIRET; both hold check digits",
        "0123.456.749",
        test=_of_country(values.is_enterprise_number),
    ),
    Key(
        "holiday_region",
        "text",
        "the part of the country whose public holidays hold: its code in ISO 3166-2 "
        "without the country (FR 57 and 6AE, ES CT, MD ...)",
        "57",
        test=_of_country(values.is_holiday_region),
    ),
    _closing_days(""),
    *_address(""),
    *_contact(""),
    Key("limits", "table", "a table of what the town may use of the machine"),
    Key(
        "limits.upload_megabytes",
        "number",
        "the largest file of an order in megabytes, from 1 to 50 (10 unless said)",
        10,
        test=_between(1, 50),
    ),
    Key(
        "limits.storage_megabytes",
        "number",
        "the sum of the records' files in megabytes, from 100 to 10000000 "
        "(20000 unless said)",
        20_000,
        test=_between(100, 10_000_000),
    ),
    Key(
        "limits.mails_per_hour",
        "number",
        "mails that leave in an hour at most, from 1 to 100000 (600 unless said); "
        "the others wait",
        600,
        test=_between(1, 100_000),
    ),
    Key(
        "limits.orders_per_address",
        "number",
        "orders a day with one mail address that nobody confirmed, from 1 to 1000 "
        "(3 unless said)",
        3,
        test=_between(1, 1000),
    ),
    Key(
        "limits.orders_per_network",
        "number",
        "such orders a day from one network, from 1 to 10000 (10 unless said)",
        10,
        test=_between(1, 10_000),
    ),
    Key("theme", "table", "a table of brand, accent and emblem", required=True),
    Key("theme.brand", "text", _COLOUR, "#1f5f3f", True, _plain(values.is_colour)),
    Key("theme.accent", "text", _COLOUR, "#b3541e", True, _plain(values.is_colour)),
    Key(
        "theme.emblem",
        "text",
        "the name of an SVG file in the profile's folder",
        "emblem.svg",
        test=_plain(values.is_svg_name),
    ),
    Key("services", "tables", "one [[services]] for each service of the town"),
    Key("services[].id", "text", _ID, "population", True, _plain(values.is_id)),
    Key("services[].title", "texts", _EVERY_LANGUAGE, {}, True, _complete_texts),
    Key("services[].head", "list", _HEADS, ["chef"], False, _plain(values.are_names)),
    _closing_days("services[]."),
    *_address("services[]."),
    *_contact("services[]."),
    Key("documents", "tables", "one [[documents]] for each document that is issued"),
    Key("documents[].id", "text", _ID, "residence", True, _plain(values.is_id)),
    Key(
        "documents[].service",
        "text",
        "the id of one of [[services]]",
        "population",
        True,
        _known_service,
    ),
    Key("documents[].price", "text", _PRICE, "5.00", test=_price),
    Key(
        "documents[].delivery_prices",
        "table",
        f"a table of {', '.join(DELIVERIES)}, each {_PRICE}",
        {"post": "1.50"},
        test=_prices,
    ),
    Key(
        "documents[].delay_days",
        "number",
        "working days from 0 to 365",
        5,
        test=_between(0, 365),
    ),
)
