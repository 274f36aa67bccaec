"""What may stand in ``municipality.toml``: one table, read by the check.

Each row says what a key holds and what is allowed there, in words that an error
shows and that can stand as a comment in the file.
"""

from plonegov.core.languages import LANGUAGES
from plonegov.core.municipality import values
from plonegov.core.municipality.bodyrows import BODIES
from plonegov.core.municipality.closings import are_closings
from plonegov.core.municipality.rows import between
from plonegov.core.municipality.rows import complete_texts
from plonegov.core.municipality.rows import content_languages
from plonegov.core.municipality.rows import DELIVERIES
from plonegov.core.municipality.rows import EVERY_LANGUAGE
from plonegov.core.municipality.rows import ID
from plonegov.core.municipality.rows import Key
from plonegov.core.municipality.rows import known_service
from plonegov.core.municipality.rows import languages
from plonegov.core.municipality.rows import legal_language
from plonegov.core.municipality.rows import of_country
from plonegov.core.municipality.rows import plain
from plonegov.core.municipality.rows import postal_codes
from plonegov.core.municipality.rows import price
from plonegov.core.municipality.rows import prices


_HOURS = "opening hours as OpenStreetMap writes them"
_PHONE = "a telephone number of the country or an international one"
_COLOUR = "a colour written #rrggbb"
_CLOSINGS = (
    'days as "2026-05-15", "2026-07-20/2026-07-31", every year "12-24" or '
    '"12-24/01-02"; one entry at most 92 days, at most 60 days of every year in all'
)
_HEADS = "account names of who leads the service, each once"
_PRICE = 'an amount as text with at most two decimals ("5.00"), 0 or more'


def _closing_days(prefix: str) -> Key:
    return Key(f"{prefix}closing_days", "list", _CLOSINGS, test=plain(are_closings))


def _contact(prefix: str) -> tuple[Key, ...]:
    return (
        Key(f"{prefix}contact", "table", "a table of email, phone, website and hours"),
        Key(
            f"{prefix}contact.email",
            "text",
            "an e-mail address",
            "commune@exempleville.example",
            test=plain(values.is_email),
        ),
        Key(
            f"{prefix}contact.phone",
            "text",
            _PHONE,
            "+32 2 555 00 00",
            test=of_country(values.is_phone),
        ),
        Key(
            f"{prefix}contact.website",
            "text",
            "an address that begins with https:// or http://",
            "https://exempleville.example",
            test=plain(values.is_website),
        ),
        Key(
            f"{prefix}contact.opening_hours",
            "text",
            _HOURS,
            "Mo-Fr 09:00-12:00",
            test=plain(values.is_opening_hours),
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
            test=of_country(values.is_postal_code),
        ),
        Key(f"{prefix}address.locality", "text", "a locality", "Exempleville"),
        Key(
            f"{prefix}address.country",
            "text",
            "a country's two capital letters (ISO 3166-1)",
            "BE",
            test=plain(values.is_country),
        ),
    )


