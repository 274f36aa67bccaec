"""What is wrong with an identity number, in words that show the country's own."""

from plonegov.core import _
from zope.i18nmessageid import Message


#: The texts without a country are Belgium's; ``core.ops.texts`` looks for the
#: country's own first.
NUMBER_TEXTS: dict[str, Message] = {
    "national_number_format": _(
        "error_national_number_format",
        default="A national number has only digits, points and hyphens, for example "
        "85.07.30-033.28. It stands on the identity card.",
    ),
    "national_number_length": _(
        "error_national_number_length",
        default="A national number has 11 digits, for example 85.07.30-033.28. It "
        "stands on the identity card.",
    ),
    "national_number_date": _(
        "error_national_number_date",
        default="A national number begins with the year, month and day of birth, for "
        "example 85.07.30-033.28 for 30 July 1985. Please compare it with the card.",
    ),
    "national_number_checksum": _(
        "error_national_number_checksum",
        default="The last two digits don't go with the others, so one of the digits "
        "is wrong. Please compare the number with the identity card; a right one is, "
        "for example, 85.07.30-033.28.",
    ),
    "national_number_format_fr": _(
        "error_national_number_format_fr",
        default="A social security number (NIR) has only digits and spaces, and 2A or "
        "2B for births in Corsica, for example 2 55 08 14 168 025 38. It stands on the "
        "carte Vitale.",
    ),
    "national_number_length_fr": _(
        "error_national_number_length_fr",
        default="A social security number (NIR) has 13 digits and a key of 2 digits, "
        "for example 2 55 08 14 168 025 38. It stands on the carte Vitale.",
    ),
    "national_number_checksum_fr": _(
        "error_national_number_checksum_fr",
        default="The key (the last two digits) doesn't go with the other digits, so "
        "one of them is wrong. Please compare the number with the carte Vitale; a "
        "right one is, for example, 2 55 08 14 168 025 38.",
    ),
    "national_number_format_nl": _(
        "error_national_number_format_nl",
        default="A citizen service number (BSN) has only digits, for example "
        "123456782. It stands on the passport and the identity card.",
    ),
    "national_number_length_nl": _(
        "error_national_number_length_nl",
        default="A citizen service number (BSN) has 9 digits, for example 123456782. "
        "It stands on the passport and the identity card.",
    ),
    "national_number_checksum_nl": _(
        "error_national_number_checksum_nl",
        default="These digits don't go together, so one of them is wrong. Please "
        "compare the number with the passport or identity card; a right one is, for "
        "example, 123456782.",
    ),
    "national_number_format_es": _(
        "error_national_number_format_es",
        default="A DNI has digits and a letter, for example 12345678Z; a NIE begins "
        "with X, Y or Z, for example X1234567L.",
    ),
    "national_number_length_es": _(
        "error_national_number_length_es",
        default="A DNI has 8 digits and a letter, for example 12345678Z; a NIE has X, "
        "Y or Z, 7 digits and a letter, for example X1234567L.",
    ),
    "national_number_checksum_es": _(
        "error_national_number_checksum_es",
        default="The last letter doesn't go with the digits, so one of them is wrong. "
        "Please compare the number with the card; a right DNI is, for example, "
        "12345678Z, a right NIE X1234567L.",
    ),
}