SCHEMA: tuple[Key, ...] = (
    Key("id", "text", ID, "exempleville", True, plain(values.is_id)),
    Key("name", "texts", EVERY_LANGUAGE, {}, True, complete_texts),
    Key(
        "country",
        "text",
        "a country's two capital letters (ISO 3166-1)",
        "BE",
        True,
        plain(values.is_country),
    ),
    Key("region", "text", ID, "wallonia", True, plain(values.is_id)),
    Key(
        "official_code",
        "text",
        "the municipality's official code: BE and ES 5 digits, FR 5 characters, NL 4",
        "99999",
        True,
        of_country(values.is_official_code),
    ),
    Key(
        "postal_codes",
        "list",
        "one or more postal codes of the country",
        ["9999"],
        True,
        postal_codes,
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
        plain(values.is_timezone),
    ),
    Key(
        "currency",
        "text",
        "a currency's three capital letters (ISO 4217)",
        "EUR",
        True,
        plain(values.is_currency),
    ),
    Key(
        "interface_languages",
        "list",
        f"one or more of {', '.join(LANGUAGES)}, each once",
        ["fr", "nl", "en", "es"],
        True,
        languages,
    ),
    Key(
        "content_languages",
        "list",
        "one or more of interface_languages, each once",
        ["fr"],
        True,
        content_languages,
    ),
    Key(
        "legal_language",
        "text",
        "one of interface_languages",
        "fr",
        True,
        legal_language,
    ),
    Key(
        "data_protection_contact",
        "text",
        "an e-mail address",
        "dpo@exempleville.example",
        test=plain(values.is_email),
    ),
    Key(
        "site_url",
        "text",
        "the web address at which the public reaches the site",
        "https://demarches.exempleville.example",
        test=plain(values.is_website),
    ),
    Key(
        "enterprise_number",
        "text",
        "the town's number in the register of enterprises: BE 10 digits "
        "(0123.456.749), FR the 14 digits of its SIRET; both hold check digits",
        "0123.456.749",
        test=of_country(values.is_enterprise_number),
    ),
    Key(
        "holiday_region",
        "text",
        "the part of the country whose public holidays hold: its code in ISO 3166-2 "
        "without the country (FR 57 and 6AE, ES CT, MD ...)",
        "57",
        test=of_country(values.is_holiday_region),
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
        test=between(1, 50),
    ),
    Key(
        "limits.storage_megabytes",
        "number",
        "the sum of the records' files in megabytes, from 100 to 10000000 "
        "(20000 unless said)",
        20_000,
        test=between(100, 10_000_000),
    ),
    Key(
        "limits.mails_per_hour",
        "number",
        "mails that leave in an hour at most, from 1 to 100000 (600 unless said); "
        "the others wait",
        600,
        test=between(1, 100_000),
    ),
    Key(
        "limits.orders_per_address",
        "number",
        "orders a day with one mail address that nobody confirmed, from 1 to 1000 "
        "(3 unless said)",
        3,
        test=between(1, 1000),
    ),
    Key(
        "limits.orders_per_network",
        "number",
        "such orders a day from one network, from 1 to 10000 (10 unless said)",
        10,
        test=between(1, 10_000),
    ),
    Key("theme", "table", "a table of brand, accent and emblem", required=True),
    Key("theme.brand", "text", _COLOUR, "#1f5f3f", True, plain(values.is_colour)),
    Key("theme.accent", "text", _COLOUR, "#b3541e", True, plain(values.is_colour)),
    Key(
        "theme.emblem",
        "text",
        "the name of an SVG file in the profile's folder",
        "emblem.svg",
        test=plain(values.is_svg_name),
    ),
    Key("services", "tables", "one [[services]] for each service of the town"),
    Key("services[].id", "text", ID, "population", True, plain(values.is_id)),
    Key("services[].title", "texts", EVERY_LANGUAGE, {}, True, complete_texts),
    Key("services[].head", "list", _HEADS, ["chef"], False, plain(values.are_names)),
    _closing_days("services[]."),
    *_address("services[]."),
    *_contact("services[]."),
    Key("documents", "tables", "one [[documents]] for each document that is issued"),
    Key("documents[].id", "text", ID, "residence", True, plain(values.is_id)),
    Key(
        "documents[].service",
        "text",
        "the id of one of [[services]]",
        "population",
        True,
        known_service,
    ),
    Key("documents[].price", "text", _PRICE, "5.00", test=price),
    Key(
        "documents[].delivery_prices",
        "table",
        f"a table of {', '.join(DELIVERIES)}, each {_PRICE}",
        {"post": "1.50"},
        test=prices,
    ),
    Key(
        "documents[].delay_days",
        "number",
        "working days from 0 to 365",
        5,
        test=between(0, 365),
    ),
    *BODIES,
)
